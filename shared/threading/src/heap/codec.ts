import { bytes } from '../core/memory.ts'
import { ByteBuffer, toJson } from './byte-buffer.ts'
import { allocate, free } from './heap.ts'
import { unitBytes } from './heap-block.ts'
import { writePlainObject } from './plain-json.ts'
import { ValueReader } from './value-reader.ts'
import type { Token } from './value-tokens.ts'
import { ValueWriter } from './value-writer.ts'

/**
 * A value as it is stored in shared memory. Numbers, booleans, null and undefined fit into the four words; everything
 * else is text in a block of the heap:
 *
 *   tag     the block holds                                                first         second
 *   ------  -------------------------------------------------------------  ------------  ------------
 *   string  the string                                                     size          0
 *   json    the value as JSON, which makes an equal one of it              size          0
 *   tokens  a list of tokens as JSON, then binary data (value-tokens.ts)   size of both  size of JSON
 *
 * A value arrives equal, or is refused with TypeError before anything has changed. docs/threading.md has the table.
 * Text costs about 1 µs for 200 bytes in each direction.
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
  tokens: 8,
}

/** Undefined while it is in use: a proxy among the members of a value can run any code, and encode another value. */
let spareBuffer: ByteBuffer | undefined = new ByteBuffer()
const doubleScratch = new Float64Array(1)
const doubleScratchWords = new Int32Array(doubleScratch.buffer)

const encodeTag = (tag: number): Encoded => ({ tag, first: 0, second: 0, block: 0 })

/** Throws TypeError for a value that cannot be stored, MemoryError when memory is full. */
export function encode(value: unknown): Encoded {
  switch (typeof value) {
    case 'number':
      return encodeNumber(value)
    case 'string':
      return encodeString(value)
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

function encodeString(value: string): Encoded {
  const buffer = borrowBuffer()
  try {
    // UTF-8 has no lone surrogates; JSON escapes them.
    if (!value.isWellFormed()) return storeText(tags.json, toJson(value), buffer)
    return storeText(tags.string, value, buffer)
  } finally {
    spareBuffer = buffer
  }
}

function encodeObject(value: object): Encoded {
  const buffer = borrowBuffer()
  try {
    if (writePlainObject(value, buffer)) return storeBuffer(tags.json, buffer)
    return encodeTokens(value, buffer)
  } finally {
    spareBuffer = buffer
  }
}

function borrowBuffer(): ByteBuffer {
  const buffer = spareBuffer ?? new ByteBuffer()
  spareBuffer = undefined
  buffer.size = 0
  return buffer
}

function storeText(tag: number, text: string, buffer: ByteBuffer): Encoded {
  buffer.writeText(text)
  return storeBuffer(tag, buffer)
}

function storeBuffer(tag: number, buffer: ByteBuffer): Encoded {
  const block = allocate(buffer.size)
  buffer.copyTo(block)
  return { tag, first: buffer.size, second: 0, block }
}

function encodeTokens(value: object, buffer: ByteBuffer): Encoded {
  const writer = new ValueWriter()
  writer.write(value)
  buffer.size = 0
  buffer.writeText(toJson(writer.tokens))
  let size = buffer.size
  for (const content of writer.contents) size += content.length
  const block = allocate(size)
  buffer.copyTo(block)
  let offset = block * unitBytes + buffer.size
  for (const content of writer.contents) {
    bytes.set(content, offset)
    offset += content.length
  }
  return { tag: tags.tokens, first: size, second: buffer.size, block }
}

function decodeBlock({ tag, first: size, second: textSize, block }: Encoded): unknown {
  const buffer = borrowBuffer()
  try {
    if (tag === tags.tokens) {
      const tokens: Token[] = JSON.parse(buffer.readFrom(block, textSize))
      return new ValueReader(tokens, block * unitBytes + textSize).read()
    }
    const text = buffer.readFrom(block, size)
    return tag === tags.string ? text : JSON.parse(text)
  } finally {
    spareBuffer = buffer
    free(block)
  }
}
