import type { SampleCoding } from '../../shared/sound/pcm/sample-coding.ts'
import { type ByteSource, type ReadableFile, readAt } from './byte-source.ts'
import { waveHeader, waveHeaderBytes } from './wave-header.ts'

/** Samples in a file. */
export interface StoredSamples {
  readonly coding: SampleCoding
  readonly channels: number
  /** Frames per second. */
  readonly rate: number
  /** Bytes of the file. */
  readonly span: { readonly start: number; readonly length: number }
}

/**
 * Returns a WAVE file with these samples: a header, and samples that are converted while they are read. Returns undefined
 * if there is not one whole frame.
 */
export function convertedSource(
  file: ReadableFile,
  { coding, channels, rate, span }: StoredSamples,
): ByteSource | undefined {
  const samples = Math.floor(span.length / (coding.width * channels)) * channels
  if (samples === 0) return undefined
  const length = samples * coding.waveWidth
  const header = waveHeader({ tag: coding.tag, width: coding.waveWidth, channels, rate, length })
  return {
    size: waveHeaderBytes + length,
    type: 'audio/wav',
    async read(position, length) {
      if (position < waveHeaderBytes) return header.subarray(position, position + length)
      return await readSamples(file, span.start, coding, position - waveHeaderBytes, length)
    },
  }
}

/** Returns `length` bytes of the converted samples from `position`, which may be in the middle of a sample. */
async function readSamples(
  file: ReadableFile,
  start: number,
  { width, waveWidth, convert }: SampleCoding,
  position: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const first = Math.floor(position / waveWidth)
  const skip = position % waveWidth
  const count = Math.ceil((skip + length) / waveWidth)
  const bytes = await readAt(file, start + first * width, count * width)
  const whole = bytes.subarray(0, bytes.length - (bytes.length % width))
  return convert(whole).subarray(skip, skip + length)
}
