import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { readBytes, readPadded, readUint } from '../read-numbers.ts'
import { type Box, childrenOf } from './boxes.ts'

const maxRunsPerFragment = 1000

/**
 * Returns the duration of a track's samples in one fragment, in units of the track's time scale. The duration of a
 * sample is in its run, else in the header of the track's fragment, else it is `defaultDuration`.
 */
export function fragmentDuration(
  reader: ByteReader,
  moof: Box,
  trackId: number,
  defaultDuration: number,
): number {
  let sum = 0
  for (const traf of childrenOf(reader, moof)) {
    if (traf.type !== 'traf') continue
    let header: { id: number; duration: number } | undefined
    let runs = 0
    for (const box of childrenOf(reader, traf)) {
      if (box.type === 'tfhd') header = readFragmentHeader(reader, box, defaultDuration)
      else if (box.type === 'trun' && header?.id === trackId && runs++ < maxRunsPerFragment)
        sum += runDuration(reader, box, header.duration)
    }
  }
  return sum
}

function readFragmentHeader(
  reader: ByteReader,
  tfhd: Box,
  defaultDuration: number,
): { id: number; duration: number } {
  const fields = readPadded(reader, tfhd.content, 24)
  const flags = readUint(fields, 1, 3)
  let offset = 8
  if ((flags & 1) !== 0) offset += 8
  if ((flags & 2) !== 0) offset += 4
  const duration = (flags & 8) === 0 ? defaultDuration : fields.getUint32(offset)
  return { id: fields.getUint32(4), duration }
}

function runDuration(reader: ByteReader, trun: Box, defaultDuration: number): number {
  const head = readPadded(reader, trun.content, 8)
  const flags = readUint(head, 1, 3)
  const stated = head.getUint32(4)
  if ((flags & 0x100) === 0) return stated * defaultDuration
  let first = trun.content + 8
  if ((flags & 1) !== 0) first += 4
  if ((flags & 4) !== 0) first += 4
  const fields = [0x100, 0x200, 0x400, 0x800].filter((flag) => (flags & flag) !== 0).length
  const count = Math.min(stated, Math.floor((trun.end - first) / (fields * 4)))
  const samples = readBytes(reader, first, Math.max(0, count) * fields * 4)
  let sum = 0
  for (let offset = 0; offset + 4 <= samples.byteLength; offset += fields * 4)
    sum += samples.getUint32(offset)
  return sum
}

/** The segments that `sidx` describes. */
export interface SegmentIndex {
  readonly seconds: number
  /** The file position where the last segment ends. */
  readonly end: number
}

/** Reads `sidx`; undefined if it refers to another index. */
export function readSegmentIndex(reader: ByteReader, sidx: Box): SegmentIndex | undefined {
  const fields = readPadded(reader, sidx.content, 40)
  const isLong = fields.getUint8(0) === 1
  const timescale = fields.getUint32(8)
  const firstOffset = isLong ? readUint(fields, 20, 8) : fields.getUint32(16)
  const head = isLong ? 28 : 20
  const first = sidx.content + head + 4
  const count = Math.min(fields.getUint16(head + 2), Math.floor((sidx.end - first) / 12))
  if (timescale === 0 || count <= 0) return undefined
  const entries = readBytes(reader, first, count * 12)
  let units = 0
  let end = sidx.end + firstOffset
  for (let offset = 0; offset + 12 <= entries.byteLength; offset += 12) {
    const size = entries.getUint32(offset)
    if (size >= 0x8000_0000) return undefined
    end += size
    units += entries.getUint32(offset + 4)
  }
  return { seconds: units / timescale, end }
}
