import type { ByteSource } from '../audio-stream.ts'
import type { ByteReader } from './byte-reader.ts'
import { joinBytes } from './file-window.ts'

const blockBytes = 32 * 1024
/** The blocks that stay in memory for each file. */
const maxBlocks = 32

type Blocks = Map<number, Uint8Array<ArrayBuffer>>

/** What was read of the files that are open. */
const cache = new WeakMap<ByteSource, Blocks>()

/** Thrown out of a function that needs bytes which have not been read yet. */
class MissingBlocks extends Error {
  readonly first: number
  readonly end: number

  constructor(first: number, end: number) {
    super()
    this.first = first
    this.end = end
  }
}

/**
 * Runs a function that reads a file synchronously. When it needs bytes that are not in memory, it is abandoned and runs
 * again after they have been read. So it must have no effects, and should read few parts of the file.
 */
export async function readWith<Result>(
  source: ByteSource,
  use: (reader: ByteReader) => Result,
): Promise<Result> {
  // A function can need more blocks than are kept for the next one.
  const blocks: Blocks = new Map(cache.get(source))
  const reader: ByteReader = {
    size: source.size,
    view: (position, length) => viewBlocks(blocks, source.size, position, length),
  }
  for (;;) {
    try {
      const result = use(reader)
      cache.set(source, new Map([...blocks].slice(-maxBlocks)))
      return result
    } catch (error) {
      if (!(error instanceof MissingBlocks)) throw error
      await readBlocks(source, blocks, error)
    }
  }
}

function viewBlocks(blocks: Blocks, size: number, position: number, length: number): Uint8Array<ArrayBuffer> {
  const end = Math.min(size, position + length)
  if (end <= position) return new Uint8Array(0)
  const first = Math.floor(position / blockBytes)
  const endBlock = Math.ceil(end / blockBytes)
  const parts: Uint8Array<ArrayBuffer>[] = []
  for (let index = first; index < endBlock; index++) {
    const block = blocks.get(index)
    if (block === undefined) throw new MissingBlocks(index, endBlock)
    parts.push(block)
  }
  const start = position - first * blockBytes
  return joinBytes(parts).subarray(start, start + end - position)
}

/** Reads a range of blocks at once; `blocks` gets those that it lacks. */
async function readBlocks(source: ByteSource, blocks: Blocks, { first, end }: MissingBlocks): Promise<void> {
  const bytes = await source.read(first * blockBytes, Math.min(source.size, end * blockBytes))
  for (let index = first; index < end; index++) {
    const start = (index - first) * blockBytes
    if (!blocks.has(index)) blocks.set(index, bytes.subarray(start, start + blockBytes))
  }
}
