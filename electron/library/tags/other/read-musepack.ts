import { m } from '../../../../shared/i18n/messages.js'
import type { AudioSpan } from '../../../../shared/sound/bytes/audio-span.ts'
import { parseNow } from '../../../../shared/sound/bytes/byte-parser.ts'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { findMusepackLayout } from '../../../../shared/sound/containers/musepack-layout.ts'
import { codecNames, isEngineCodec } from '../../../../shared/sound/engine-codecs.ts'
import { readTagsAround } from '../id3/tags-around.ts'
import type { MediaReading, TagValues } from '../media-reading.ts'
import { sampleSpans } from '../sound-sample.ts'

/** Reads a Musepack file of version 7 or 8; resolves with undefined if its header cannot be read. */
export async function readMusepack(
  reader: ByteReader,
  { start, end }: AudioSpan,
): Promise<MediaReading | undefined> {
  const layout = parseNow(reader, findMusepackLayout(start))
  if (layout === undefined) return undefined
  const codec = codecNames.musepack
  const isPlayable = isEngineCodec(codec)
  const around = await readTagsAround(reader)
  return {
    ...around,
    // Programs write the gain into the header. What a tag states comes first.
    tags: { ...gainTags(layout.gain), ...around.tags },
    codec,
    isPlayable,
    duration: layout.frames && layout.frames / layout.sampleRate,
    sound: sampleSpans([{ start: layout.start, length: end - layout.start }]),
    format: { sampleRate: layout.sampleRate, channels: layout.channelCount },
    warnings: [...(isPlayable ? [] : [m.host_codec_unplayable({ codec })]), ...around.warnings],
  }
}

function gainTags(gain: object): TagValues {
  const known = Object.entries(gain).filter(([, value]) => value !== undefined)
  return Object.fromEntries(known.map(([field, value]) => [field, [Number(value).toFixed(6)]]))
}
