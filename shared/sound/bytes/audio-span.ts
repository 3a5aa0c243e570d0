import type { ByteReader } from './byte-reader.ts'

/** The part of a file between the tags in front of the audio and those behind it, in bytes. */
export interface AudioSpan {
  readonly start: number
  readonly end: number
}

/** No program writes more tags before or behind the audio. */
const maxTags = 64
const apeHeaderFlag = 0x20000000
const apeTagHasHeaderFlag = 0x80000000
const apeMarkBytes = 32

/** Returns the span between all tags. A tag that does not end within the file is not one. */
export function findAudioSpan(reader: ByteReader): AudioSpan {
  const start = skipTags(reader, 0)
  return { start, end: findAudioEnd(reader, start) }
}

/** Returns the position behind the tags that begin at `position`, one after the other. */
export function skipTags(reader: ByteReader, position: number): number {
  let start = position
  for (let count = 0; count < maxTags; count++) {
    const length = tagLengthAt(reader.view(start, apeMarkBytes), 0)
    if (length === 0 || start + length >= reader.size) break
    start += length
  }
  return start
}

/** Returns the length in bytes of the ID3v2 or APE tag that begins at `index`; 0 if none does. */
export function tagLengthAt(bytes: Uint8Array, index: number): number {
  if (index + 10 > bytes.length) return 0
  if (hasText(bytes, index, 'ID3')) return id3Length(bytes, index)
  if (index + apeMarkBytes > bytes.length || !hasText(bytes, index, 'APETAGEX')) return 0
  const view = new DataView(bytes.buffer, bytes.byteOffset + index, apeMarkBytes)
  const isHeader = (view.getUint32(20, true) & apeHeaderFlag) !== 0
  return isHeader ? apeMarkBytes + view.getUint32(12, true) : 0
}

function id3Length(bytes: Uint8Array, index: number): number {
  const version = bytes[index + 3] ?? 0xff
  if (version < 2 || version > 4) return 0
  let size = 0
  for (let offset = 6; offset < 10; offset++) {
    const byte = bytes[index + offset] ?? 0
    if (byte > 127) return 0
    size = size * 128 + byte
  }
  const hasFooter = version === 4 && ((bytes[index + 5] ?? 0) & 0x10) !== 0
  return 10 + size + (hasFooter ? 10 : 0)
}

function findAudioEnd(reader: ByteReader, start: number): number {
  let end = reader.size
  for (let count = 0; count < maxTags; count++) {
    const length = tagLengthBefore(reader, end)
    if (length === 0 || end - length < start) break
    end -= length
  }
  return end
}

/** Returns the length in bytes of the tag that ends at `end`; 0 if none does. */
function tagLengthBefore(reader: ByteReader, end: number): number {
  if (end < 128) return 0
  const tail = reader.view(end - 128, 128)
  if (hasText(tail, 0, 'TAG')) return hasExtendedTag(reader, end) ? 128 + 227 : 128
  if (hasText(tail, 128 - 32, 'APETAGEX')) {
    const view = new DataView(tail.buffer, tail.byteOffset + 96, apeMarkBytes)
    const hasHeader = (view.getUint32(20, true) & apeTagHasHeaderFlag) !== 0
    return view.getUint32(12, true) + (hasHeader ? apeMarkBytes : 0)
  }
  if (hasText(tail, 128 - 10, '3DI')) return id3Length(tail, 128 - 10)
  if (hasText(tail, 128 - 9, 'LYRICS200')) {
    const digits = String.fromCharCode(...tail.subarray(128 - 15, 128 - 9))
    return /^\d{6}$/.test(digits) ? Number(digits) + 15 : 0
  }
  return 0
}

function hasExtendedTag(reader: ByteReader, end: number): boolean {
  return end >= 355 && hasText(reader.view(end - 355, 4), 0, 'TAG+')
}

function hasText(bytes: Uint8Array, index: number, text: string): boolean {
  for (let offset = 0; offset < text.length; offset++) {
    if (bytes[index + offset] !== text.charCodeAt(offset)) return false
  }
  return true
}
