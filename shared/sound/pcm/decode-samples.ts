/** WAVE's numbers for codings. */
const float = 3
const aLaw = 6
const muLaw = 7

/** Samples as a WAVE file stores them: little-endian, interleaved, unsigned if they are single bytes. */
export interface StoredSamples {
  /** WAVE's number for the coding. */
  readonly tag: number
  /** Bytes of a sample. */
  readonly width: number
  readonly channels: number
}

/** Returns the samples of each channel, between −1 and 1. Bytes behind the last whole frame are ignored. */
export function decodeSamples(
  bytes: Uint8Array<ArrayBuffer>,
  { tag, width, channels }: StoredSamples,
): Float32Array<ArrayBuffer>[] {
  const frames = Math.floor(bytes.length / (width * channels))
  const read = sampleReader(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), tag, width)
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(frames)
    for (let frame = 0, at = channel * width; frame < frames; frame++, at += width * channels)
      samples[frame] = read(at)
    return samples
  })
}

function sampleReader(view: DataView, tag: number, width: number): (at: number) => number {
  if (tag === float)
    return width === 8 ? (at) => view.getFloat64(at, true) : (at) => view.getFloat32(at, true)
  if (tag === aLaw) return (at) => aLawTable[view.getUint8(at)] ?? 0
  if (tag === muLaw) return (at) => muLawTable[view.getUint8(at)] ?? 0
  switch (width) {
    case 1:
      return (at) => (view.getUint8(at) - 128) / 128
    case 2:
      return (at) => view.getInt16(at, true) / 32_768
    case 3:
      return (at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65_536) / 8_388_608
    default:
      return (at) => view.getInt32(at, true) / 2_147_483_648
  }
}

// ITU-T G.711
const aLawTable = Float32Array.from({ length: 256 }, (_, code) => {
  const value = code ^ 0x55
  const exponent = (value >> 4) & 7
  const mantissa = (value & 15) * 16 + 8
  const magnitude = exponent === 0 ? mantissa : (mantissa + 256) * 2 ** (exponent - 1)
  return ((value & 0x80) === 0 ? -magnitude : magnitude) / 32_768
})

const muLawTable = Float32Array.from({ length: 256 }, (_, code) => {
  const value = ~code & 0xff
  const magnitude = (((value & 15) << 3) + 132) * 2 ** ((value >> 4) & 7) - 132
  return ((value & 0x80) === 0 ? magnitude : -magnitude) / 32_768
})
