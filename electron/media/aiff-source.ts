import type { FileHandle } from 'node:fs/promises'
import { kindByMagicBytes } from '../library/tags/audio-kind.ts'
import { type ByteSource, readAt } from './byte-source.ts'
import { type SampleCoding, sampleCoding } from './sample-coding.ts'
import { waveHeader, waveHeaderBytes } from './wave-header.ts'

/** The content of the chunk COMM. */
interface AiffFormat {
  readonly channels: number
  /** Frames per second. */
  readonly rate: number
  readonly coding: SampleCoding
}

/** The position of the samples, in bytes of the file. */
interface Span {
  readonly start: number
  readonly length: number
}

/** No recorder writes more chunks before the sound. */
const maxChunks = 100
/** A chunk's name and length, and the part of COMM that is needed. */
const chunkHeadBytes = 8 + 22

/**
 * Returns an AIFF or AIFF-C file as a WAVE file with the same samples, because browsers do not play AIFF: with another
 * header, and with samples that are converted while they are read. Returns undefined if the file is not AIFF by its
 * first bytes, has no sound, or is compressed in a way that WAVE does not have. Sizes in the file are limited by its
 * length. Its number of frames is ignored: the size of the chunk with the samples is more reliable.
 *
 * Formats: Audio Interchange File Format 1.3 and AIFF-C draft of 1991-08-26 (Apple Computer).
 */
export async function aiffSource(file: FileHandle, size: number): Promise<ByteSource | undefined> {
  if (kindByMagicBytes(await readAt(file, 0, 12)) !== 'aiff') return undefined
  const found = await findSamples(file, size)
  if (found === undefined) return undefined
  const { coding, channels, rate } = found.format
  const samples = Math.floor(found.span.length / (coding.width * channels)) * channels
  if (samples === 0) return undefined
  const length = samples * coding.waveWidth
  const header = waveHeader({ tag: coding.tag, width: coding.waveWidth, channels, rate, length })
  return {
    size: waveHeaderBytes + length,
    type: 'audio/wav',
    async read(position, length) {
      if (position < waveHeaderBytes) return header.subarray(position, position + length)
      return await readSamples(file, found.span.start, coding, position - waveHeaderBytes, length)
    },
  }
}

/** Returns `length` bytes of the converted samples from `position`, which may be in the middle of a sample. */
async function readSamples(
  file: FileHandle,
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

async function findSamples(
  file: FileHandle,
  size: number,
): Promise<{ format: AiffFormat; span: Span } | undefined> {
  let format: AiffFormat | undefined
  let span: Span | undefined
  let position = 12
  for (let chunk = 0; chunk < maxChunks && position + 8 <= size; chunk++) {
    const head = Buffer.from(await readAt(file, position, chunkHeadBytes))
    if (head.length < 8) return undefined
    const name = head.toString('latin1', 0, 4)
    const length = head.readUInt32BE(4)
    const content = head.subarray(8, 8 + length)
    if (name === 'COMM') format ??= readFormat(content)
    if (name === 'SSND') span ??= soundSpan(content, position + 8, Math.min(position + 8 + length, size))
    if (format !== undefined && span !== undefined) return { format, span }
    // Chunks begin at even positions.
    position += 8 + length + (length % 2)
  }
  return undefined
}

/** Reads the chunk SSND, from `start` to `end` in the file: the samples follow two numbers and a gap. */
function soundSpan(content: Buffer, start: number, end: number): Span | undefined {
  if (content.length < 8) return undefined
  const first = start + 8 + content.readUInt32BE(0)
  return { start: first, length: Math.max(0, end - first) }
}

/** Reads the chunk COMM. In an AIFF-C file the kind of compression is at its end. */
function readFormat(content: Buffer): AiffFormat | undefined {
  if (content.length < 18) return undefined
  const channels = content.readUInt16BE(0)
  const compression = content.length < 22 ? 'NONE' : content.toString('latin1', 18, 22)
  const coding = sampleCoding(compression, content.readUInt16BE(6))
  const rate = Math.round(extendedFloat(content.subarray(8, 18)))
  // Chromium plays no more channels and no higher rate.
  const isPlayable = channels >= 1 && channels <= 32 && rate >= 1 && rate <= 768_000
  return coding !== undefined && isPlayable ? { channels, rate, coding } : undefined
}

/** Reads a number in 80 bits of IEEE 754's extended precision. A negative one becomes infinite or NaN. */
function extendedFloat(bytes: Buffer): number {
  const exponent = bytes.readUInt16BE(0) - 16_383
  return (bytes.readUInt32BE(2) + bytes.readUInt32BE(6) / 2 ** 32) * 2 ** (exponent - 31)
}
