import { words } from '../core/memory.ts'

/**
 * The kinds of binary data that can be stored. A kind is stored as its index here, so all threads need the same order.
 * Float16Array and Buffer do not exist on every platform.
 */
const kindNames = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'Float16Array',
  'DataView',
  'Buffer',
  'ArrayBuffer',
] as const

type Binary = ArrayBufferView | ArrayBuffer
type KindConstructor = (new (
  buffer: ArrayBufferLike,
  offset: number,
  length: number,
) => ArrayBufferView) & {
  readonly prototype: object
  /** Only Buffer's is used: its constructor is deprecated. */
  readonly from: (buffer: ArrayBufferLike, offset: number, length: number) => ArrayBufferView
}

const kinds = kindNames.map((name) => Reflect.get(globalThis, name) as KindConstructor | undefined)
const bufferKind = kindNames.indexOf('Buffer')
const arrayBufferKind = kindNames.indexOf('ArrayBuffer')

/** Up to this many elements a typed array is searched for other members, which takes time for each element. */
const maxSearchedElements = 64

/** A piece of binary data: its kind and its bytes. */
export interface BinaryParts {
  readonly kind: number
  readonly content: Uint8Array
  /** Whether the bytes lie in the process's memory, which the receiver sees too. */
  readonly isShared: boolean
}

export const isBinary = (value: object): value is Binary =>
  ArrayBuffer.isView(value) || value instanceof ArrayBuffer

/** Throws TypeError for a subclass, for memory that other threads cannot see, and for data with members of its own. */
export function takeBinaryApart(value: Binary): BinaryParts {
  const prototype: unknown = Object.getPrototypeOf(value)
  const kind = kinds.findIndex((candidate) => candidate?.prototype === prototype)
  if (kind < 0)
    throw new TypeError('an instance of a subclass of a typed array cannot be shared between threads')
  checkMembers(value)
  const [buffer, offset] = ArrayBuffer.isView(value) ? [value.buffer, value.byteOffset] : [value, 0]
  const isShared = buffer === words.buffer
  if (!isShared && !(buffer instanceof ArrayBuffer))
    throw new TypeError('a view of other shared memory cannot be shared between threads: use SharedMemory')
  if (kind === arrayBufferKind && (value as ArrayBuffer).resizable)
    throw new TypeError('a resizable ArrayBuffer cannot be shared between threads')
  // Throws TypeError for a detached buffer.
  return { kind, content: new Uint8Array(buffer, offset, value.byteLength), isShared }
}

function checkMembers(value: Binary): void {
  const elements = 'length' in value ? Number(value.length) : 0
  const keys = elements > maxSearchedElements ? Object.getOwnPropertySymbols(value) : Reflect.ownKeys(value)
  if (keys.length > (elements > maxSearchedElements ? 0 : elements))
    throw new TypeError('a typed array with members of its own cannot be shared between threads')
}

/** Makes data of this kind whose bytes are these. */
export function makeBinary(kind: number, buffer: ArrayBufferLike, offset: number, size: number): Binary {
  const Kind = kinds[kind]
  if (Kind === undefined) throw new TypeError(`there is no ${kindNames[kind]} on this thread`)
  if (kind === arrayBufferKind) return buffer as ArrayBuffer
  if (kind === bufferKind) return Kind.from(buffer, offset, size)
  const elementSize: unknown = Reflect.get(Kind, 'BYTES_PER_ELEMENT') ?? 1
  return new Kind(buffer, offset, size / Number(elementSize))
}
