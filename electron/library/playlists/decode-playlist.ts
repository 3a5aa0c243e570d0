import { decodePath } from '../../platform/system-path.ts'

/** Byte order marks, the longest first. */
const byteOrderMarks: readonly (readonly [mark: readonly number[], encoding: Encoding])[] = [
  [[0xff, 0xfe, 0, 0], 'utf-32le'],
  [[0, 0, 0xfe, 0xff], 'utf-32be'],
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be'

/**
 * Returns the text of a playlist. It is UTF-8, UTF-16 or UTF-32, with a byte order mark or without. Bytes that are none
 * of these become lone surrogates, because only the files that exist show which code page they are in.
 */
export function decodePlaylist(bytes: Buffer): string {
  for (const [mark, encoding] of byteOrderMarks)
    if (mark.every((byte, index) => bytes[index] === byte))
      return decode(bytes.subarray(mark.length), encoding)
  return decode(bytes, encodingOf(bytes) ?? 'utf-8')
}

function decode(bytes: Buffer, encoding: Encoding): string {
  switch (encoding) {
    case 'utf-8':
      return decodePath(bytes)
    case 'utf-16le':
    case 'utf-16be':
      return new TextDecoder(encoding).decode(bytes)
    case 'utf-32le':
    case 'utf-32be':
      return decodeUtf32(bytes, encoding === 'utf-32le')
  }
}

/** The start of a playlist is ASCII in every format: a directive, a path, an address or a tag. */
const sampleBytes = 512

/** Returns the encoding without a byte order mark, by the zero bytes between ASCII characters. */
function encodingOf(bytes: Buffer): Encoding | undefined {
  const sample = bytes.subarray(0, sampleBytes)
  const zeros = [0, 0]
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  // No path contains a zero byte, but a file may have been padded with them.
  const enough = Math.max(2, sample.length / 8)
  if (odd >= enough && even < odd / 4) return 'utf-16le'
  if (even >= enough && odd < even / 4) return 'utf-16be'
  return undefined
}

function decodeUtf32(bytes: Buffer, isLittleEndian: boolean): string {
  const characters: string[] = []
  for (let offset = 0; offset + 4 <= bytes.length; offset += 4) {
    const code = isLittleEndian ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset)
    characters.push(code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD')
  }
  return characters.join('')
}
