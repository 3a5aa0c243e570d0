import { m } from '../../../../shared/i18n/messages.js'
import { parseNow } from '../../../../shared/sound/bytes/byte-parser.ts'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { findDsdLayout } from '../../../../shared/sound/containers/dsd-layout.ts'
import { codecNames, isEngineCodec } from '../../../../shared/sound/engine-codecs.ts'
import type { ChunkReading } from '../riff/read-wave.ts'
import { sampleSpans } from '../sound-sample.ts'

/** Reads a DSF or DSDIFF file that begins at `start`; undefined if it has no sound. */
export function readDsd(reader: ByteReader, start: number): ChunkReading | undefined {
  const layout = parseNow(reader, findDsdLayout(reader.size, start))
  if (layout === undefined) return undefined
  // DST, the compression of discs, has another decoder.
  const codec = layout.isCompressed ? 'DST' : codecNames.dsd
  const isPlayable = isEngineCodec(codec)
  return {
    id3Tags: layout.id3Tags,
    reading: {
      tags: {},
      pictures: [],
      codec,
      isPlayable,
      duration: layout.isCompressed ? undefined : layout.bits / layout.bitRate || undefined,
      sound: sampleSpans([{ start: layout.start, length: layout.length }]),
      format: { sampleRate: layout.bitRate, channels: layout.channelCount, bits: 1 },
      listers: [],
      warnings: [
        ...(isPlayable ? [] : [m.host_codec_unplayable({ codec })]),
        ...(layout.isCut ? [m.host_file_cut()] : []),
      ],
    },
  }
}
