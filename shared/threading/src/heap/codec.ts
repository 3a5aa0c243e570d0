import { MemoryError } from '../core/errors.ts'
import { attachHandle } from '../core/kind-registry.ts'
import { bytes, words } from '../core/memory.ts'
import { type Primitive, serializedPrimitiveCount } from '../core/primitive.ts'
import { allocate, free } from './heap.ts'
import { unitBytes } from './heap-block.ts'

/**
 * A value as it is stored in shared memory. Numbers, booleans, null and undefined fit into the four words; everything
 * else is text in a block of the heap.
 *
 * What JSON cannot represent is lost: members that are undefined, Map, Set, Date, prototypes. Typed arrays that are the
 * value or direct members of it are copied as they are. A primitive is received as a handle on the same object. Text
 * costs about 1 µs for 200 bytes in each direction.
 */
export interface Encoded {
  readonly tag: number
  readonly first: number
  readonly second: number
  /** Address of a heap block, 0 for none. */
  readonly block: number
}

const tags = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  integer: 4,
  double: 5,
  string: 6,
  json: 7,
  jsonWithPrimitives: 8,
  mixed: 9,
}

const typedArrays = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
} as const
type TypedArrayName = keyof typeof typedArrays
type TypedArray = InstanceType<(typeof typedArrays)[TypedArrayName]>

/** The first part of an item with typed arrays, which follow it. `value` is the item without them. */
interface MixedHead {
  readonly value: unknown
  /** Key ('' for the item itself), kind and number of bytes of each array, in their order. */
  readonly arrays: readonly (readonly [string, TypedArrayName, number])[]
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
/** Encoders and decoders refuse shared memory: text is copied through this buffer. */
let scratch = new Uint8Array(4096)
let scratchWords = new Int32Array(scratch.buffer)
const doubleScratch = new Float64Array(1)
const doubleScratchWords = new Int32Array(doubleScratch.buffer)

const encodeTag = (tag: number): Encoded => ({ tag, first: 0, second: 0, block: 0 })

/**
 * Throws TypeError for a value that cannot be stored (function, symbol, bigint, cycle), MemoryError when memory is
 * full.
 */
export function encode(value: unknown): Encoded {
  switch (typeof value) {
    case 'number':
      return encodeNumber(value)
    case 'string':
      return encodeText(tags.string, value)
    case 'undefined':
      return encodeTag(tags.undefined)
    case 'boolean':
      return encodeTag(value ? tags.true : tags.false)
    case 'object':
      return value === null ? encodeTag(tags.null) : encodeObject(value)
    default:
      throw new TypeError(`a ${typeof value} cannot be shared between threads`)
  }
}

/** Reads a value and frees its block. */
export function decode(encoded: Encoded): unknown {
  switch (encoded.tag) {
    case tags.undefined:
      return undefined
    case tags.null:
      return null
    case tags.false:
      return false
    case tags.true:
      return true
    case tags.integer:
      return encoded.first
    case tags.double:
      return decodeDouble(encoded)
    default:
      return decodeBlock(encoded)
  }
}

/** Frees the block of a value that no thread will read. */
export function discard(encoded: Encoded): void {
  if (encoded.block !== 0) free(encoded.block)
}

function encodeNumber(value: number): Encoded {
  if ((value | 0) === value && !Object.is(value, -0)) {
    return { tag: tags.integer, first: value, second: 0, block: 0 }
  }
  doubleScratch[0] = value
  return { tag: tags.double, first: doubleScratchWords[0]!, second: doubleScratchWords[1]!, block: 0 }
}

function decodeDouble({ first, second }: Encoded): number {
  doubleScratchWords[0] = first
  doubleScratchWords[1] = second
  return doubleScratch[0]!
}

function encodeObject(value: object): Encoded {
  const arrays = findArrays(value)
  if (arrays.length > 0) return storeMixed(value, arrays)
  const before = serializedPrimitiveCount()
  const text = JSON.stringify(value)
  if (text === undefined) throw new TypeError('this object cannot be shared between threads')
  return encodeText(serializedPrimitiveCount() === before ? tags.json : tags.jsonWithPrimitives, text)
}

function findArrays(value: object): [string, TypedArray][] {
  if (isTypedArray(value)) return [['', value]]
  const found: [string, TypedArray][] = []
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key]
    if (isTypedArray(member)) found.push([key, member])
  }
  return found
}

function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && value.constructor.name in typedArrays
}

function encodeText(tag: number, text: string): Encoded {
  const size = encodeToScratch(text)
  const block = allocate(size)
  copyFromScratch(block, size)
  return { tag, first: size, second: 0, block }
}

/** Returns the length of the text in bytes. */
function encodeToScratch(text: string): number {
  if (text.length > bytes.length)
    throw new MemoryError(`${text.length} characters are more than shared memory can hold`)
  if (text.length * 3 > scratch.length) growScratch(text.length * 3)
  const { written: size } = encoder.encodeInto(text, scratch)
  return size
}

function growScratch(size: number): void {
  try {
    scratch = new Uint8Array(2 ** Math.ceil(Math.log2(size)))
    scratchWords = new Int32Array(scratch.buffer)
  } catch {
    throw new MemoryError(`an item of ${size} bytes is more than memory can hold`)
  }
}

function withoutArrays(value: object): unknown {
  if (isTypedArray(value)) return null
  if (Array.isArray(value)) return value.map((element) => (isTypedArray(element) ? null : element))
  return Object.fromEntries(Object.entries(value).filter(([, member]) => !isTypedArray(member)))
}

function storeMixed(value: object, arrays: [string, TypedArray][]): Encoded {
  const head: MixedHead = {
    value: withoutArrays(value),
    arrays: arrays.map(([key, array]) => [key, array.constructor.name as TypedArrayName, array.byteLength]),
  }
  const headSize = encodeToScratch(JSON.stringify(head))
  const size = arrays.reduce((sum, [, array]) => sum + array.byteLength, headSize)
  const block = allocate(size)
  copyFromScratch(block, headSize)
  let offset = block * unitBytes + headSize
  for (const [, array] of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset)
    offset += array.byteLength
  }
  return { tag: tags.mixed, first: size, second: headSize, block }
}

function decodeBlock({ tag, first: size, second: headSize, block }: Encoded): unknown {
  try {
    if (tag === tags.mixed) return decodeMixed(block, headSize)
    const text = readText(block, size)
    if (tag === tags.string) return text
    return tag === tags.json ? JSON.parse(text) : JSON.parse(text, revive)
  } finally {
    free(block)
  }
}

function readText(block: number, size: number): string {
  copyToScratch(block, size)
  return decoder.decode(scratch.subarray(0, size))
}

/** Up to this many bytes a loop over words is faster than setting up a copy. */
const maxLoopCopyBytes = 1024

function copyFromScratch(block: number, size: number): void {
  if (size > maxLoopCopyBytes) bytes.set(scratch.subarray(0, size), block * unitBytes)
  else copyWords(scratchWords, 0, words, (block * unitBytes) / 4, size)
}

function copyToScratch(block: number, size: number): void {
  if (size > scratch.length) growScratch(size)
  const start = block * unitBytes
  if (size > maxLoopCopyBytes) scratch.set(bytes.subarray(start, start + size))
  else copyWords(words, start / 4, scratchWords, 0, size)
}

function copyWords(from: Int32Array, fromIndex: number, to: Int32Array, toIndex: number, size: number): void {
  const length = (size + 3) >> 2
  for (let index = 0; index < length; index++) to[toIndex + index] = from[fromIndex + index]!
}

function decodeMixed(block: number, headSize: number): unknown {
  const head: MixedHead = JSON.parse(readText(block, headSize), revive)
  let offset = block * unitBytes + headSize
  const item = head.value as Record<string, unknown> | null
  for (const [key, name, length] of head.arrays) {
    const array = new typedArrays[name](bytes.slice(offset, offset + length).buffer as unknown as ArrayBuffer)
    if (item === null) return array
    item[key] = array
    offset += length
  }
  return item
}

function revive(_key: string, value: unknown): unknown {
  const isPrimitive = typeof value === 'object' && value !== null && 'primitive' in value
  return isPrimitive ? attachHandle((value as ReturnType<Primitive['toJSON']>).primitive) : value
}
