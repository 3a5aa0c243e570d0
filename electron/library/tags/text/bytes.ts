import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'

/** Returns bytes as text with one character each, to compare with identifiers. */
export function asciiText(bytes: Uint8Array, start = 0, length = bytes.length - start): string {
  let text = ''
  for (const byte of bytes.subarray(start, start + length)) text += String.fromCharCode(byte)
  return text
}

/** Returns a copy of up to `length` bytes, which stays valid and may be changed. */
export function copyBytes(reader: ByteReader, position: number, length: number): Uint8Array {
  // Not slice(), which returns the same memory for a Buffer.
  return new Uint8Array(reader.view(position, length))
}
