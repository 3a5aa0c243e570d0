import type { ByteSource } from '../../../shared/sound/audio-stream.ts'
import type { ByteReader } from '../../../shared/sound/bytes/byte-reader.ts'
import { readWith } from '../../../shared/sound/bytes/retrying-reader.ts'
import { readUpTo } from '../../../shared/sound/containers/read-source.ts'
import { findBox, type Mp4Box, walkBoxes } from '../../../shared/sound/mp4/mp4-trim.ts'
import { DecodeError } from '../../../shared/sound/stream-error.ts'
import { type AlacConfiguration, readAlacConfiguration } from './alac-configuration.ts'
import { AlacSound } from './alac-sound.ts'
import { type BoxContent, boxesOf, entriesOf, findContent, timescaleOf } from './mp4-tables.ts'
import type { PacketList } from './packet-list.ts'

type BoxSpan = Pick<Mp4Box, 'start' | 'end'>

/** The table of a day of sound is 15 MB. */
const maxTableBytes = 64 * 1024 * 1024
/** The fixed fields of a sample entry with sound, in front of its boxes. */
const sampleEntryBytes = 28

/** Opens Apple Lossless in an MP4 file; resolves with undefined if the file has none. Throws DecodeError and SourceError. */
export async function openAlacInMp4(source: ByteSource): Promise<AlacSound | undefined> {
  const found = await readWith(source, findTrack)
  if (found === undefined) return undefined
  const track = await readBox(source, found.track)
  const configuration = configurationOf(track)
  if (configuration === undefined) throw new DecodeError('The file has no configuration of its packets')
  const movieHeader = found.movieHeader && (await readBox(source, found.movieHeader))
  const packets = listPackets({ track, movieHeader, fileSize: source.size }, configuration)
  if (packets.count === 0) throw new DecodeError('The file has no packets')
  return new AlacSound(source, configuration, packets)
}

/** Finds the track with little reading: the movie can have pictures of megabytes, and most files have another codec. */
function findTrack(reader: ByteReader): { track: BoxSpan; movieHeader: BoxSpan | undefined } | undefined {
  const movie = findBox(reader, { start: 0, end: reader.size }, 'moov')
  if (movie === undefined) return undefined
  const track = walkBoxes(reader, movie).find((box) => box.type === 'trak' && hasAlacEntry(reader, box))
  return track && { track, movieHeader: findBox(reader, movie, 'mvhd') }
}

function hasAlacEntry(reader: ByteReader, track: Mp4Box): boolean {
  const description = findBox(reader, track, 'mdia', 'minf', 'stbl', 'stsd')
  // Behind the version and the number of entries is the size of the first one, then its kind.
  return (
    description !== undefined && String.fromCharCode(...reader.view(description.start + 12, 4)) === 'alac'
  )
}

async function readBox(source: ByteSource, { start, end }: BoxSpan): Promise<BoxContent> {
  if (end - start > maxTableBytes) throw new DecodeError('The tables of the file are too large')
  return new DataView((await readUpTo(source, start, end - start)).buffer)
}

function configurationOf(track: BoxContent): AlacConfiguration | undefined {
  const description = findContent(track, 'mdia', 'minf', 'stbl', 'stsd')
  if (description === undefined) return undefined
  const [entry] = boxesOf(description, 8)
  if (entry?.[0] !== 'alac' || entry[1].byteLength < sampleEntryBytes) return undefined
  const content = entry[1]
  // QuickTime's second version of the entry has 16 bytes more.
  const skip = sampleEntryBytes + (content.getUint16(8) === 1 ? 16 : 0)
  const inner = new DataView(content.buffer, content.byteOffset + skip, content.byteLength - skip)
  const box = findContent(inner, 'alac') ?? findContent(inner, 'wave', 'alac')
  // The box begins with its version.
  return box && readAlacConfiguration(new Uint8Array(box.buffer, box.byteOffset + 4, box.byteLength - 4))
}

function listPackets(
  {
    track,
    movieHeader,
    fileSize,
  }: { track: BoxContent; movieHeader: BoxContent | undefined; fileSize: number },
  { sampleRate, framesPerPacket }: AlacConfiguration,
): PacketList {
  const table = findContent(track, 'mdia', 'minf', 'stbl')
  const sizes = table === undefined ? new Uint32Array() : sizesOf(table)
  const positions = table === undefined ? new Float64Array() : positionsOf(table, sizes)
  let count = positions.length
  // What is beyond the end of a file that was cut short is missing.
  while (count > 0 && (positions[count - 1] as number) >= fileSize) count--
  const scale = sampleRate / (timescaleOf(findContent(track, 'mdia', 'mdhd')) || sampleRate)
  const durations = { times: table && findContent(table, 'stts'), scale, default: framesPerPacket }
  const firstFrames = firstFramesOf(count, durations)
  const all = firstFrames[count] as number
  const { start, end } = editOf(movieHeader, track, { sampleRate, scale, all })
  return { count, positions, sizes, firstFrames, skippedFrames: start, frames: end - start }
}

function sizesOf(table: BoxContent): Uint32Array {
  const box = findContent(table, 'stsz')
  if (box === undefined || box.byteLength < 12) return new Uint32Array()
  const size = box.getUint32(4)
  const stated = box.getUint32(8)
  if (size !== 0) return new Uint32Array(Math.min(stated, maxTableBytes / 4)).fill(size)
  const count = Math.min(stated, Math.floor((box.byteLength - 12) / 4))
  return Uint32Array.from({ length: count }, (_, index) => box.getUint32(12 + index * 4))
}

function positionsOf(table: BoxContent, sizes: Uint32Array): Float64Array {
  const positions = new Float64Array(sizes.length)
  const runs = [...entriesOf(findContent(table, 'stsc'), 12)]
  let run = -1
  let chunk = 0
  let index = 0
  for (const offset of chunkOffsets(table)) {
    chunk++
    while (run + 1 < runs.length && (runs[run + 1]?.getUint32(0) ?? 0) <= chunk) run++
    let position = offset
    for (let left = runs[run]?.getUint32(4) ?? 0; left > 0 && index < sizes.length; left--) {
      positions[index] = position
      position += sizes[index] as number
      index++
    }
  }
  return positions.subarray(0, index)
}

function* chunkOffsets(table: BoxContent): Generator<number> {
  const short = findContent(table, 'stco')
  for (const entry of entriesOf(short, 4)) yield entry.getUint32(0)
  if (short !== undefined) return
  for (const entry of entriesOf(findContent(table, 'co64'), 8)) yield Number(entry.getBigUint64(0))
}

function firstFramesOf(
  count: number,
  durations: { times: BoxContent | undefined; scale: number; default: number },
): Float64Array {
  const firstFrames = new Float64Array(count + 1)
  let index = 0
  let units = 0
  for (const entry of entriesOf(durations.times, 8)) {
    const duration = entry.getUint32(4)
    for (let left = entry.getUint32(0); left > 0 && index < count; left--) {
      units += duration
      index++
      // A packet has no more frames, whatever a damaged table states.
      const most = (firstFrames[index - 1] as number) + durations.default
      firstFrames[index] = Math.min(Math.round(units * durations.scale), most)
    }
  }
  for (; index < count; index++) firstFrames[index + 1] = (firstFrames[index] as number) + durations.default
  return firstFrames
}

/** Returns the frames that the edit list keeps. */
function editOf(
  movieHeader: BoxContent | undefined,
  track: BoxContent,
  { sampleRate, scale, all }: { sampleRate: number; scale: number; all: number },
): { start: number; end: number } {
  const list = findContent(track, 'edts', 'elst')
  const isLong = list !== undefined && list.byteLength > 0 && list.getUint8(0) === 1
  const edits = [...entriesOf(list, isLong ? 20 : 12)].map((entry) => ({
    duration: isLong ? Number(entry.getBigUint64(0)) : entry.getUint32(0),
    mediaTime: isLong ? Number(entry.getBigInt64(8)) : entry.getInt32(4),
  }))
  // An empty edit delays the track in the movie; sound has nothing before its beginning.
  const [edit, ...more] = edits.filter(({ mediaTime }) => mediaTime >= 0)
  if (edit === undefined || more.length > 0) return { start: 0, end: all }
  const start = Math.min(Math.round(edit.mediaTime * scale), all)
  const movieScale = timescaleOf(movieHeader)
  if (movieScale === 0 || edit.duration === 0) return { start, end: all }
  const unit = sampleRate / movieScale
  const end = start + Math.round(edit.duration * unit)
  // The duration is rounded to the movie's time units, so that it does not say where within the last one the sound ends.
  return { start, end: end + Math.ceil(unit) >= all ? all : end }
}
