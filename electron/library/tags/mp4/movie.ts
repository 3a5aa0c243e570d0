import type { SoundFormat } from '../../../../shared/library/track-details.ts'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { asciiText, readPadded, readUint } from '../read-numbers.ts'
import { type Box, childrenOf, findBox, searchBox } from './boxes.ts'
import { hasSoundEntry, readSoundCodec, readSoundFormat, type SoundCodec } from './sample-entry.ts'
import { readSampleTable, type SampleTable } from './sample-table.ts'

/** A track of a movie that has sound. */
export interface SoundTrack {
  readonly id: number
  readonly isEnabled: boolean
  /** Units per second of its durations. */
  readonly timescale: number
  /** The duration in its header, in those units; 0 if it is unknown. */
  readonly statedDuration: number
  readonly codec: SoundCodec
  readonly format: SoundFormat
  readonly table: SampleTable
  readonly edits: readonly Edit[]
  /** Whether the sizes of its boxes lead to its sample table. */
  readonly isIntact: boolean
}

/** A part of the track that is played. */
export interface Edit {
  /** In units of the movie's time scale; 0 means until the end. */
  readonly duration: number
  /** Where it begins in the track, in units of the track's time scale; −1 for silence. */
  readonly mediaTime: number
}

export interface Movie {
  readonly timescale: number
  readonly statedDuration: number
  readonly tracks: readonly SoundTrack[]
  readonly hasVideo: boolean
  /** The duration of a fragmented movie as its header states it, in units of the movie's time scale. */
  readonly fragmentDuration: number
  /** The default duration of a sample in fragments, by track. */
  readonly sampleDefaults: ReadonlyMap<number, number>
  readonly isFragmented: boolean
}

const maxTracks = 100
const maxEdits = 1000

export function readMovie(reader: ByteReader, moov: Box): Movie {
  const tracks: SoundTrack[] = []
  let header = { timescale: 0, duration: 0 }
  let hasVideo = false
  let extension: Box | undefined
  let count = 0
  for (const box of childrenOf(reader, moov)) {
    if (box.type === 'mvhd') header = readTimes(reader, box)
    else if (box.type === 'mvex') extension ??= box
    else if (box.type === 'trak' && count++ < maxTracks) {
      const track = readTrack(reader, box)
      if (track === 'video') hasVideo = true
      else if (track !== undefined) tracks.push(track)
    }
  }
  return {
    timescale: header.timescale,
    statedDuration: header.duration,
    tracks,
    hasVideo,
    isFragmented: extension !== undefined,
    ...readExtension(reader, extension),
  }
}

/** Reads `mvhd` or `mdhd`, which begin with the same fields. All ones mean that the duration is unknown. */
function readTimes(reader: ByteReader, box: Box): { timescale: number; duration: number } {
  const fields = readPadded(reader, box.content, 32)
  const isLong = fields.getUint8(0) === 1
  const duration = isLong ? readUint(fields, 24, 8) : fields.getUint32(16)
  const isUnknown = isLong ? duration >= 2 ** 63 : duration === 0xffff_ffff
  return { timescale: fields.getUint32(isLong ? 20 : 12), duration: isUnknown ? 0 : duration }
}

function readTrack(reader: ByteReader, trak: Box): SoundTrack | 'video' | undefined {
  const statedMedia = findBox(reader, trak, 'mdia')
  const media = statedMedia ?? searchBox(reader, trak, 'mdia')
  if (media === undefined) return undefined
  const handler = findBox(reader, media, 'hdlr')
  const kind = handler === undefined ? '' : asciiText(readPadded(reader, handler.content, 12), 8, 4)
  if (kind === 'vide') return 'video'
  const stated = findBox(reader, media, 'minf', 'stbl')
  const stbl = stated ?? searchBox(reader, trak, 'stbl')
  if (stbl === undefined) return undefined
  const table = readSampleTable(reader, stbl)
  const stsd = table.get('stsd')
  // Like in Chromium, the sample entry decides if the handler does not.
  if (stsd === undefined || (kind !== 'soun' && !hasSoundEntry(reader, stsd))) return undefined
  const codec = readSoundCodec(reader, stsd)
  if (codec === undefined) return undefined
  const mdhd = findBox(reader, media, 'mdhd')
  const times = mdhd === undefined ? { timescale: 0, duration: 0 } : readTimes(reader, mdhd)
  const { id, isEnabled } = readTrackHeader(reader, trak)
  return {
    id,
    isEnabled,
    timescale: times.timescale,
    statedDuration: times.duration,
    codec,
    format: readSoundFormat(reader, stsd),
    table,
    edits: readEdits(reader, trak),
    isIntact: statedMedia !== undefined && stated !== undefined,
  }
}

function readTrackHeader(reader: ByteReader, trak: Box): { id: number; isEnabled: boolean } {
  const tkhd = findBox(reader, trak, 'tkhd')
  if (tkhd === undefined) return { id: 0, isEnabled: true }
  const fields = readPadded(reader, tkhd.content, 24)
  return {
    id: fields.getUint32(fields.getUint8(0) === 1 ? 20 : 12),
    isEnabled: (fields.getUint8(3) & 1) !== 0,
  }
}

function readEdits(reader: ByteReader, trak: Box): Edit[] {
  const elst = findBox(reader, trak, 'edts', 'elst')
  if (elst === undefined) return []
  const head = readPadded(reader, elst.content, 8)
  const isLong = head.getUint8(0) === 1
  const size = isLong ? 20 : 12
  const count = Math.min(head.getUint32(4), maxEdits, Math.floor((elst.end - elst.content - 8) / size))
  const entries = readPadded(reader, elst.content + 8, Math.max(0, count) * size)
  const edits: Edit[] = []
  for (let offset = 0; offset + size <= entries.byteLength; offset += size) {
    const duration = isLong ? readUint(entries, offset, 8) : entries.getUint32(offset)
    const mediaTime = isLong ? Number(entries.getBigInt64(offset + 8)) : entries.getInt32(offset + 4)
    edits.push({ duration, mediaTime })
  }
  return edits
}

function readExtension(
  reader: ByteReader,
  mvex: Box | undefined,
): Pick<Movie, 'fragmentDuration' | 'sampleDefaults'> {
  const sampleDefaults = new Map<number, number>()
  let fragmentDuration = 0
  if (mvex === undefined) return { fragmentDuration, sampleDefaults }
  for (const box of childrenOf(reader, mvex)) {
    const fields = readPadded(reader, box.content, 24)
    if (box.type === 'mehd')
      fragmentDuration = fields.getUint8(0) === 1 ? readUint(fields, 4, 8) : fields.getUint32(4)
    else if (box.type === 'trex' && sampleDefaults.size < maxTracks)
      sampleDefaults.set(fields.getUint32(4), fields.getUint32(12))
  }
  return { fragmentDuration, sampleDefaults }
}
