import { attachHandle, classOf } from '../core/kind-registry.ts'
import { bytes, words } from '../core/memory.ts'
import { Primitive } from '../core/primitive.ts'
import { type BinaryParts, isBinary, makeBinary, takeBinaryApart } from './binary-kinds.ts'

/**
 * A value as JSON can hold it. Every array begins with a mark, which is the index of a word in `marks` and decides what
 * follows. Texts, booleans, null and most numbers are themselves; there are no objects. So no value and no name of a
 * member can be taken for a mark.
 *
 *   mark           what follows
 *   -------------  ------------------------------------------------------------------
 *   list           the elements
 *   sparseList     the length, then name and value of each element and other member
 *   record         name and value of each member
 *   bareRecord     the same, for an object whose prototype is null
 *   undefined      nothing
 *   number         NaN, Infinity, -Infinity or -0, as text
 *   primitive      its id
 *   binary         kind and size; its bytes follow the text, in the order of the tree
 *   view           kind, offset and size of data in the process's memory
 *   fixed          the index in `fixes`, and the value to which it is applied
 */
export type Tree = string | number | boolean | null | readonly Tree[]

const marks = {
  list: 0,
  sparseList: 1,
  record: 2,
  bareRecord: 3,
  undefined: 4,
  number: 5,
  primitive: 6,
  binary: 7,
  view: 8,
  fixed: 9,
}

/** How an object is protected against changes, the strictest first. */
const fixes = [Object.freeze, Object.seal, Object.preventExtensions]

/** How deep a value may be nested: the receiver's stack must suffice too. */
const maxDepth = 1000

/** Makes the tree of a value, and collects its binary data. Throws TypeError for what cannot be stored. */
export class TreeMaker {
  /** The bytes that follow the text. */
  readonly contents: Uint8Array[] = []
  readonly #ancestors = new Set<object>()

  treeOf(value: unknown): Tree {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value
      case 'number':
        return isPlainNumber(value) ? value : [marks.number, Object.is(value, -0) ? '-0' : String(value)]
      case 'undefined':
        return [marks.undefined]
      case 'object':
        return value === null ? null : this.#treeOfObject(value)
      default:
        throw refusal(`a ${typeof value}`)
    }
  }

  #treeOfObject(object: object): Tree {
    if (this.#ancestors.has(object)) throw refusal('a circular structure')
    if (this.#ancestors.size === maxDepth) throw refusal(`a value nested more than ${maxDepth} levels deep`)
    this.#ancestors.add(object)
    const tree = this.#treeOfContents(object)
    this.#ancestors.delete(object)
    if (Primitive.isHandle(object) || Object.isExtensible(object)) return tree
    return [marks.fixed, fixOf(object), tree]
  }

  #treeOfContents(object: object): Tree {
    if (Primitive.isHandle(object)) return [marks.primitive, idOf(object)]
    if (isBinary(object)) return this.#treeOfBinary(takeBinaryApart(object))
    const prototype: unknown = Object.getPrototypeOf(object)
    if (Array.isArray(object)) {
      if (prototype === Array.prototype) return this.#treeOfList(object)
    } else if (prototype === Object.prototype) return [marks.record, ...this.#membersOf(object)]
    else if (prototype === null) return [marks.bareRecord, ...this.#membersOf(object)]
    throw refusal(describe(object))
  }

  #treeOfBinary({ kind, content, isShared }: BinaryParts): Tree {
    if (isShared) return [marks.view, kind, content.byteOffset, content.length]
    this.contents.push(content)
    return [marks.binary, kind, content.length]
  }

  #treeOfList(list: readonly unknown[]): Tree {
    const members = this.#membersOf(list)
    const isDense = members.length === list.length * 2 && members.at(-2) === lastIndexOf(list)
    return isDense
      ? [marks.list, ...members.filter((_member, index) => index % 2 === 1)]
      : [marks.sparseList, list.length, ...members]
  }

  /** Names and trees of the members, in turn. */
  #membersOf(object: object): Tree[] {
    const members: Tree[] = []
    const isList = Array.isArray(object)
    const isExtensible = Object.isExtensible(object)
    for (const key of Reflect.ownKeys(object)) {
      if (isList && key === 'length') continue
      if (typeof key === 'symbol') throw refusal('an object with a symbol as the name of a member')
      members.push(key, this.treeOf(readMember(object, key, isExtensible)))
    }
    return members
  }
}

/** Makes values of a tree. Its binary data begins at `offset` in shared memory. */
export class TreeReader {
  #offset: number

  constructor(offset: number) {
    this.#offset = offset
  }

  valueOf(tree: Tree): unknown {
    if (typeof tree !== 'object' || tree === null) return tree
    const [mark, first, second, third] = tree
    switch (mark) {
      case marks.list:
        return this.#readList(tree)
      case marks.sparseList:
        return this.#readMembers(tree, 2, new Array(Number(first)))
      case marks.record:
        return this.#readMembers(tree, 1, {})
      case marks.bareRecord:
        return this.#readMembers(tree, 1, Object.create(null))
      case marks.undefined:
        return undefined
      case marks.number:
        return Number(first)
      case marks.primitive:
        return attachHandle(Number(first))
      case marks.binary:
        return this.#readBinary(Number(first), Number(second))
      case marks.view:
        return makeBinary(Number(first), words.buffer, Number(second), Number(third))
      default:
        return fixes[Number(first)]!(this.valueOf(second!))
    }
  }

  #readList(tree: readonly Tree[]): unknown[] {
    const list: unknown[] = []
    for (let index = 1; index < tree.length; index++) list.push(this.valueOf(tree[index]!))
    return list
  }

  #readMembers(tree: readonly Tree[], start: number, into: object): object {
    for (let index = start; index < tree.length; index += 2) {
      const value = this.valueOf(tree[index + 1]!)
      // An assignment to `__proto__` would not make a member.
      Object.defineProperty(into, String(tree[index]), {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      })
    }
    return into
  }

  #readBinary(kind: number, size: number): unknown {
    const start = this.#offset
    this.#offset += size
    return makeBinary(kind, bytes.slice(start, start + size).buffer, 0, size)
  }
}

/** The index in `fixes` for an object that is not extensible. */
function fixOf(object: object): number {
  if (Object.isFrozen(object)) return 0
  return Object.isSealed(object) ? 1 : 2
}

const isPlainNumber = (value: number): boolean => Number.isFinite(value) && !Object.is(value, -0)

const lastIndexOf = (list: readonly unknown[]): string | undefined =>
  list.length === 0 ? undefined : String(list.length - 1)

/** Throws TypeError for a member that is more than a value. */
function readMember(object: object, key: string, isExtensible: boolean): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(object, key)
  if (descriptor === undefined || !('value' in descriptor)) throw refusal('an object with an accessor')
  const isOrdinary =
    descriptor.enumerable && ((descriptor.writable && descriptor.configurable) || !isExtensible)
  if (!isOrdinary) throw refusal('an object with a hidden or constant member')
  const value: unknown = Reflect.get(object, key)
  if (!Object.is(value, descriptor.value)) throw refusal('a proxy that shows other members than it has')
  return value
}

/** Throws TypeError for an instance of a program's own subclass, RuntimeError for a primitive that was disposed of. */
function idOf(handle: { readonly id: number }): number {
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
