import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import {
  type FlacFrame,
  maxFrameHeaderBytes,
  parseFlacFrame,
} from '../../../../shared/sound/flac/flac-frames.ts'
import type { StreamInfo } from './flac-blocks.ts'

/** How long a FLAC file is. */
export interface FlacLength {
  /** Seconds; undefined if neither the header nor the frames contain it. */
  readonly seconds: number | undefined
  /** Whether there is less sound than the header states. */
  readonly isCut: boolean
}

const windowBytes = 64 * 1024 - maxFrameHeaderBytes
/** A frame has at most some hundred kilobytes; garbage at the end may be longer. */
const maxTailBytes = 4 * 1024 * 1024
/** More in the tail are not frames of sound. */
const maxFrames = 20_000
const probes = 16
const maxSearchBytes = 1024 * 1024

/**
 * Determines the duration of the frames between `start` and the end of the file; undefined if there is no frame. The
 * header's number of samples can be missing or wrong: the last frame states where it ends.
 */
export function readFlacDuration(
  source: ByteReader,
  start: number,
  info: StreamInfo | undefined,
): FlacLength | undefined {
  const first = findFirstFrame(source, start)
  if (first === undefined) return undefined
  const sampleRate = info?.sampleRate || first.sampleRate || 0
  if (sampleRate === 0) return { seconds: undefined, isCut: false }
  const blockSamples = info?.maxBlockSamples || first.samples
  const firstSample = sampleSpan(first, blockSamples).start
  const stated = info?.totalSamples || undefined
  const lastSample = findLastSample(source, start, blockSamples, stated)
  if (lastSample === undefined) return { seconds: stated && stated / sampleRate, isCut: false }
  const samples = Math.max(0, lastSample - firstSample)
  if (stated !== undefined && samples !== stated && isConcatenated(source, start, blockSamples))
    return { seconds: stated / sampleRate, isCut: false }
  return {
    seconds: samples / sampleRate,
    isCut: stated !== undefined && samples + Math.max(blockSamples, sampleRate / 10) < stated,
  }
}

/** Whether the samples begin again somewhere, because another file was appended. Only the first one is played. */
function isConcatenated(source: ByteReader, start: number, blockSamples: number): boolean {
  let last = 0
  for (let probe = 1; probe < probes; probe++) {
    const position = start + Math.floor(((source.size - start) * probe) / probes)
    const frame = findFirstFrame(source, position, windowBytes)
    const sample = frame && sampleSpan(frame, blockSamples).start
    if (sample !== undefined && sample < last) return true
    last = sample ?? last
  }
  return false
}

function findFirstFrame(
  source: ByteReader,
  start: number,
  searchBytes = maxSearchBytes,
): FlacFrame | undefined {
  const limit = Math.min(source.size, start + searchBytes)
  for (let position = start; position < limit; position += windowBytes) {
    const bytes = source.view(position, windowBytes + maxFrameHeaderBytes)
    for (let at = bytes.indexOf(0xff); at >= 0 && at < windowBytes; at = bytes.indexOf(0xff, at + 1)) {
      const frame = parseFlacFrame(bytes, at)
      if (frame !== undefined) return frame
    }
  }
  return undefined
}

interface SampleSpan {
  readonly start: number
  readonly end: number
}

function sampleSpan({ number, countsSamples, samples }: FlacFrame, blockSamples: number): SampleSpan {
  const start = countsSamples ? number : number * blockSamples
  return { start, end: start + samples }
}

/**
 * Returns the number of samples before the end of the last frame. Bytes in a frame can look like a header, so a frame
 * counts if the file ends as stated, or if another one ends where it begins.
 */
function findLastSample(
  source: ByteReader,
  start: number,
  blockSamples: number,
  stated: number | undefined,
): number | undefined {
  /** The ends of the frames behind, by where these begin. */
  const ends = new Map<number, number>()
  const limit = Math.max(start, source.size - maxTailBytes)
  for (let end = source.size; end > limit; end -= windowBytes) {
    const position = Math.max(limit, end - windowBytes)
    const bytes = source.view(position, end - position + maxFrameHeaderBytes)
    for (
      let at = bytes.lastIndexOf(0xff, end - position - 1);
      at >= 0;
      at = at === 0 ? -1 : bytes.lastIndexOf(0xff, at - 1)
    ) {
      const frame = parseFlacFrame(bytes, at)
      if (frame === undefined) continue
      const span = sampleSpan(frame, blockSamples)
      // A single frame is at the beginning of the file.
      if (span.end === stated || (position + at === start && ends.size === 0)) return span.end
      const following = ends.get(span.end)
      if (following !== undefined) return following
      ends.set(span.start, span.end)
      if (ends.size > maxFrames) return undefined
    }
  }
  return undefined
}
