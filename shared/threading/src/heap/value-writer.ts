import { classOf } from '../core/kind-registry.ts'
import { Primitive } from '../core/primitive.ts'
import { type BinaryParts, isBinary, takeBinaryApart } from './binary-kinds.ts'
import { marks, protectionOf, type Token } from './value-tokens.ts'

/** An object whose members are being written. */
interface OpenObject {
  readonly object: object
  readonly keys: readonly string[]
  readonly hasNames: boolean
  readonly isExtensible: boolean
  nextKey: number
}

/** Makes the tokens of a value, and collects its binary data. */
export class ValueWriter {
  readonly tokens: Token[] = []
  /** The bytes that follow the text. */
  readonly contents: Uint8Array[] = []
  /** The object that is written last and those that contain it. */
  readonly #open: OpenObject[] = []
  readonly #ancestors = new Set<object>()

  /** Throws TypeError for what cannot be stored. */
  write(value: unknown): void {
    this.#writeValue(value)
    for (let last = this.#open.at(-1); last !== undefined; last = this.#open.at(-1)) this.#writeMember(last)
  }

  #writeMember(open: OpenObject): void {
    const { object, keys, isExtensible } = open
    const key = keys[open.nextKey++]
    if (key === undefined) {
      this.#open.pop()
      this.#ancestors.delete(object)
      return
    }
    if (open.hasNames) this.tokens.push(key)
    this.#writeValue(readMember(object, key, isExtensible))
  }

  #writeValue(value: unknown): void {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        this.tokens.push(value)
        return
      case 'number':
        this.tokens.push(tokenOfNumber(value))
        return
      case 'undefined':
        this.tokens.push([marks.undefined])
        return
      case 'object':
        if (value === null) this.tokens.push(null)
        else this.#writeObject(value)
        return
      default:
        throw refusal(`a ${typeof value}`)
    }
  }

  #writeObject(object: object): void {
    if (Primitive.isHandle(object)) this.tokens.push([marks.primitive, idOf(object)])
    else if (isBinary(object)) this.#writeBinary(takeBinaryApart(object), protectionOf(object))
    else this.#openObject(object)
  }

  #writeBinary({ kind, content, isShared }: BinaryParts, protection: number): void {
    if (isShared) {
      this.tokens.push([marks.view, protection, kind, content.length, content.byteOffset])
      return
    }
    this.contents.push(content)
    this.tokens.push([marks.binary, protection, kind, content.length])
  }

  /** Writes the mark of an object. Its members follow. */
  #openObject(object: object): void {
    if (this.#ancestors.has(object)) throw refusal('a circular structure')
    const prototype: unknown = Object.getPrototypeOf(object)
    const isList = Array.isArray(object)
    const isOrdinary = isList
      ? prototype === Array.prototype
      : prototype === Object.prototype || prototype === null
    if (!isOrdinary) throw refusal(describe(object))
    const keys = keysOf(object, isList)
    const protection = protectionOf(object)
    const hasNames = !isList || !isDense(object, keys)
    if (isList && hasNames) this.tokens.push([marks.sparseList, protection, keys.length, object.length])
    else if (isList) this.tokens.push([marks.list, protection, keys.length])
    else this.tokens.push([prototype === null ? marks.bareRecord : marks.record, protection, keys.length])
    this.#open.push({ object, keys, hasNames, isExtensible: protection === 0, nextKey: 0 })
    this.#ancestors.add(object)
  }
}

const tokenOfNumber = (value: number): Token => {
  if (Object.is(value, -0)) return [marks.number, '-0']
  return Number.isFinite(value) ? value : [marks.number, String(value)]
}

/** The names of the members, without a list's `length`. */
function keysOf(object: object, isList: boolean): string[] {
  const keys: string[] = []
  for (const key of Reflect.ownKeys(object)) {
    if (typeof key === 'symbol') throw refusal('an object with a symbol as the name of a member')
    if (!isList || key !== 'length') keys.push(key)
  }
  return keys
}

/** Whether a list has an element for each index and no other member. Indices come first, in their order. */
const isDense = (list: readonly unknown[], keys: readonly string[]): boolean =>
  keys.length === list.length && (keys.length === 0 || keys.at(-1) === String(keys.length - 1))

/** Throws TypeError for a member that is more than a value. */
function readMember(object: object, key: string, isExtensible: boolean): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(object, key)
  if (descriptor === undefined || !('value' in descriptor)) throw refusal('an object with an accessor')
  const isConstant = !(descriptor.writable && descriptor.configurable)
  if (!descriptor.enumerable || (isConstant && isExtensible))
    throw refusal('an object with a hidden or constant member')
  const value: unknown = Reflect.get(object, key)
  if (!Object.is(value, descriptor.value)) throw refusal('a proxy that shows other values than it describes')
  return value
}

/** Throws TypeError for an instance of a program's own subclass, RuntimeError for a primitive that was disposed of. */
function idOf(handle: Primitive): number {
  if (Object.getPrototypeOf(handle) !== classOf(handle.id).prototype) throw refusal(describe(handle))
  return handle.id
}

const refusal = (what: string): TypeError => new TypeError(`${what} cannot be shared between threads`)

/** Names the object's class. */
function describe(object: object): string {
  try {
    return `a value of the class ${String(object.constructor.name)}`
  } catch {
    return 'an object with a prototype of its own'
  }
}
