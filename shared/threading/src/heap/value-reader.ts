import { attachHandle } from '../core/kind-registry.ts'
import { bytes, words } from '../core/memory.ts'
import { makeBinary } from './binary-kinds.ts'
import { type Mark, marks, protect, type Token } from './value-tokens.ts'

/** An object whose members are being read. */
interface OpenObject {
  readonly object: object
  readonly hasNames: boolean
  readonly protection: number
  /** How many members are still to be read. */
  remaining: number
}

/** Makes the value of a list of tokens. Its binary data begins at `offset` in shared memory. */
export class ValueReader {
  readonly #tokens: readonly Token[]
  #position = 0
  #offset: number
  readonly #open: OpenObject[] = []

  constructor(tokens: readonly Token[], offset: number) {
    this.#tokens = tokens
    this.#offset = offset
  }

  read(): unknown {
    const value = this.#readValue()
    for (let last = this.#open.at(-1); last !== undefined; last = this.#open.at(-1)) this.#readMember(last)
    return value
  }

  #readMember(open: OpenObject): void {
    const { object } = open
    if (open.remaining-- === 0) {
      this.#open.pop()
      protect(object, open.protection)
    } else if (open.hasNames) {
      const name = String(this.#takeToken())
      defineMember(object, name, this.#readValue())
    } else (object as unknown[]).push(this.#readValue())
  }

  #takeToken(): Token {
    return this.#tokens[this.#position++]!
  }

  #readValue(): unknown {
    const token = this.#takeToken()
    return typeof token === 'object' && token !== null ? this.#readMarked(token) : token
  }

  #readMarked(mark: Mark): unknown {
    switch (mark[0]) {
      case marks.list:
        return this.#openObject([], false, mark)
      case marks.sparseList:
        return this.#openObject(new Array(Number(mark[3])), true, mark)
      case marks.record:
        return this.#openObject({}, true, mark)
      case marks.bareRecord:
        return this.#openObject(Object.create(null), true, mark)
      case marks.undefined:
        return undefined
      case marks.number:
        return Number(mark[1])
      case marks.primitive:
        return attachHandle(Number(mark[1]))
      default:
        return this.#readBinary(mark)
    }
  }

  #openObject(object: object, hasNames: boolean, mark: Mark): object {
    this.#open.push({ object, hasNames, protection: Number(mark[1]), remaining: Number(mark[2]) })
    return object
  }

  #readBinary(mark: Mark): unknown {
    const [kind, size] = [Number(mark[2]), Number(mark[3])]
    const start = this.#offset
    const isShared = mark[0] === marks.view
    if (!isShared) this.#offset += size
    const binary = isShared
      ? makeBinary(kind, words.buffer, Number(mark[4]), size)
      : makeBinary(kind, bytes.slice(start, start + size).buffer, 0, size)
    protect(binary, Number(mark[1]))
    return binary
  }
}

/** Unlike an assignment, it makes a member named `__proto__` too. */
function defineMember(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true })
}
