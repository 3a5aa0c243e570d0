import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from 'node:fs'
import { type IAudioMetadata, parseFromTokenizer } from 'music-metadata'
import { m } from '../../../shared/i18n/messages.js'
import type { Track } from '../../../shared/library/track.ts'
import { type AudioKind, id3TagLength, kindByMagicBytes, parserMimeTypes } from './audio-kind.ts'
import { type Blocks, BlockTokenizer, makeBlocks } from './block-tokenizer.ts'
import { readTagsAround } from './id3/tags-around.ts'
import type { MediaReading } from './media-reading.ts'
import { hasMpegFrames } from './mpeg-frames.ts'
import { oggDuration } from './ogg-duration.ts'
import { asPicture, maxPictureBytes, pictureKey } from './picture.ts'
import { describeReadError } from './read-errors.ts'
import { sanitizeDuration } from './sanitize-tags.ts'
import { choosePicture } from './tag-picture.ts'
import { trackTags } from './track-tags.ts'

/** What is read from a file's tags. */
export type TrackTags = Omit<Track, 'id' | 'cover' | 'path'>

/** A track's picture: the key of its content, and whether it is in the track's file, of this kind, or beside it. */
export interface CoverKey {
  readonly key: string
  readonly where: AudioKind | 'beside'
}

export type TrackReadResult =
  | { readonly tags: TrackTags; readonly cover: CoverKey | undefined }
  /** One sentence for the user: why the file cannot be read. */
  | { readonly reason: string }

/** Reads one file at a time. */
export type TrackReader = (file: string, picture: string | undefined) => Promise<TrackReadResult>

/** The picture beside the last file. It is kept so that an album's picture is hashed once. */
interface LastPicture {
  file: string | undefined
  key: string | undefined
}

/** Makes a reader that blocks the calling thread while it reads. */
export function makeTrackReader(): TrackReader {
  const blocks = makeBlocks()
  const last: LastPicture = { file: undefined, key: undefined }
  return async (file, picture) => {
    try {
      return await readTrack(file, picture, blocks, last)
    } catch (error) {
      return {
        reason:
          error instanceof Error && 'syscall' in error
            ? describeReadError(error, 'file', file)
            : m.host_file_damaged(),
      }
    }
  }
}

async function readTrack(
  file: string,
  picture: string | undefined,
  blocks: Blocks,
  last: LastPicture,
): Promise<TrackReadResult> {
  // Without O_NONBLOCK a pipe that took the file's place would block the thread forever. Windows has no such flag.
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stat = fstatSync(descriptor)
    if (!stat.isFile()) return { reason: m.host_not_a_file() }
    if (stat.size === 0) return { reason: m.host_file_empty() }
    const tokenizer = new BlockTokenizer(descriptor, stat.size, blocks)
    const kind = detectAudioKind(tokenizer)
    if (kind === undefined) return { reason: m.host_file_no_audio() }
    const metadata = await readTags(tokenizer, kind)
    // music-metadata has no name for some codings of AIFF that the host can convert.
    if (metadata.format.hasAudio !== true || (metadata.format.codec === undefined && kind !== 'aiff'))
      return { reason: m.host_file_damaged() }
    const duration = await readDuration(metadata, tokenizer, kind)
    if (duration === undefined && !kindsWithoutDuration.has(kind)) return { reason: m.host_file_damaged() }
    // A FLAC header has the length even if no audio follows it.
    if (metadata.format.bitrate !== undefined && metadata.format.bitrate <= 0)
      return { reason: m.host_file_damaged() }
    if (duration !== undefined && stat.size < duration * minBytesPerSecond)
      return { reason: m.host_file_damaged() }
    const reading = toReading(metadata, duration)
    // music-metadata splits `AC/DC`, and reads several forms of ID3 wrongly.
    const tags = trackTags(
      kind === 'mpeg' ? { ...reading, ...(await readTagsAround(tokenizer)) } : reading,
      file,
    )
    const embedded = choosePicture(metadata.common.picture)
    if (embedded !== undefined) return { tags, cover: { key: pictureKey(embedded), where: kind } }
    const beside = picture === undefined ? undefined : folderPictureKey(picture, last)
    return { tags, cover: beside === undefined ? undefined : { key: beside, where: 'beside' } }
  } finally {
    closeSync(descriptor)
  }
}

/** Kinds that can be written as a stream, without their length in the header. */
const kindsWithoutDuration: ReadonlySet<AudioKind> = new Set(['webm', 'flac', 'mp4'])

/** A file with fewer has a header and no sound: even a second of silence in FLAC needs 150 bytes. */
const minBytesPerSecond = 64

/** Returns the kind by the file's first bytes, after an ID3 tag if it begins with one. Its name does not count. */
function detectAudioKind(tokenizer: BlockTokenizer): AudioKind | undefined {
  const { size } = tokenizer.fileInfo
  const skip = id3TagLength(tokenizer.view(0, 10))
  const announced = kindByMagicBytes(tokenizer.view(skip, 12))
  if (announced !== undefined) return announced
  // There may be padding before the first frame. The windows overlap by more than three frames.
  for (
    let start = skip;
    start < Math.min(size, skip + 4 * searchWindowBytes);
    start += searchWindowBytes - 16 * 1024
  ) {
    if (hasMpegFrames(tokenizer.view(start, searchWindowBytes), start + searchWindowBytes >= size))
      return 'mpeg'
  }
  return undefined
}

const searchWindowBytes = 64 * 1024

async function readTags(
  tokenizer: BlockTokenizer,
  kind: AudioKind,
  duration = false,
): Promise<IAudioMetadata> {
  tokenizer.setPosition(0)
  tokenizer.fileInfo.mimeType = parserMimeTypes[kind]
  return await parseFromTokenizer(tokenizer, { duration, skipCovers: duration })
}

/** Returns seconds. Without a duration in the header, it comes from Ogg's last page or from counting MPEG frames. */
async function readDuration(
  metadata: IAudioMetadata,
  tokenizer: BlockTokenizer,
  kind: AudioKind,
): Promise<number | undefined> {
  const stated = sanitizeDuration(metadata.format.duration)
  if (stated !== undefined) return stated
  const { size } = tokenizer.fileInfo
  if (kind === 'ogg') {
    const head = tokenizer.view(0, 300).slice()
    const tail = tokenizer.view(Math.max(0, size - 64 * 1024), 64 * 1024)
    return sanitizeDuration(oggDuration(head, tail, metadata.format.sampleRate ?? 0))
  }
  if (kind !== 'mpeg') return undefined
  return sanitizeDuration((await readTags(tokenizer, kind, true)).format.duration)
}

/** Adapts what music-metadata found. */
function toReading({ common, format }: IAudioMetadata, duration: number | undefined): MediaReading {
  const text = (value: unknown): string[] => (value === undefined || value === null ? [] : [String(value)])
  return {
    tags: {
      title: text(common.title),
      artist: common.artists ?? text(common.artist),
      albumArtist: common.albumartists ?? text(common.albumartist),
      album: text(common.album),
      disc: text(common.disk.no),
      track: text(common.track.no),
      date: text(common.date ?? common.year),
      originalDate: text(common.originaldate ?? common.originalyear),
      genre: common.genre ?? [],
      composer: common.composer ?? [],
    },
    duration,
    codec: format.codec,
    isPlayable: true,
    pictures: (common.picture ?? []).map(({ data }) => ({ bytes: data })),
    warnings: [],
  }
}

function folderPictureKey(file: string, last: LastPicture): string | undefined {
  if (last.file === file) return last.key
  last.file = file
  last.key = undefined
  try {
    const { size } = statSync(file)
    const picture = size > maxPictureBytes ? undefined : asPicture(readFileSync(file))
    if (picture !== undefined) last.key = pictureKey(picture)
  } catch {
    // The track is listed without a picture.
  }
  return last.key
}
