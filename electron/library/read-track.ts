import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from 'node:fs'
import { parse } from 'node:path'
import { type IAudioMetadata, parseFromTokenizer } from 'music-metadata'
import type { Track } from '../../shared/library/track.ts'
import { type AudioKind, announcedKind, id3Length, parserType } from './audio-kind.ts'
import { type Blocks, BlockTokenizer, makeBlocks } from './block-tokenizer.ts'
import { cleanCount, cleanDuration, cleanText } from './clean.ts'
import { holdsMpegFrames } from './mpeg-frames.ts'
import { oggDuration } from './ogg-duration.ts'
import { asPicture, largestPicture, pictureKey } from './picture.ts'
import { fileIsDamaged, fileIsEmpty, fileIsNoAudio, notAFile, whyUnreadable } from './reasons.ts'
import { chosenPicture } from './tag-picture.ts'

/** What a file's tags tell. */
export type TrackTags = Omit<Track, 'id' | 'cover' | 'path'>

/** A track's picture: the key of its content, and where it is: in the track's own file, of this kind, or beside it. */
export interface CoverKey {
  readonly key: string
  readonly where: AudioKind | 'beside'
}

export type ReadTrack =
  | { readonly tags: TrackTags; readonly cover: CoverKey | undefined }
  /** One sentence for the user: why it cannot be read. */
  | { readonly reason: string }

/** Reads one file after the other; not for two at a time. */
export type TrackReader = (file: string, picture: string | undefined) => Promise<ReadTrack>

/** The picture beside the last file, so that an album's picture is hashed once. */
interface LastPicture {
  file: string | undefined
  key: string | undefined
}

/** Blocks the calling thread while it reads. */
export function makeTrackReader(): TrackReader {
  const blocks = makeBlocks()
  const last: LastPicture = { file: undefined, key: undefined }
  return async (file, picture) => {
    try {
      return await readTrack(file, picture, blocks, last)
    } catch (error) {
      return {
        reason:
          error instanceof Error && 'syscall' in error ? whyUnreadable(error, 'file', file) : fileIsDamaged,
      }
    }
  }
}

async function readTrack(
  file: string,
  picture: string | undefined,
  blocks: Blocks,
  last: LastPicture,
): Promise<ReadTrack> {
  // Without O_NONBLOCK a pipe that took the file's place would hold the thread for ever. Windows has no such flag.
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stat = fstatSync(descriptor)
    if (!stat.isFile()) return { reason: notAFile }
    if (stat.size === 0) return { reason: fileIsEmpty }
    const tokenizer = new BlockTokenizer(descriptor, stat.size, blocks)
    const kind = audioKind(tokenizer)
    if (kind === undefined) return { reason: fileIsNoAudio }
    const metadata = await readTags(tokenizer, kind)
    // music-metadata has no name for some codings of AIFF that the host can convert.
    if (metadata.format.hasAudio !== true || (metadata.format.codec === undefined && kind !== 'aiff'))
      return { reason: fileIsDamaged }
    const duration = await readDuration(metadata, tokenizer, kind)
    if (duration === undefined && !mayLackDuration.has(kind)) return { reason: fileIsDamaged }
    // FLAC tells its length at the beginning even where nothing follows it.
    if (metadata.format.bitrate !== undefined && metadata.format.bitrate <= 0)
      return { reason: fileIsDamaged }
    if (duration !== undefined && stat.size < duration * fewestBytesPerSecond)
      return { reason: fileIsDamaged }
    const tags = { ...trackTags(metadata, file), duration }
    const embedded = chosenPicture(metadata.common.picture)
    if (embedded !== undefined) return { tags, cover: { key: pictureKey(embedded), where: kind } }
    const beside = picture === undefined ? undefined : besideKey(picture, last)
    return { tags, cover: beside === undefined ? undefined : { key: beside, where: 'beside' } }
  } finally {
    closeSync(descriptor)
  }
}

/** These can be written without knowing their end, and then do not tell their length. */
const mayLackDuration: ReadonlySet<AudioKind> = new Set(['webm', 'flac', 'mp4'])

/** No codec goes so low: FLAC needs 150 bytes for a second of silence. A file below holds a header and no sound. */
const fewestBytesPerSecond = 64

/** What the file holds by its first bytes, behind an ID3 tag if it begins with one. Its name has no say. */
function audioKind(tokenizer: BlockTokenizer): AudioKind | undefined {
  const { size } = tokenizer.fileInfo
  const skip = id3Length(tokenizer.view(0, 10))
  const announced = announcedKind(tokenizer.view(skip, 12))
  if (announced !== undefined) return announced
  // Padding may stand before the first frame. The steps overlap by more than three frames need.
  for (
    let start = skip;
    start < Math.min(size, skip + 4 * searchedBytes);
    start += searchedBytes - 16 * 1024
  ) {
    if (holdsMpegFrames(tokenizer.view(start, searchedBytes), start + searchedBytes >= size)) return 'mpeg'
  }
  return undefined
}

const searchedBytes = 64 * 1024

async function readTags(
  tokenizer: BlockTokenizer,
  kind: AudioKind,
  duration = false,
): Promise<IAudioMetadata> {
  tokenizer.setPosition(0)
  tokenizer.fileInfo.mimeType = parserType[kind]
  return await parseFromTokenizer(tokenizer, { duration, skipCovers: duration })
}

/** Seconds. Where the header does not tell, Ogg's last page does; MPEG frames have to be counted. */
async function readDuration(
  metadata: IAudioMetadata,
  tokenizer: BlockTokenizer,
  kind: AudioKind,
): Promise<number | undefined> {
  const told = cleanDuration(metadata.format.duration)
  if (told !== undefined) return told
  const { size } = tokenizer.fileInfo
  if (kind === 'ogg') {
    const head = tokenizer.view(0, 300).slice()
    const tail = tokenizer.view(Math.max(0, size - 64 * 1024), 64 * 1024)
    return cleanDuration(oggDuration(head, tail, metadata.format.sampleRate ?? 0))
  }
  if (kind !== 'mpeg') return undefined
  return cleanDuration((await readTags(tokenizer, kind, true)).format.duration)
}

function trackTags({ common }: IAudioMetadata, file: string): Omit<TrackTags, 'duration'> {
  return {
    title: cleanText(common.title) ?? cleanText(parse(file).name) ?? '?',
    artist: cleanText(common.artist) ?? cleanText(common.artists?.join(', ')),
    albumArtist: cleanText(common.albumartist) ?? cleanText(common.albumartists?.join(', ')),
    album: cleanText(common.album),
    disc: cleanCount(common.disk.no, 9_999),
    number: cleanCount(common.track.no, 99_999),
    year: cleanCount(common.year, 9_999),
    genre: cleanText(common.genre?.join(', ')),
  }
}

function besideKey(file: string, last: LastPicture): string | undefined {
  if (last.file === file) return last.key
  last.file = file
  last.key = undefined
  try {
    const { size } = statSync(file)
    const picture = size > largestPicture ? undefined : asPicture(readFileSync(file))
    if (picture !== undefined) last.key = pictureKey(picture)
  } catch {
    // A picture that cannot be read is no picture; the track is none the worse.
  }
  return last.key
}
