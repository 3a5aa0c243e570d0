import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import type { AsfSpan, AsfTextKind } from '../../../../shared/sound/containers/asf-layout.ts'
import type { PictureSource } from '../media-reading.ts'
import { readPadded } from '../read-numbers.ts'

/** An attribute of an ASF file: a text, or a picture. */
export interface AsfAttribute {
  readonly name: string
  readonly value: string | undefined
  readonly picture: { readonly type: number; readonly source: PictureSource } | undefined
  /** Of the value. */
  readonly bytes: number
}

const maxAttributes = 1000
const maxTextBytes = 64 * 1024
const maxNameBytes = 1024
const kinds = { text: 0, bytes: 1, flag: 2, number32: 3, number64: 4, number16: 5 } as const
const utf16 = new TextDecoder('utf-16le')

/** Yields the attributes of an object with texts. What does not fit in the object ends it. */
export function* readAsfTexts(reader: ByteReader, kind: AsfTextKind, span: AsfSpan): Generator<AsfAttribute> {
  if (kind === 'content') yield* readContent(reader, span)
  else if (kind === 'extended') yield* readExtended(reader, span)
  else yield* readMetadata(reader, span)
}

const contentNames = ['Title', 'Author', 'Copyright', 'Description', 'Rating']

function* readContent(reader: ByteReader, { start }: AsfSpan): Generator<AsfAttribute> {
  const header = readPadded(reader, start, 10)
  let position = start + 10
  for (const [index, name] of contentNames.entries()) {
    const bytes = header.getUint16(index * 2, true)
    const value = readText(reader, position, bytes)
    if (value !== '') yield { name, value, picture: undefined, bytes }
    position += bytes
  }
}

function* readExtended(reader: ByteReader, { start, length }: AsfSpan): Generator<AsfAttribute> {
  const count = Math.min(readPadded(reader, start, 2).getUint16(0, true), maxAttributes)
  let position = start + 2
  for (let index = 0; index < count && position + 6 <= start + length; index++) {
    const nameBytes = readPadded(reader, position, 2).getUint16(0, true)
    const name = readText(reader, position + 2, Math.min(nameBytes, maxNameBytes))
    const header = readPadded(reader, position + 2 + nameBytes, 4)
    const value = { start: position + 6 + nameBytes, length: header.getUint16(2, true) }
    if (value.start + value.length > start + length) return
    yield readAttribute(reader, name, header.getUint16(0, true), value)
    position = value.start + value.length
  }
}

function* readMetadata(reader: ByteReader, { start, length }: AsfSpan): Generator<AsfAttribute> {
  const count = Math.min(readPadded(reader, start, 2).getUint16(0, true), maxAttributes)
  let position = start + 2
  for (let index = 0; index < count && position + 12 <= start + length; index++) {
    const header = readPadded(reader, position, 12)
    const nameBytes = header.getUint16(4, true)
    const name = readText(reader, position + 12, Math.min(nameBytes, maxNameBytes))
    const value = { start: position + 12 + nameBytes, length: header.getUint32(8, true) }
    if (value.start + value.length > start + length) return
    yield readAttribute(reader, name, header.getUint16(6, true), value)
    position = value.start + value.length
  }
}

function readAttribute(reader: ByteReader, name: string, kind: number, span: AsfSpan): AsfAttribute {
  const bytes = span.length
  if (kind === kinds.bytes) return { name, value: undefined, picture: readPicture(reader, name, span), bytes }
  const value = kind === kinds.text ? readText(reader, span.start, bytes) : readNumber(reader, span)
  return { name, value, picture: undefined, bytes }
}

/** A flag has two or four bytes, and numbers two to eight. */
function readNumber(reader: ByteReader, { start, length }: AsfSpan): string {
  const bytes = readPadded(reader, start, 8)
  return String(
    length >= 8
      ? bytes.getBigUint64(0, true)
      : length >= 4
        ? bytes.getUint32(0, true)
        : bytes.getUint16(0, true),
  )
}

function readText(reader: ByteReader, start: number, length: number): string {
  const bytes = reader.view(start, Math.min(length, maxTextBytes) & ~1)
  const [text = ''] = utf16.decode(bytes).split('\0')
  return text
}

/** A picture: its purpose, its size, its type and description, which end with zeros, and its bytes. */
function readPicture(reader: ByteReader, name: string, { start, length }: AsfSpan): AsfAttribute['picture'] {
  if (name !== 'WM/Picture') return undefined
  const header = readPadded(reader, start, 5)
  const size = header.getUint32(1, true)
  let position = 5
  for (let texts = 0; texts < 2; texts++) {
    const bytes = readPadded(reader, start + position, maxNameBytes)
    let end = 0
    while (end + 2 <= maxNameBytes && bytes.getUint16(end, true) !== 0) end += 2
    position += end + 2
  }
  if (position + size > length) return undefined
  return { type: header.getUint8(0), source: { offset: start + position, length: size } }
}
