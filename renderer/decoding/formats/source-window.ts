import type { ByteSource } from '../../../shared/sound/audio-stream.ts'
import { readUpTo } from '../../../shared/sound/containers/read-source.ts'

const defaultBytes = 256 * 1024

/** Reads a file in large pieces, of which it keeps the last one. */
export class SourceWindow {
  readonly #source: ByteSource
  readonly #windowBytes: number
  #start = 0
  #bytes = new Uint8Array()

  constructor(source: ByteSource, windowBytes = defaultBytes) {
    this.#source = source
    this.#windowBytes = windowBytes
  }

  get size(): number {
    return this.#source.size
  }

  /** Resolves with up to `length` bytes from `position`, fewer at the end of the file. Throws SourceError. */
  async view(position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const end = Math.min(position + length, this.size)
    if (position < this.#start || end > this.#start + this.#bytes.length) {
      this.#bytes = await readUpTo(this.#source, position, Math.max(length, this.#windowBytes))
      this.#start = position
    }
    return this.#bytes.subarray(position - this.#start, Math.max(position, end) - this.#start)
  }

  close(): void {
    this.#bytes = new Uint8Array()
    this.#source.close?.()
  }
}
