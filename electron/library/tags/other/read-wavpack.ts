import { m } from '../../../../shared/i18n/messages.js'
import type { AudioSpan } from '../../../../shared/sound/bytes/audio-span.ts'
import { parseNow } from '../../../../shared/sound/bytes/byte-parser.ts'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { findWavPackLayout } from '../../../../shared/sound/containers/wavpack-block.ts'
import { codecNames, isEngineCodec } from '../../../../shared/sound/engine-codecs.ts'
import { readTagsAround } from '../id3/tags-around.ts'
import type { MediaReading } from '../media-reading.ts'
import { sampleSpans } from '../sound-sample.ts'

/** Reads a WavPack file; resolves with undefined if it has no block. */
export async function readWavPack(
  reader: ByteReader,
  { start, end }: AudioSpan,
): Promise<MediaReading | undefined> {
  const layout = parseNow(reader, findWavPackLayout(start, end))
  if (layout === undefined || layout.sampleRate === 0) return undefined
  const codec = codecNames.wavPack
  const isPlayable = isEngineCodec(codec)
  const around = await readTagsAround(reader)
  return {
    ...around,
    codec,
    isPlayable,
    duration: layout.frames && layout.frames / layout.sampleRate,
    sound: sampleSpans([{ start, length: end - start }]),
    format: { sampleRate: layout.sampleRate, channels: layout.channelCount, bits: layout.bitDepth },
    warnings: [...(isPlayable ? [] : [m.host_codec_unplayable({ codec })]), ...around.warnings],
  }
}
