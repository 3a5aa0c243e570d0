import { AbstractTokenizer, EndOfStreamError } from 'strtok3'
import type { ByteReader } from './byte-reader.ts'
import { readFully } from './open-user-file.ts'

const blockBytes = 64 * 1024
/** A header that claims a larger field is damaged. */
const maxFieldBytes = 64 * 1024 * 1024

interface Block {
  readonly bytes: Uint8Array
  /** The position of its first byte in the file. */
  start: number
  length: number
}

export interface Blocks {
  readonly tail: Block
  readonly moving: Block
}

/** Makes two blocks of 64 KiB. One reader at a time uses them, for one file after the other. */
export function makeBlocks(): Blocks {
  const make = (): Block => ({ bytes: new Uint8Array(blockBytes), start: 0, length: 0 })
  return { tail: make(), moving: make() }
}

type ReadOptions = { length?: number; position?: number; mayBeLess?: boolean }

/**
 * Reads a file for music-metadata's parsers in blocks: one that moves with the reader and one for the end of the file,
 * where trailing tags are. Most files need two reads this way; one read per field would be dozens. It reads
 * synchronously, so use it in a thread that has nothing else to do.
 */
export class BlockTokenizer extends AbstractTokenizer implements ByteReader {
  readonly fileInfo: { size: number; mimeType?: string }
  readonly #file: number
  readonly #blocks: Blocks

  /** `file` is an open descriptor, which the caller closes; `size` is the file's size in bytes. */
  constructor(file: number, size: number, blocks: Blocks) {
    super({ maxBufferSize: maxFieldBytes })
    this.#file = file
    this.#blocks = blocks
    this.fileInfo = { size }
    blocks.tail.length = 0
    blocks.moving.length = 0
  }

  get size(): number {
    return this.fileInfo.size
  }

  /** Returns up to `length` bytes from `position`, fewer at the end of the file. They are valid until the next read. */
  view(position: number, length: number): Uint8Array {
    const { size } = this.fileInfo
    const wanted = Math.max(0, Math.min(length, size - position))
    if (wanted > blockBytes) {
      const bytes = new Uint8Array(wanted)
      return bytes.subarray(0, readFully(this.#file, bytes, position))
    }
    const tailStart = Math.max(0, size - blockBytes)
    const inTail = position >= tailStart
    const block = inTail ? this.#blocks.tail : this.#blocks.moving
    if (position < block.start || position + wanted > block.start + block.length) {
      block.start = inTail ? tailStart : position
      block.length = readFully(this.#file, block.bytes, block.start)
    }
    const offset = position - block.start
    return block.bytes.subarray(offset, Math.min(offset + wanted, block.length))
  }

  override async readBuffer(target: Uint8Array, options?: ReadOptions): Promise<number> {
    const { length, position, mayBeLess = false } = this.normalizeOptions(target, options)
    const copied = this.#copy(target, length, position, mayBeLess)
    this.position = position + copied
    return copied
  }

  override async peekBuffer(target: Uint8Array, options?: ReadOptions): Promise<number> {
    const { length, position, mayBeLess = false } = this.normalizeOptions(target, options)
    return this.#copy(target, length, position, mayBeLess)
  }

  override supportsRandomAccess(): boolean {
    return true
  }

  setPosition(position: number): void {
    this.position = position
  }

  #copy(target: Uint8Array, length: number, position: number, mayBeLess: boolean): number {
    const bytes = this.view(position, length)
    if (bytes.length < length && !mayBeLess) throw new EndOfStreamError()
    target.set(bytes)
    return bytes.length
  }
}
