import { m } from '../../../../shared/i18n/messages.js'
import type { AudioSpan } from '../../../../shared/sound/bytes/audio-span.ts'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { codecNames, isEngineCodec } from '../../../../shared/sound/engine-codecs.ts'
import { readTagsAround } from '../id3/tags-around.ts'
import type { MediaReading } from '../media-reading.ts'
import { readPadded } from '../read-numbers.ts'
import { sampleSpans } from '../sound-sample.ts'

/** What the header of a Monkey's Audio file states. */
interface MonkeysHeader {
  readonly sampleRate: number
  readonly channels: number
  readonly bits: number | undefined
  readonly frames: number
}

/** From this version on, the header is behind a descriptor. */
const descriptorVersion = 3980

/** Reads a Monkey's Audio file; resolves with undefined if its header is damaged. */
export async function readMonkeysAudio(
  reader: ByteReader,
  { start, end }: AudioSpan,
): Promise<MediaReading | undefined> {
  const header = readHeader(reader, start)
  if (header.sampleRate === 0 || header.channels === 0) return undefined
  const codec = codecNames.monkeysAudio
  const isPlayable = isEngineCodec(codec)
  const around = await readTagsAround(reader)
  const { sampleRate, channels, bits, frames } = header
  return {
    ...around,
    codec,
    isPlayable,
    duration: frames > 0 ? frames / sampleRate : undefined,
    sound: sampleSpans([{ start, length: end - start }]),
    format: { sampleRate, channels, bits },
    warnings: [...(isPlayable ? [] : [m.host_codec_unplayable({ codec })]), ...around.warnings],
  }
}

function readHeader(reader: ByteReader, start: number): MonkeysHeader {
  const first = readPadded(reader, start, 32)
  const version = first.getUint16(4, true)
  return version >= descriptorVersion ? readNewHeader(reader, start, first) : readOldHeader(first, version)
}

function readNewHeader(reader: ByteReader, start: number, descriptor: DataView): MonkeysHeader {
  const header = readPadded(reader, start + descriptor.getUint32(8, true), 24)
  const blocks = header.getUint32(12, true)
  return {
    sampleRate: header.getUint32(20, true),
    channels: header.getUint16(18, true),
    bits: header.getUint16(16, true) || undefined,
    frames: blocks === 0 ? 0 : (blocks - 1) * header.getUint32(4, true) + header.getUint32(8, true),
  }
}

function readOldHeader(header: DataView, version: number): MonkeysHeader {
  const blocks = header.getUint32(24, true)
  const framesPerBlock = oldFramesPerBlock(version, header.getUint16(6, true))
  return {
    sampleRate: header.getUint32(12, true),
    channels: header.getUint16(10, true),
    bits: undefined,
    frames: blocks === 0 ? 0 : (blocks - 1) * framesPerBlock + header.getUint32(28, true),
  }
}

function oldFramesPerBlock(version: number, compression: number): number {
  if (version >= 3950) return 73_728 * 4
  return version >= 3900 || (version >= 3800 && compression === 4000) ? 73_728 : 9216
}
