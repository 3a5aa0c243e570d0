import type { AudioStream, ByteSource } from '../../shared/sound/audio-stream.ts'
import type { AudioKind } from '../../shared/sound/bytes/audio-kind.ts'
import type { AudioSpan } from '../../shared/sound/bytes/audio-span.ts'
import { DecodeError, StreamError, UnsupportedFormat } from '../../shared/sound/stream-error.ts'
import { ChunkedAudioStream, type ChunkedSound } from './chunks/chunked-sound.ts'

type Opener = (source: ByteSource, span: AudioSpan) => Promise<ChunkedSound | undefined>

/** A decoder is loaded with the first file that needs it. */
const openers: Partial<Record<AudioKind, Opener>> = {
  wavpack: async (source, span) => (await import('./wavpack/wavpack-sound.ts')).openWavPack(source, span),
  musepack: async (source, span) => (await import('./musepack/musepack-sound.ts')).openMusepack(source, span),
  asf: async (source, { start }) => (await import('./wma/wma-sound.ts')).openWma(source, start),
  dsf: async (source, { start }) => (await import('./dsd/dsd-sound.ts')).openDsd(source, start),
  dsdiff: async (source, { start }) => (await import('./dsd/dsd-sound.ts')).openDsd(source, start),
  caf: async (source) => (await import('./alac/alac-in-caf.ts')).openAlacInCaf(source),
  mp4: async (source) => (await import('./alac/alac-in-mp4.ts')).openAlacInMp4(source),
}

/**
 * Opens a file whose sound Chromium cannot decode and Skein can; resolves with undefined for any other. The stream owns the
 * source. Throws UnsupportedFormat, DecodeError and SourceError.
 */
export async function openOtherFormat(
  source: ByteSource,
  kind: AudioKind,
  span: AudioSpan,
): Promise<AudioStream | undefined> {
  try {
    const sound = await openers[kind]?.(source, span)
    return sound && new ChunkedAudioStream(sound)
  } catch (error) {
    if (error instanceof StreamError) throw error
    if (error instanceof RangeError)
      throw new DecodeError('The header of the file is damaged', { cause: error })
    // The decoder cannot be loaded here.
    throw new UnsupportedFormat(kind, { cause: error })
  }
}
