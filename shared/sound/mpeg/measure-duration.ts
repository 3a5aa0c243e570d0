import { skipTags } from '../bytes/audio-span.ts'
import type { ByteReader } from '../bytes/byte-reader.ts'
import { countFrames, type FrameCount } from './count-frames.ts'
import type { FirstFrame, Span } from './find-frames.ts'
import { readVbrHeader, type VbrHeader } from './vbr-header.ts'

export interface MeasuredDuration {
  readonly seconds: number
  /** Whether the end of the audio is missing. */
  readonly isCut: boolean
}

/** What is measured: the audio from the first frame to the tags behind it. */
interface Audio {
  readonly reader: ByteReader
  readonly first: FirstFrame
  readonly end: number
}

const sampleBytes = 16 * 1024
/** Samples between the beginning and the end of a stream that may have a constant bitrate. */
const sampleCount = 15
/** Audio up to this length is counted rather than sampled. */
const minSampledBytes = 1024 * 1024
/** Longer audio is not counted as a whole, so that a slow disk does not delay the scan. */
const maxCountedBytes = 24 * 1024 * 1024
/** The number of windows in longer audio. */
const windowCount = 128
/** Bytes by which the size in a header may differ from the file's: two frames. */
const sizeTolerance = 2 * 2881

/**
 * Returns the duration of MPEG audio. The header that an encoder wrote counts if it agrees with the file's size and with
 * the frames at the beginning and the end. Without one, frames are sampled at several positions. If they have one bitrate,
 * the duration is the size divided by it; otherwise all frames are counted.
 */
export function measureDuration(reader: ByteReader, first: FirstFrame, end: number): MeasuredDuration {
  const audio = { reader, first, end }
  if (first.freeLength !== undefined) return freeFormatDuration(audio, first.freeLength)
  const header = first.header.codec === 'AAC' ? undefined : vbrHeader(audio)
  if (header === undefined) return measure(audio)
  const isCut = header.bytes !== undefined && isMissing(audio, header.bytes)
  if (header.frames === undefined || isCut || !isWhole(audio, header, header.frames))
    return withCut(measure(audio), isCut)
  const { samples, sampleRate } = first.header
  const added = (header.added?.delay ?? 0) + (header.added?.padding ?? 0)
  return { seconds: (header.frames * samples - added) / sampleRate, isCut: false }
}

function withCut(measured: MeasuredDuration, isCut: boolean): MeasuredDuration {
  return isCut ? { ...measured, isCut } : measured
}

function vbrHeader({ reader, first }: Audio): VbrHeader | undefined {
  return readVbrHeader(reader.view(first.position, first.header.length), first.header)
}

/** Whether bytes are missing at the end. Some encoders include the tags in the number of bytes. */
function isMissing({ reader, first, end }: Audio, bytes: number): boolean {
  return first.position + bytes > end + sizeTolerance && bytes > reader.size + sizeTolerance
}

/** Whether the header describes all of the audio: its end is not missing, nothing was appended, and its number of frames is right. */
export function isDescribed(reader: ByteReader, first: FirstFrame, end: number, header: VbrHeader): boolean {
  const audio = { reader, first, end }
  const isCut = header.bytes !== undefined && isMissing(audio, header.bytes)
  return header.frames !== undefined && !isCut && isWhole(audio, header, header.frames)
}

/** Whether the header describes all of the audio, by its size and by the average length of a frame. */
function isWhole(audio: Audio, header: VbrHeader, frames: number): boolean {
  const { reader, first, end } = audio
  const headerEnd = first.position + (header.bytes ?? end - first.position)
  if (end > headerEnd + sizeTolerance && hasFrames(reader, { start: headerEnd, end })) return false
  const audioBytes = Math.min(end, headerEnd) - first.position - first.header.length
  const average = audioBytes / frames
  const ends = addCounts(sample(audio, 0), sample(audio, 1))
  if (isClose(average, ends, 1.25)) return true
  return isClose(average, sampleAll(audio), 1.15)
}

function isClose(average: number, { frames, bytes }: FrameCount, factor: number): boolean {
  const sampled = bytes / frames
  return average <= sampled * factor && average >= sampled / factor
}

/** Whether more audio follows in `span`, with or without tags before it. */
function hasFrames(reader: ByteReader, span: Span): boolean {
  const start = skipTags(reader, span.start)
  return countFrames(reader, { start, end: Math.min(span.end, start + 4 * sampleBytes) }).frames > 0
}

/** Measures without a header. */
function measure(audio: Audio): MeasuredDuration {
  const { reader, first, end } = audio
  const length = end - first.position
  if (first.header.bytesPerSecond > 0 && length > minSampledBytes) {
    const samples = sampleAll(audio)
    const { isCut } = sample(audio, 1)
    const silent = hasVbrFrame(audio) ? first.header.length : 0
    if (samples.minRate === samples.maxRate) return { seconds: (length - silent) / samples.maxRate, isCut }
  }
  if (length > maxCountedBytes) return extrapolate(audio)
  return countedDuration(
    countFrames(reader, { start: first.position, end }, first.header.stream),
    hasVbrFrame(audio) ? first.header.samples / first.header.sampleRate : 0,
  )
}

/** The frame with the encoder's header has no sound. */
function hasVbrFrame(audio: Audio): boolean {
  return vbrHeader(audio) !== undefined
}

function countedDuration({ seconds, isCut }: FrameCount, silent: number): MeasuredDuration {
  return { seconds: seconds - silent, isCut }
}

/** Returns the sum of the samples; its rates are infinite if one of them has no frame. */
function sampleAll(audio: Audio): FrameCount {
  let sum = addCounts(sample(audio, 0), sample(audio, 1))
  for (let index = 1; index <= sampleCount; index++)
    sum = addCounts(sum, sample(audio, index / (sampleCount + 1)))
  return sum
}

/** Counts the frames in a sample: at the beginning if `share` is 0, at the end if it is 1. */
function sample({ reader, first, end }: Audio, share: number): FrameCount {
  const begin = first.position + first.header.length
  const start = Math.max(begin, Math.floor(begin + (end - begin - sampleBytes) * share))
  return countFrames(reader, { start, end: Math.min(end, start + sampleBytes) })
}

function addCounts(left: FrameCount, right: FrameCount): FrameCount {
  const isSilent = left.frames === 0 || right.frames === 0
  return {
    frames: left.frames + right.frames,
    seconds: left.seconds + right.seconds,
    bytes: left.bytes + right.bytes,
    minRate: Math.min(left.minRate, right.minRate),
    maxRate: isSilent ? Number.POSITIVE_INFINITY : Math.max(left.maxRate, right.maxRate),
    isCut: right.isCut,
  }
}

/** Returns the duration of long audio by windows at many positions. */
function extrapolate({ reader, first, end }: Audio): MeasuredDuration {
  let seconds = 0
  let bytes = 0
  const step = (end - first.position) / windowCount
  for (let index = 0; index < windowCount; index++) {
    const start = Math.floor(first.position + index * step)
    const count = countFrames(reader, { start, end: Math.min(end, start + 4 * sampleBytes) })
    seconds += count.seconds
    bytes += count.bytes
  }
  return { seconds: bytes === 0 ? 0 : (seconds / bytes) * (end - first.position), isCut: false }
}

function freeFormatDuration({ first, end }: Audio, length: number): MeasuredDuration {
  const { samples, sampleRate } = first.header
  const frames = Math.round((end - first.position) / (length + 0.5))
  return { seconds: (frames * samples) / sampleRate, isCut: false }
}
