/** A frame's header (https://www.rfc-editor.org/rfc/rfc9639#section-9.1). */
export interface FlacFrame {
  /** The number of its first sample, or of the frame itself if all frames have the same number of samples. */
  readonly number: number
  readonly countsSamples: boolean
  readonly samples: number
  /** Hertz; undefined if only STREAMINFO has it. */
  readonly sampleRate: number | undefined
}

export const maxFrameHeaderBytes = 16

const sampleRates = [88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000]

/** Returns the frame whose header is at `at`; undefined if there is none, by its checksum too. */
export function parseFlacFrame(bytes: Uint8Array, at: number): FlacFrame | undefined {
  const byte = (offset: number): number => bytes[at + offset] ?? 0
  if (byte(0) !== 0xff || (byte(1) & 0xfe) !== 0xf8) return undefined
  const blockCode = byte(2) >> 4
  const rateCode = byte(2) & 15
  if (blockCode === 0 || rateCode === 15 || byte(3) >> 4 > 10) return undefined
  if ((byte(3) & 1) !== 0 || ((byte(3) >> 1) & 7) === 3) return undefined
  const coded = readCodedNumber(bytes, at + 4)
  if (coded === undefined) return undefined
  let end = coded.end
  const blockBytes = blockCode === 6 ? 1 : blockCode === 7 ? 2 : 0
  const samples = blockBytes > 0 ? readNumber(bytes, end, blockBytes) + 1 : blockSamples(blockCode)
  end += blockBytes
  const rateBytes = rateCode === 12 ? 1 : rateCode > 12 ? 2 : 0
  const sampleRate =
    rateBytes > 0
      ? readNumber(bytes, end, rateBytes) * (rateCode === 12 ? 1000 : rateCode === 14 ? 10 : 1)
      : sampleRates[rateCode - 1]
  end += rateBytes
  if (end >= bytes.length || checksum(bytes, at, end) !== bytes[end]) return undefined
  return { number: coded.value, countsSamples: (byte(1) & 1) === 1, samples, sampleRate }
}

function blockSamples(code: number): number {
  if (code === 1) return 192
  return code < 6 ? 576 * 2 ** (code - 2) : 256 * 2 ** (code - 8)
}

/** Reads a number that is coded like UTF-8, with up to 36 bits. */
function readCodedNumber(bytes: Uint8Array, at: number): { value: number; end: number } | undefined {
  const first = bytes[at] ?? 0
  if (first < 0x80) return { value: first, end: at + 1 }
  const length = Math.clz32(~(first << 24))
  if (length < 2 || length > 7) return undefined
  let value = first & (0x7f >> length)
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0
    if ((byte & 0xc0) !== 0x80) return undefined
    value = value * 64 + (byte & 0x3f)
  }
  return { value, end: at + length }
}

function readNumber(bytes: Uint8Array, at: number, length: number): number {
  const first = bytes[at] ?? 0
  return length === 1 ? first : first * 256 + (bytes[at + 1] ?? 0)
}

function checksum(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0
  for (let i = start; i < end; i++) crc = crcTable[crc ^ (bytes[i] ?? 0)] ?? 0
  return crc
}

const crcTable = Uint8Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x80 ? 0x107 : 0)
  return crc
})
