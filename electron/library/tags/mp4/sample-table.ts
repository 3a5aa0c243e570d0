import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { readBytes } from '../read-numbers.ts'
import { type Box, childrenOf } from './boxes.ts'

/** The boxes of a track's sample table. */
export type SampleTable = ReadonlyMap<string, Box>

export function readSampleTable(reader: ByteReader, stbl: Box): SampleTable {
  const boxes = new Map<string, Box>()
  for (const box of childrenOf(reader, stbl)) if (!boxes.has(box.type)) boxes.set(box.type, box)
  return boxes
}

/** A table with more entries is not read to its end. A day of sound in samples of different durations has as many. */
const maxEntries = 4_000_000
const blockEntries = 4096

/** Yields the entries of a table. */
function* entriesOf(reader: ByteReader, box: Box | undefined, entryBytes: number): Generator<DataView> {
  if (box === undefined) return
  const header = readBytes(reader, box.content, 8)
  if (header.byteLength < 8) return
  const first = box.content + 8
  const possible = Math.floor((box.end - first) / entryBytes)
  const count = Math.min(header.getUint32(4), possible, maxEntries)
  for (let index = 0; index < count; index += blockEntries) {
    const wanted = Math.min(blockEntries, count - index) * entryBytes
    const bytes = readBytes(reader, first + index * entryBytes, wanted)
    for (let offset = 0; offset + entryBytes <= bytes.byteLength; offset += entryBytes)
      yield new DataView(bytes.buffer, offset, entryBytes)
    if (bytes.byteLength < wanted) return
  }
}

/** Returns the duration of all samples in units of the track's time scale; 0 without samples. */
export function samplesDuration(reader: ByteReader, table: SampleTable): number {
  let sum = 0
  for (const entry of entriesOf(reader, table.get('stts'), 8))
    sum += entry.getUint32(0) * sampleDelta(entry.getUint32(4))
  return sum
}

/** Some programs write negative deltas. The sample then has no duration. */
const sampleDelta = (delta: number): number => (delta >= 0x8000_0000 ? 0 : delta)

/** Returns the file position of the first chunk. */
export function firstChunkOffset(reader: ByteReader, table: SampleTable): number | undefined {
  for (const offset of chunkOffsets(reader, table)) return offset
  return undefined
}

function* chunkOffsets(reader: ByteReader, table: SampleTable): Generator<number> {
  const short = table.get('stco')
  if (short !== undefined) {
    for (const entry of entriesOf(reader, short, 4)) yield entry.getUint32(0)
    return
  }
  for (const entry of entriesOf(reader, table.get('co64'), 8)) yield Number(entry.getBigUint64(0))
}

/** Returns the number of samples before the first chunk that begins at or after `size`, the end of the file. */
function samplesBefore(reader: ByteReader, table: SampleTable, size: number): number {
  const runs = entriesOf(reader, table.get('stsc'), 12)
  let perChunk = 0
  let next = readRun(runs)
  let chunk = 0
  let samples = 0
  for (const offset of chunkOffsets(reader, table)) {
    chunk++
    // Several runs can name the same chunk only in a damaged file.
    while (next !== undefined && next.firstChunk <= chunk) {
      perChunk = next.perChunk
      next = readRun(runs)
    }
    if (offset >= size) return samples
    samples += perChunk
  }
  return samples
}

interface ChunkRun {
  readonly firstChunk: number
  readonly perChunk: number
}

function readRun(runs: Generator<DataView>): ChunkRun | undefined {
  const { value, done } = runs.next()
  return done ? undefined : { firstChunk: value.getUint32(0), perChunk: value.getUint32(4) }
}

/** Returns the duration of the samples that are within the file, in units of the track's time scale. */
export function presentDuration(reader: ByteReader, table: SampleTable, size: number): number {
  let left = samplesBefore(reader, table, size)
  let sum = 0
  for (const entry of entriesOf(reader, table.get('stts'), 8)) {
    const count = Math.min(left, entry.getUint32(0))
    sum += count * sampleDelta(entry.getUint32(4))
    left -= count
    if (left <= 0) break
  }
  return sum
}
