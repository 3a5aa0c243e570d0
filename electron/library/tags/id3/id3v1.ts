import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import type { TagField } from '../media-reading.ts'
import { asciiText, copyBytes } from '../text/bytes.ts'
import { listFields } from '../text/list-fields.ts'
import { emptyRawTag, type RawTag } from '../text/raw-tags.ts'
import { numberedGenre } from './genres.ts'

export const id3v1Bytes = 128
/** The extension, which stands before the tag, has 60 more bytes for each of three texts. */
export const extendedTagBytes = 227

/** Whether an ID3v1 tag ends at `end`. The letters occur in the middle of an APE tag's too. */
export function hasId3v1(reader: ByteReader, end: number): boolean {
  const start = end - id3v1Bytes
  if (start < 0 || asciiText(reader.view(start, 3)) !== 'TAG') return false
  return start < 3 || asciiText(reader.view(start - 3, 8)) !== 'APETAGEX'
}

export function hasExtendedTag(reader: ByteReader, end: number): boolean {
  const start = end - id3v1Bytes - extendedTagBytes
  return start >= 0 && asciiText(reader.view(start, 4)) === 'TAG+'
}

/** Reads the ID3v1 tag that ends at `end`. */
export function readId3v1(reader: ByteReader, end: number): RawTag {
  const tag = emptyRawTag()
  const bytes = copyBytes(reader, end - id3v1Bytes, id3v1Bytes)
  const extension = hasExtendedTag(reader, end)
    ? copyBytes(reader, end - id3v1Bytes - extendedTagBytes, extendedTagBytes)
    : new Uint8Array(extendedTagBytes)
  const add = (field: TagField, value: Uint8Array | string | undefined) => {
    if (value !== undefined && value.length > 0) tag.values.set(field, [value])
  }
  add('title', joinText(bytes, 3, extension, 4))
  add('artist', joinText(bytes, 33, extension, 64))
  add('album', joinText(bytes, 63, extension, 124))
  add('date', asciiText(trimText(bytes.subarray(93, 97))))
  // v1.1 took the last two bytes of the comment for a zero and the track.
  if (bytes[125] === 0 && bytes[126] !== 0) add('track', String(bytes[126]))
  const genre = asciiText(trimText(extension.subarray(185, 215)))
  add('genre', genre === '' ? numberedGenre(bytes[127] ?? 255) : genre)
  tag.list = () => listFields('ID3v1', tag.values)
  return tag
}

/** Returns a text of 30 bytes, with its 60 bytes in the extension if they continue it. */
function joinText(bytes: Uint8Array, at: number, extension: Uint8Array, extensionAt: number): Uint8Array {
  const first = bytes.subarray(at, at + 30)
  const text = trimText(first)
  const more = trimText(extension.subarray(extensionAt, extensionAt + 60))
  if (more.length === 0) return text
  // Programs put the rest of the text there, or the whole text.
  return asciiText(more).startsWith(asciiText(text)) ? more : Uint8Array.from([...first, ...more])
}

/** Texts end at a zero or are filled with blanks. */
function trimText(bytes: Uint8Array): Uint8Array {
  const zero = bytes.indexOf(0)
  let end = zero < 0 ? bytes.length : zero
  while (end > 0 && bytes[end - 1] === 0x20) end--
  return bytes.subarray(0, end)
}
