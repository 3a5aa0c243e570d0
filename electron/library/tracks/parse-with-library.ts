import { type IAudioMetadata, parseFromTokenizer, selectCover } from 'music-metadata'
import { type AudioKind, mediaTypes } from '../tags/audio-kind.ts'
import type { BlockTokenizer } from '../tags/block-tokenizer.ts'
import type { MediaReading, PictureSource } from '../tags/media-reading.ts'
import { sanitizeDuration } from '../tags/sanitize-tags.ts'

/** Kinds that can be written as a stream, without their length in the header. */
const kindsWithoutDuration: ReadonlySet<AudioKind> = new Set(['webm', 'mp4'])

/** A file with fewer has a header and no sound. */
const minBytesPerSecond = 64

/** Reads a file with music-metadata; undefined if it finds no sound. */
export async function parseWithLibrary(
  tokenizer: BlockTokenizer,
  kind: AudioKind,
): Promise<MediaReading | undefined> {
  const metadata = await parse(tokenizer, kind)
  const { hasAudio, codec, bitrate } = metadata.format
  // music-metadata has no name for some codings of AIFF that the host can convert.
  if (hasAudio !== true || (codec === undefined && kind !== 'aiff')) return undefined
  const duration = await readDuration(metadata, tokenizer, kind)
  if (duration === undefined && !kindsWithoutDuration.has(kind)) return undefined
  if (bitrate !== undefined && bitrate <= 0) return undefined
  if (duration !== undefined && tokenizer.size < duration * minBytesPerSecond) return undefined
  return toReading(metadata, duration)
}

async function parse(tokenizer: BlockTokenizer, kind: AudioKind, duration = false): Promise<IAudioMetadata> {
  tokenizer.setPosition(0)
  tokenizer.fileInfo.mimeType = mediaTypes[kind]
  return await parseFromTokenizer(tokenizer, { duration, skipCovers: duration })
}

/** Returns seconds. Without a duration in the header, it comes from counting MPEG frames. */
async function readDuration(
  metadata: IAudioMetadata,
  tokenizer: BlockTokenizer,
  kind: AudioKind,
): Promise<number | undefined> {
  const stated = sanitizeDuration(metadata.format.duration)
  if (stated !== undefined || kind !== 'mpeg') return stated
  return sanitizeDuration((await parse(tokenizer, kind, true)).format.duration)
}

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
    pictures: sortPictures(common.picture),
    warnings: [],
  }
}

function sortPictures(pictures: IAudioMetadata['common']['picture'] = []): PictureSource[] {
  const front = selectCover(pictures)
  const sorted = front === null ? pictures : [front, ...pictures.filter((picture) => picture !== front)]
  return sorted.map(({ data }) => ({ bytes: data }))
}
