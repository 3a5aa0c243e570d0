import {
  readWavPackBlock,
  wavPackKinds,
  wavPackMetadata,
} from '../../../shared/sound/containers/wavpack-block.ts'

/** Returns whether the checksums of a group of blocks are right. WavPack writes them since version 5. */
export function hasValidChecksum(group: Uint8Array): boolean {
  let position = 0
  while (position < group.length) {
    const block = readWavPackBlock(group, position)
    if (block === undefined || position + block.length > group.length) return false
    if (!isBlockValid(group.subarray(position, position + block.length))) return false
    position += block.length
  }
  return true
}

function isBlockValid(block: Uint8Array): boolean {
  // It covers everything in front of its own header.
  const metadata = wavPackMetadata(block).find(({ kind }) => kind === wavPackKinds.checksum)
  if (metadata === undefined) return true
  let sum = 0xffff_ffff
  for (let index = 0; index + 1 < metadata.header; index += 2)
    sum = (Math.imul(sum, 3) + (block[index] as number) + ((block[index + 1] as number) << 8)) >>> 0
  const { start, end } = metadata
  if (end - start < 2) return false
  if (end - start === 4) return readUint32(block, start) === sum
  const folded = (sum ^ (sum >>> 16)) & 0xffff
  return ((block[start] as number) | ((block[start + 1] as number) << 8)) === folded
}

function readUint32(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + offset, 4).getUint32(0, true)
}
