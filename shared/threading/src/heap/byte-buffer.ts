import { MemoryError } from '../core/errors.ts'
import { bytes, words } from '../core/memory.ts'
import { unitBytes } from './heap-block.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

const initialSize = 4096
/** Up to this many bytes a loop over words is faster than setting up a copy. */
const maxLoopCopyBytes = 1024

/**
 * Private memory in which a text is put together before it is copied to a heap block, and from which it is read after
 * it was copied out of one: encoders and decoders refuse shared memory.
 */
export class ByteBuffer {
  /** The number of bytes written. */
  size = 0
  /** Replaced by `reserve`. */
  bytes = new Uint8Array(initialSize)
  #words = new Int32Array(this.bytes.buffer)

  /** Writes a text without lone surrogates. */
  writeText(text: string): void {
    checkLength(text)
    this.reserve(text.length * 3)
    const free = this.size === 0 ? this.bytes : this.bytes.subarray(this.size)
    this.size += encoder.encodeInto(text, free).written
  }

  /** Writes a string as JSON does. */
  writeJsonString(text: string): void {
    checkLength(text)
    this.writeText(toJson(text))
  }

  /** Copies what was written to a heap block. */
  copyTo(block: number): void {
    const { size } = this
    if (size > maxLoopCopyBytes) bytes.set(this.bytes.subarray(0, size), block * unitBytes)
    else copyWords(this.#words, 0, words, (block * unitBytes) / 4, size)
  }

  /** Reads a text from the first bytes of a heap block. */
  readFrom(block: number, size: number): string {
    this.size = 0
    this.reserve(size)
    const start = block * unitBytes
    if (size > maxLoopCopyBytes) this.bytes.set(bytes.subarray(start, start + size))
    else copyWords(words, start / 4, this.#words, 0, size)
    return decoder.decode(this.bytes.subarray(0, size))
  }

  /** Makes room for this many more bytes. */
  reserve(count: number): void {
    const needed = this.size + count
    if (needed <= this.bytes.length) return
    if (this.size > bytes.length) throw memoryErrorFor(this.size)
    const former = this.bytes
    try {
      this.bytes = new Uint8Array(2 ** Math.ceil(Math.log2(needed)))
    } catch {
      throw memoryErrorFor(needed)
    }
    this.bytes.set(former.subarray(0, this.size))
    this.#words = new Int32Array(this.bytes.buffer)
  }
}

function copyWords(from: Int32Array, fromIndex: number, to: Int32Array, toIndex: number, size: number): void {
  const length = (size + 3) >> 2
  for (let index = 0; index < length; index++) to[toIndex + index] = from[fromIndex + index]!
}

/** A text that is longer than shared memory is not even encoded. */
function checkLength(text: string): void {
  if (text.length > bytes.length) throw memoryErrorFor(text.length)
}

/** Like JSON.stringify. Throws MemoryError for a value whose text is longer than a string can be. */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    throw new MemoryError('the value is more than shared memory can hold')
  }
}

const memoryErrorFor = (size: number): MemoryError =>
  new MemoryError(`a value of ${size} bytes is more than shared memory can hold`)
