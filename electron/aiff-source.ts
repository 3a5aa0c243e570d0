import type { FileHandle } from 'node:fs/promises'
import { type ByteSource, readAt } from './byte-source.ts'

/** How an AIFF file's samples lie in it. */
interface Samples {
  readonly channels: number
  /** Bytes of one sample. */
  readonly width: number
  readonly rate: number
  readonly isFloat: boolean
  readonly isBigEndian: boolean
  /** Where in the file they begin, and how many bytes they are: whole samples. */
  readonly start: number
  readonly length: number
}

const headerBytes = 44
const mostChunks = 100

/**
 * An AIFF file as the WAVE file with the same samples, for browsers play no AIFF. Nothing is decoded: the header is
 * written anew and the bytes of each sample turn round. Undefined for compressed samples and for what is no AIFF.
 */
export async function aiffSource(file: FileHandle, size: number): Promise<ByteSource | undefined> {
  const samples = await findSamples(file, size)
  if (samples === undefined) return undefined
  const header = waveHeader(samples)
  return {
    size: headerBytes + samples.length,
    type: 'audio/wav',
    async read(position, length) {
      if (position < headerBytes) return header.subarray(position, position + length)
      return await readSamples(file, samples, position - headerBytes, length)
    },
  }
}

/** Bytes of the samples from `position` on, in WAVE's order. */
async function readSamples(file: FileHandle, samples: Samples, position: number, length: number) {
  const { width, start } = samples
  const skip = position % width
  const wanted = Math.min(Math.ceil((skip + length) / width) * width, samples.length - (position - skip))
  const bytes = await readAt(file, start + position - skip, wanted)
  const whole = bytes.subarray(0, bytes.length - (bytes.length % width))
  if (width === 1) {
    // AIFF's single bytes are signed, WAVE's are not.
    for (let i = 0; i < whole.length; i++) whole[i] = (whole[i] ?? 0) ^ 0x80
  } else if (samples.isBigEndian) {
    for (let i = 0; i < whole.length; i += width) whole.subarray(i, i + width).reverse()
  }
  return whole.subarray(skip, skip + length)
}

async function findSamples(file: FileHandle, size: number): Promise<Samples | undefined> {
  let format: Omit<Samples, 'start' | 'length'> | undefined
  let sound: Pick<Samples, 'start' | 'length'> | undefined
  const form = Buffer.from(await readAt(file, 0, 12))
  if (form.length < 12 || form.toString('latin1', 0, 4) !== 'FORM') return undefined
  let position = 12
  for (let chunk = 0; chunk < mostChunks && position + 8 <= size; chunk++) {
    const head = Buffer.from(await readAt(file, position, 8 + 22))
    if (head.length < 16) break
    const length = head.readUInt32BE(4)
    const name = head.toString('latin1', 0, 4)
    if (name === 'COMM') format = readFormat(head.subarray(8, 8 + length))
    if (name === 'SSND') {
      const start = position + 16 + head.readUInt32BE(8)
      sound = { start, length: Math.min(position + 8 + length, size) - start }
    }
    // Chunks begin at even places.
    position += 8 + length + (length % 2)
  }
  if (format === undefined || sound === undefined || sound.length <= 0) return undefined
  const frame = format.width * format.channels
  return { ...format, ...sound, length: sound.length - (sound.length % frame) }
}

/** The chunk COMM; with a kind of compression where the file is an AIFC. */
function readFormat(chunk: Buffer): Omit<Samples, 'start' | 'length'> | undefined {
  if (chunk.length < 18) return undefined
  const compression = chunk.length < 22 ? 'NONE' : chunk.toString('latin1', 18, 22)
  if (!['NONE', 'twos', 'sowt', 'fl32', 'FL32'].includes(compression)) return undefined
  const channels = chunk.readUInt16BE(0)
  const width = Math.ceil(chunk.readUInt16BE(6) / 8)
  const rate = Math.round(extendedFloat(chunk.subarray(8, 18)))
  if (channels < 1 || channels > 8 || width < 1 || width > 4 || !(rate >= 1 && rate <= 768_000))
    return undefined
  const isFloat = compression.toLowerCase() === 'fl32'
  return { channels, width: isFloat ? 4 : width, rate, isFloat, isBigEndian: compression !== 'sowt' }
}

/** A number in the 80 bits of IEEE 754's extended precision. */
function extendedFloat(bytes: Buffer): number {
  const exponent = (bytes.readUInt16BE(0) & 0x7fff) - 16_383
  return (bytes.readUInt32BE(2) + bytes.readUInt32BE(6) / 2 ** 32) * 2 ** (exponent - 31)
}

function waveHeader({ channels, width, rate, isFloat, length }: Samples): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(headerBytes)
  const view = new DataView(header.buffer)
  const name = (place: number, text: string) => header.set(new TextEncoder().encode(text), place)
  name(0, 'RIFF')
  view.setUint32(4, headerBytes - 8 + length, true)
  name(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, isFloat ? 3 : 1, true)
  view.setUint16(22, channels, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * channels * width, true)
  view.setUint16(32, channels * width, true)
  view.setUint16(34, width * 8, true)
  name(36, 'data')
  view.setUint32(40, length, true)
  return header
}
