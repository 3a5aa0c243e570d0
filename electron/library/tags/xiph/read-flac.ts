import { m } from '../../../../shared/i18n/messages.js'
import type { SoundFormat } from '../../../../shared/library/track-details.ts'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import type { MediaReading } from '../media-reading.ts'
import { sampleSpans } from '../sound-sample.ts'
import { commentListers, toTagValues } from './comment-values.ts'
import { readFlacBlocks, type StreamInfo } from './flac-blocks.ts'
import { readFlacDuration } from './flac-duration.ts'
import { sortPictures } from './front-cover.ts'

const markBytes = 4

const streamFormat = (info: StreamInfo | undefined): SoundFormat =>
  info === undefined ? {} : { sampleRate: info.sampleRate, channels: info.channels, bits: info.bits }

/** Reads a FLAC file whose mark `fLaC` is at `start` and which ends at `end`; undefined if it contains no sound. */
export async function readFlac(
  source: ByteReader,
  start: number,
  end: number,
): Promise<MediaReading | undefined> {
  const metadata = readFlacBlocks(source, start + markBytes)
  const length = readFlacDuration(source, metadata.end, metadata.info)
  if (length === undefined) return undefined
  const warnings: string[] = []
  if (!metadata.isIntact) warnings.push(m.host_tags_broken())
  if (length.isCut) warnings.push(m.host_file_cut())
  return {
    tags: await toTagValues(metadata.comments.fields),
    duration: length.seconds,
    codec: 'FLAC',
    isPlayable: true,
    sound: sampleSpans([{ start: metadata.end, length: end - metadata.end }]),
    format: streamFormat(metadata.info),
    listers: commentListers(metadata.comments),
    pictures: sortPictures([...metadata.pictures, ...metadata.comments.pictures]),
    warnings,
  }
}
