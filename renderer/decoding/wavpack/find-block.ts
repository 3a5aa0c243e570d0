import type { FileWindow } from '../../../shared/sound/bytes/file-window.ts'
import {
  maxWavPackBlockBytes,
  readWavPackBlock,
  type WavPackBlock,
  wavPackHeaderBytes,
} from '../../../shared/sound/containers/wavpack-block.ts'

/** A block and where it begins. */
export interface FoundBlock {
  readonly position: number
  readonly block: WavPackBlock
}

/** Resolves with the first block of a group with sound at or behind `from`, before `end`; undefined if there is none. */
export async function findBlock(
  file: FileWindow,
  from: number,
  end: number,
): Promise<FoundBlock | undefined> {
  let position = from
  const searchEnd = Math.min(end, from + 2 * maxWavPackBlockBytes)
  while (position < searchEnd) {
    const bytes = await file.view(position, Math.min(64 * 1024, end - position))
    if (bytes.length < wavPackHeaderBytes) return undefined
    for (let offset = 0; offset + wavPackHeaderBytes <= bytes.length; offset++) {
      const block = readWavPackBlock(bytes, offset)
      if (block?.isFirstOfGroup && block.frames > 0) return { position: position + offset, block }
    }
    position += bytes.length - wavPackHeaderBytes + 1
  }
  return undefined
}

/** Blocks that are so close together are read one after the other. */
const closeBytes = 512 * 1024

/** Resolves with the block that contains a frame, or the last one before it. Reads some blocks, not the whole file. */
export async function findBlockOfFrame(
  file: FileWindow,
  { start, end }: { readonly start: number; readonly end: number },
  frame: number,
): Promise<FoundBlock | undefined> {
  let best = await findBlock(file, start, end)
  let low = start
  let high = end
  while (high - low > closeBytes) {
    const middle = Math.floor((low + high) / 2)
    const found = await findBlock(file, middle, high)
    if (found === undefined || found.block.index > frame) high = middle
    else {
      best = found
      low = found.position + found.block.length
    }
  }
  for (let next = best; next !== undefined && next.block.index <= frame; ) {
    best = next
    next = await findBlock(file, next.position + next.block.length, end)
  }
  return best
}
