import { m } from '../../../../shared/i18n/messages.js'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import type { MediaReading } from '../media-reading.ts'
import { selectFields } from '../named-values.ts'
import { asciiText, readPadded } from '../read-numbers.ts'
import { type SoundSample, sampleSpans } from '../sound-sample.ts'
import { unplayableWarning } from '../unplayable-warning.ts'
import { type Box, boxesIn, childrenOf } from './boxes.ts'
import { fragmentDuration, readSegmentIndex, type SegmentIndex } from './fragments.ts'
import { type ItemTags, itemListers, mp4FieldNames, readItemTags } from './item-list.ts'
import { type Movie, readMovie, type SoundTrack } from './movie.ts'
import { mpegLayerName } from './sample-entry.ts'
import { firstChunkOffset, presentDuration, samplesDuration } from './sample-table.ts'

/** The kinds of boxes that files begin with. */
const firstTypes = /^(?:ftyp|styp|moov|moof|mdat|free|skip|wide|pnot|sidx|uuid|junk|udta|meta|pdin)$/

/** Returns whether a file is MP4 or QuickTime, by the first two boxes. */
export function isMp4(reader: ByteReader, start = 0): boolean {
  const first = readPadded(reader, start, 8)
  if (firstTypes.test(asciiText(first, 4, 4))) return true
  const size = first.getUint32(0)
  return size >= 8 && firstTypes.test(asciiText(readPadded(reader, start + size, 8), 4, 4))
}

/** What the file consists of. */
interface FileBoxes {
  readonly moov: Box | undefined
  readonly fragments: readonly Box[]
  /** The boxes with samples, up to the end of what was read. */
  readonly media: readonly Box[]
  readonly index: SegmentIndex | undefined
  /** The share of the last `mdat` that is in the file: 1 unless the file is cut short. */
  readonly presentShare: number
}

/** Reads an MP4 or QuickTime file that begins at `start`; undefined if it has no track with sound. */
export function readMp4(reader: ByteReader, start = 0): MediaReading | undefined {
  const tags: ItemTags = { values: new Map(), pictures: [], names: new Map() }
  const boxes = readFileBoxes(reader, start, tags)
  if (boxes.moov === undefined) return undefined
  const movie = readMovie(reader, boxes.moov)
  const track = chooseTrack(movie)
  if (track === undefined) return undefined
  readItemTags(reader, boxes.moov.content, boxes.moov.end, tags)
  if (tags.values.size === 0) readTrackTags(reader, boxes.moov, tags)
  const codec = nameCodec(reader, track)
  const duration = trackSeconds(reader, movie, track, boxes)
  // The file ends before the first sample.
  if (duration === 0 && boxes.presentShare < 1) return undefined
  const warnings: string[] = []
  const unplayable = unplayableWarning(track.codec, codec)
  if (unplayable !== undefined) warnings.push(unplayable)
  if (!track.isIntact) warnings.push(m.host_file_partly_damaged())
  if (boxes.presentShare < 1) warnings.push(m.host_file_cut())
  return {
    tags: selectFields(tags.values, mp4FieldNames),
    duration: duration > 0 ? duration : undefined,
    codec,
    isPlayable: track.codec.isPlayable,
    format: track.format,
    listers: itemListers(tags),
    sound: sampleMedia(boxes.media),
    pictures: tags.pictures,
    warnings,
  }
}

function readFileBoxes(reader: ByteReader, start: number, tags: ItemTags): FileBoxes {
  const fragments: Box[] = []
  const media: Box[] = []
  let moov: Box | undefined
  let index: SegmentIndex | undefined
  let indexes = 0
  let isComplete = false
  let presentShare = 1
  for (const box of boxesIn(reader, start, reader.size)) {
    if (box.type === 'mdat' && box.statedEnd > box.end)
      presentShare = (box.end - box.content) / (box.statedEnd - box.content)
    if (box.type === 'mdat') {
      media.push(box)
      if (isComplete) break
    } else if (box.type === 'moov') moov ??= box
    else if (box.type === 'moof') fragments.push(box)
    else if (box.type === 'meta' || box.type === 'udta') readItemTags(reader, box.start, box.end, tags)
    else if (box.type === 'sidx') {
      index = indexes++ === 0 ? readSegmentIndex(reader, box) : undefined
      // An index of the whole file makes it unnecessary to find every fragment.
      if (moov !== undefined && index !== undefined && index.end === reader.size) isComplete = true
    }
  }
  return { moov, fragments, media, index, presentShare }
}

/** No program writes tags among the samples. */
function sampleMedia(media: readonly Box[]): SoundSample {
  return sampleSpans(media.map(({ content, end }) => ({ start: content, length: end - content })))
}

/** Returns the track that Chromium plays: the first one, or else the first that can be decoded. */
function chooseTrack({ tracks }: Movie): SoundTrack | undefined {
  const enabled = tracks.filter(({ isEnabled }) => isEnabled)
  const candidates = enabled.length > 0 ? enabled : tracks
  return candidates.find(({ codec }) => codec.isPlayable) ?? candidates[0]
}

/** Tags of programs that write them into the track. */
function readTrackTags(reader: ByteReader, moov: Box, tags: ItemTags): void {
  for (const box of childrenOf(reader, moov))
    if (box.type === 'trak') readItemTags(reader, box.content, box.end, tags)
}

/** MPEG audio of all layers has the same sample entry. */
function nameCodec(reader: ByteReader, { codec, table }: SoundTrack): string {
  const offset = codec.name === 'MP3' ? firstChunkOffset(reader, table) : undefined
  return (offset === undefined ? undefined : mpegLayerName(reader, offset)) ?? codec.name
}

function trackSeconds(reader: ByteReader, movie: Movie, track: SoundTrack, boxes: FileBoxes): number {
  const timescale = track.timescale || movie.timescale
  if (timescale === 0) return 0
  const isWhole = boxes.index !== undefined && boxes.index.end === reader.size
  const inFragments = isWhole ? (boxes.index?.seconds ?? 0) : fragmentsSeconds(reader, movie, track, boxes)
  const counted = samplesDuration(reader, track.table) / timescale
  if (inFragments > 0) return counted + inFragments
  if (boxes.presentShare < 1 && counted > 0)
    return presentDuration(reader, track.table, reader.size) / timescale
  const sound = counted || track.statedDuration / timescale
  const edited = editedSeconds(movie, track, sound)
  if (edited > 0) return edited
  const stated = movie.fragmentDuration || movie.statedDuration
  return sound || (movie.timescale > 0 ? stated / movie.timescale : 0)
}

function fragmentsSeconds(
  reader: ByteReader,
  movie: Movie,
  { id, timescale }: SoundTrack,
  { fragments, presentShare }: FileBoxes,
): number {
  if (timescale === 0) return 0
  let units = 0
  for (const [index, moof] of fragments.entries()) {
    const share = index === fragments.length - 1 ? presentShare : 1
    units += fragmentDuration(reader, moof, id, movie.sampleDefaults.get(id) ?? 0) * share
  }
  return units / timescale
}

/** Returns what remains of `sound` after the track's edits: encoders cut off their padding with them. */
function editedSeconds(
  { timescale }: Movie,
  { edits, timescale: trackScale }: SoundTrack,
  sound: number,
): number {
  if (timescale === 0 || trackScale === 0 || sound === 0) return sound
  let seconds = 0
  for (const { duration, mediaTime } of edits) {
    if (mediaTime < 0) continue
    const available = Math.max(0, sound - mediaTime / trackScale)
    seconds += duration === 0 ? available : Math.min(duration / timescale, available)
  }
  return seconds > 0 ? seconds : sound
}
