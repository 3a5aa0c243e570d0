/** Bytes of a file. */
export interface ByteSpan {
  readonly start: number
  readonly length: number
}

/**
 * The bytes that represent a file's sound: no tag is among them, and no change of tags changes them or their sequence.
 * Their number is limited, however long the file is.
 */
export interface SoundSample {
  readonly spans: readonly ByteSpan[]
  /** A size or duration of the whole sound, which distinguishes files whose bytes in the spans are equal. */
  readonly extent: number
}

export const noSound: SoundSample = { spans: [], extent: 0 }

/** The bytes at the beginning, in the middle and at the end of the sound. */
const sampleBytes = 4 * 1024

/** Returns a sample of sound that is in these spans of a file, one after the other. */
export function sampleSpans(sound: readonly ByteSpan[]): SoundSample {
  const extent = sound.reduce((sum, { length }) => sum + Math.max(0, length), 0)
  if (extent <= 3 * sampleBytes) return { spans: sound, extent }
  const middle = Math.floor((extent - sampleBytes) / 2)
  const spans = [0, middle, extent - sampleBytes].flatMap((offset) => cutSpans(sound, offset, sampleBytes))
  return { spans, extent }
}

/** Returns the spans of `length` bytes that begin `offset` bytes after the first one begins. */
function cutSpans(spans: readonly ByteSpan[], offset: number, length: number): ByteSpan[] {
  const cut: ByteSpan[] = []
  let position = 0
  for (const span of spans) {
    const from = Math.max(offset - position, 0)
    const to = Math.min(offset + length - position, span.length)
    if (from < to) cut.push({ start: span.start + from, length: to - from })
    position += Math.max(0, span.length)
    if (position >= offset + length) break
  }
  return cut
}

/** Returns the first spans, up to `maxBytes` together. */
export const limitSpans = (spans: readonly ByteSpan[], maxBytes: number): ByteSpan[] =>
  cutSpans(spans, 0, maxBytes)
