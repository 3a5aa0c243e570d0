import { TextDecoder } from 'node:util'
import type { RawText } from '../text/raw-tags.ts'
import { findTerminator, splitAtZeros } from '../text/zeros.ts'

/** A frame with more is damaged, or made to take memory. */
export const maxTextBytes = 64 * 1024

const encodingUtf16 = 1
const encodingUtf16BigEndian = 2
const encodingUtf8 = 3

/** Returns the values of a text frame: an encoding byte, then values with zeros between them. */
export function readTextValues(content: Uint8Array): RawText[] {
  const encoding = content[0] ?? 0
  // Some programs leave the encoding out.
  if (encoding > encodingUtf8) return readValues(content, 0)
  return readValues(content.subarray(1), encoding)
}

/** Returns a description and what follows it. */
export function splitDescription(
  content: Uint8Array,
  encoding: number,
): { readonly description: Uint8Array; readonly rest: Uint8Array } {
  const unit = isWide(encoding) ? 2 : 1
  const end = findTerminator(content, unit, 0)
  return {
    description: content.subarray(0, end),
    rest: content.subarray(Math.min(end + unit, content.length)),
  }
}

/** Returns the values of text in one of the four encodings. */
export function readValues(bytes: Uint8Array, encoding: number): RawText[] {
  if (isWide(encoding) && !isReallyBytes(bytes)) return readWideValues(bytes, encoding)
  if (encoding !== encodingUtf8 && byteOrderMark(bytes) !== undefined) return readWideValues(bytes, 1)
  return splitAtZeros(bytes, 1).map((value) => withoutUtf8Mark(value))
}

function isWide(encoding: number): boolean {
  return encoding === encodingUtf16 || encoding === encodingUtf16BigEndian
}

/** Whether text that is called UTF-16 has one byte per character: no mark, no zero, and printable ASCII only. */
function isReallyBytes(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes.every((byte, at) => (byte >= 0x20 && byte < 0x7f) || isLastZero(bytes, at))
}

function isLastZero(bytes: Uint8Array, at: number): boolean {
  return at === bytes.length - 1 && bytes[at] === 0
}

function readWideValues(bytes: Uint8Array, encoding: number): string[] {
  // A value without a mark is like the one before it.
  let order = byteOrderMark(bytes) ?? (encoding === encodingUtf16BigEndian ? 'be' : guessByteOrder(bytes))
  const values = splitAtZeros(bytes, 2).map((value) => {
    const mark = byteOrderMark(value)
    order = mark ?? order
    return decodeWide(mark === undefined ? value : value.subarray(2), order)
  })
  return values.filter((value) => value !== '')
}

type ByteOrder = 'le' | 'be'

function byteOrderMark(bytes: Uint8Array): ByteOrder | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'be' : undefined
}

/** In most texts the upper byte of a character is more often zero than the lower one. */
function guessByteOrder(bytes: Uint8Array): ByteOrder {
  let zeros = 0
  for (let at = 0; at + 1 < bytes.length; at += 2) zeros += bytes[at] === 0 ? 1 : bytes[at + 1] === 0 ? -1 : 0
  return zeros > 0 ? 'be' : 'le'
}

/** Made once: each takes longer to make than to decode a text. */
const wideDecoders: Readonly<Record<ByteOrder, TextDecoder>> = {
  le: new TextDecoder('utf-16le', { ignoreBOM: true }),
  be: new TextDecoder('utf-16be', { ignoreBOM: true }),
}

function decodeWide(bytes: Uint8Array, order: ByteOrder): string {
  return wideDecoders[order].decode(bytes.subarray(0, bytes.length & ~1))
}

function withoutUtf8Mark(value: Uint8Array): Uint8Array {
  return value[0] === 0xef && value[1] === 0xbb && value[2] === 0xbf ? value.subarray(3) : value
}
