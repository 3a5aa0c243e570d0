import type { ByteSource } from '../audio-stream.ts'

const minChunkBytes = 32 * 1024
const maxChunkBytes = 256 * 1024
/** Bytes that stay in memory behind the newest position, for a user that looks ahead and comes back. */
const keptBytes = 256 * 1024
/** After so many chunks in sequence, the next one is read ahead. */
const sequentialChunks = 3

/**
 * Reads a file in sequence, a chunk ahead of its user, or from any position. Chunks grow while the reading is sequential.
 * Memory is limited to a few chunks and the bytes that were asked for.
 */
export class FileWindow {
  readonly #source: ByteSource
  #start = 0
  #bytes = new Uint8Array(0)
  #chunkBytes = minChunkBytes
  /** The chunks that were read one after the other. */
  #chunks = 0
  #ahead: { readonly start: number; readonly bytes: Promise<Uint8Array<ArrayBuffer>> } | undefined

  constructor(source: ByteSource) {
    this.#source = source
  }

  get size(): number {
    return this.#source.size
  }

  /** Resolves with `length` bytes from `position`, fewer at the end of the file. They stay valid. */
  async view(position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const end = Math.min(position + length, this.size)
    if (end <= position) return new Uint8Array(0)
    if (position < this.#start || position > this.#end) this.#jump(position)
    if (end > this.#end) await this.#extend(position, end)
    return this.#bytes.subarray(position - this.#start, end - this.#start)
  }

  get #end(): number {
    return this.#start + this.#bytes.length
  }

  #jump(position: number): void {
    this.#start = position
    this.#bytes = new Uint8Array(0)
    this.#chunkBytes = minChunkBytes
    this.#chunks = 0
    this.#ahead = undefined
  }

  /** Appends bytes until the window ends at `end` or behind it, and drops those long before `position`. */
  async #extend(position: number, end: number): Promise<void> {
    const first = Math.max(this.#start, position - keptBytes)
    const parts = [this.#bytes.subarray(first - this.#start)]
    for (let start = this.#end; start < end; ) {
      const bytes = await this.#read(start, end - start)
      parts.push(bytes)
      start += bytes.length
    }
    this.#bytes = joinBytes(parts)
    this.#start = first
    this.#readAhead()
  }

  async #read(start: number, minBytes: number): Promise<Uint8Array<ArrayBuffer>> {
    const ahead = this.#ahead
    this.#ahead = undefined
    if (ahead?.start === start) return await ahead.bytes
    const end = Math.min(this.size, start + Math.max(this.#chunkBytes, minBytes))
    return await this.#source.read(start, end)
  }

  /** Not while single positions are looked at, so that no more than needed is read. */
  #readAhead(): void {
    const start = this.#end
    if (++this.#chunks < sequentialChunks) return
    this.#chunkBytes = Math.min(maxChunkBytes, this.#chunkBytes * 2)
    if (start >= this.size) return
    const bytes = this.#source.read(start, Math.min(this.size, start + this.#chunkBytes))
    // A failure is thrown where the bytes are needed.
    bytes.catch(() => undefined)
    this.#ahead = { start, bytes }
  }
}

/** Returns the bytes of all parts, one after the other. */
export function joinBytes(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const filled = parts.filter(({ length }) => length > 0)
  const [first] = filled
  if (filled.length === 1 && first !== undefined) return first
  const joined = new Uint8Array(filled.reduce((sum, { length }) => sum + length, 0))
  let position = 0
  for (const part of filled) {
    joined.set(part, position)
    position += part.length
  }
  return joined
}
