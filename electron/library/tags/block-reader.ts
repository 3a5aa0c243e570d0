import type { ByteReader } from '../../../shared/sound/bytes/byte-reader.ts'
import { readFully } from './open-user-file.ts'

const blockBytes = 64 * 1024

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

/**
 * Reads a file in blocks: one that moves with the reader and one for the end of the file, where trailing tags are. Most
 * files need two reads this way; one read per field would be dozens. It reads synchronously, so use it in a thread that
 * has nothing else to do.
 */
export class BlockReader implements ByteReader {
  readonly size: number
  readonly #file: number
  readonly #blocks: Blocks

  /** `file` is an open descriptor, which the caller closes; `size` is the file's size in bytes. */
  constructor(file: number, size: number, blocks: Blocks) {
    this.size = size
    this.#file = file
    this.#blocks = blocks
    blocks.tail.length = 0
    blocks.moving.length = 0
  }

  /** Returns up to `length` bytes from `position`, fewer at the end of the file. They are valid until the next read. */
  view(position: number, length: number): Uint8Array {
    const wanted = Math.max(0, Math.min(length, this.size - position))
    if (wanted > blockBytes) {
      const bytes = new Uint8Array(wanted)
      return bytes.subarray(0, readFully(this.#file, bytes, position))
    }
    const tailStart = Math.max(0, this.size - blockBytes)
    const inTail = position >= tailStart
    const block = inTail ? this.#blocks.tail : this.#blocks.moving
    if (position < block.start || position + wanted > block.start + block.length) {
      block.start = inTail ? tailStart : position
      block.length = readFully(this.#file, block.bytes, block.start)
    }
    const offset = position - block.start
    return block.bytes.subarray(offset, Math.min(offset + wanted, block.length))
  }
}
