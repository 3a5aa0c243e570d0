import type { AudioStream, ByteSource } from '../../shared/sound/audio-stream.ts'
import type { AudioSpan } from '../../shared/sound/bytes/audio-span.ts'
import { readUpTo } from '../../shared/sound/containers/read-source.ts'
import { ChunkedAudioStream, type ChunkedSound } from './chunks/chunked-sound.ts'

type Opener = (source: ByteSource, span: AudioSpan) => Promise<ChunkedSound | undefined>

/** The formats by their first letters. A decoder is loaded with the first file that needs it. */
const openers: readonly (readonly [RegExp, Opener])[] = [
  [/^wvpk/, async (source, span) => (await import('./wavpack/wavpack-sound.ts')).openWavPack(source, span)],
  [
    /^(?:MP\+|MPCK)/,
    async (source, span) => (await import('./musepack/musepack-sound.ts')).openMusepack(source, span),
  ],
  [
    /^(?:DSD |FRM8)/,
    async (source, { start }) => (await import('./dsd/dsd-sound.ts')).openDsd(source, start),
  ],
  // The GUID of ASF's header.
  [/^0&\xb2u/, async (source, { start }) => (await import('./wma/wma-sound.ts')).openWma(source, start)],
  [/^caff/, async (source) => (await import('./alac/alac-in-caf.ts')).openAlacInCaf(source)],
  [
    /^.{4}(?:ftyp|moov|mdat|free|skip|wide)/s,
    async (source) => (await import('./alac/alac-in-mp4.ts')).openAlacInMp4(source),
  ],
]

/**
 * Opens a file whose sound Chromium cannot decode and Skein can; resolves with undefined for any other. The stream owns the
 * source. Throws UnsupportedFormat, DecodeError and SourceError.
 */
export async function openOtherFormat(source: ByteSource, span: AudioSpan): Promise<AudioStream | undefined> {
  const magic = String.fromCharCode(...(await readUpTo(source, span.start, 8)))
  const [, open] = openers.find(([pattern]) => pattern.test(magic)) ?? []
  const sound = await open?.(source, span)
  return sound && new ChunkedAudioStream(sound)
}
