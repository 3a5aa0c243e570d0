import { m } from '../../../../shared/i18n/messages.js'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { type FieldNames, isNumberField, withFreeNames } from '../named-values.ts'
import { asciiText } from '../text/bytes.ts'
import { listFields } from '../text/list-fields.ts'
import { emptyRawTag, type RawTag, type RawText, toAsciiString } from '../text/raw-tags.ts'
import { splitAtZeros } from '../text/zeros.ts'

export const apeMarkBytes = 32
const headerFlag = 0x20000000
const hasHeaderFlag = 0x80000000
const maxItems = 1000
const maxItemBytes = 64 * 1024

/** Where the items of an APE tag are, and the whole tag. */
export interface ApeSpan {
  readonly start: number
  readonly end: number
  readonly itemsStart: number
  readonly itemsEnd: number
}

/** The fields by their keys without blanks and underscores; where there are two, the first counts. */
const keysOfFields: FieldNames = withFreeNames([
  ['title', ['TITLE']],
  ['artist', ['ARTIST', 'ARTISTS']],
  ['albumArtist', ['ALBUMARTIST', 'ALBUMARTISTS']],
  ['album', ['ALBUM']],
  ['disc', ['DISC', 'DISCNUMBER']],
  ['track', ['TRACK', 'TRACKNUMBER']],
  ['date', ['YEAR', 'DATE', 'RECORDDATE', 'RELEASEDATE']],
  ['originalDate', ['ORIGINALDATE', 'ORIGINALYEAR']],
  ['genre', ['GENRE']],
  ['composer', ['COMPOSER']],
])

/** Returns the tag whose header begins at `start`, or whose footer ends at `end`; undefined if there is none. */
export function findApeTag(reader: ByteReader, at: { start: number } | { end: number }): ApeSpan | undefined {
  const mark = 'start' in at ? at.start : at.end - apeMarkBytes
  const bytes = mark < 0 ? new Uint8Array() : reader.view(mark, apeMarkBytes)
  if (bytes.length < apeMarkBytes || asciiText(bytes, 0, 8) !== 'APETAGEX') return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, apeMarkBytes)
  // The size covers the items and the footer, not the header.
  const size = view.getUint32(12, true)
  const flags = view.getUint32(20, true)
  if (size < apeMarkBytes) return undefined
  if ('start' in at) {
    if ((flags & headerFlag) === 0) return undefined
    const itemsStart = mark + apeMarkBytes
    const end = Math.min(itemsStart + size, reader.size)
    return { start: mark, end, itemsStart, itemsEnd: Math.max(itemsStart, end - apeMarkBytes) }
  }
  const itemsStart = mark + apeMarkBytes - size
  if (itemsStart < 0) return undefined
  const start = (flags & hasHeaderFlag) === 0 ? itemsStart : Math.max(0, itemsStart - apeMarkBytes)
  return { start, end: at.end, itemsStart, itemsEnd: mark }
}

/** Reads the items of a tag. What is broken is left out. */
export function readApeTag(reader: ByteReader, { itemsStart, itemsEnd }: ApeSpan): RawTag {
  const tag = emptyRawTag()
  const texts = new Map<string, RawText[]>()
  let position = itemsStart
  for (let count = 0; count < maxItems && position + 9 <= itemsEnd; count++) {
    const item = readItem(reader, position, itemsEnd)
    if (item === undefined) break
    position = item.end
    if (item.isText) addText(texts, item.key, reader.view(item.start, Math.min(item.length, maxItemBytes)))
    else addPicture(reader, tag, item)
  }
  for (const [field, keys] of keysOfFields) {
    const key = keys.find((candidate) => texts.has(candidate))
    const values = key === undefined ? undefined : texts.get(key)
    if (values !== undefined) tag.values.set(field, isNumberField(field) ? values.map(toAsciiString) : values)
  }
  tag.list = () => listFields('APE', listItems(reader, itemsStart, itemsEnd))
  return tag
}

function* listItems(
  reader: ByteReader,
  itemsStart: number,
  itemsEnd: number,
): Generator<readonly [string, readonly RawText[]]> {
  let position = itemsStart
  for (let count = 0; count < maxItems && position + 9 <= itemsEnd; count++) {
    const item = readItem(reader, position, itemsEnd)
    if (item === undefined) return
    position = item.end
    const content = item.isText ? reader.view(item.start, Math.min(item.length, maxItemBytes)) : undefined
    const values = content && splitAtZeros(new Uint8Array(content), 1)
    yield [item.writtenKey, values ?? [m.properties_bytes({ count: item.length })]]
  }
}

interface ApeItem {
  /** In capitals. */
  readonly key: string
  readonly writtenKey: string
  readonly isText: boolean
  readonly start: number
  readonly length: number
  readonly end: number
}

function readItem(reader: ByteReader, position: number, itemsEnd: number): ApeItem | undefined {
  const bytes = reader.view(position, 8 + 256)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const length = view.getUint32(0, true)
  const flags = view.getUint32(4, true)
  const keyEnd = bytes.indexOf(0, 8)
  const start = position + keyEnd + 1
  if (keyEnd < 0 || start + length > itemsEnd) return undefined
  const writtenKey = asciiText(bytes, 8, keyEnd - 8)
  const key = writtenKey.toUpperCase()
  return { key, writtenKey, isText: ((flags >> 1) & 3) === 0, start, length, end: start + length }
}

function addText(texts: Map<string, RawText[]>, key: string, content: Uint8Array): void {
  const name = key.replace(/[ _]/g, '')
  if (!texts.has(name)) texts.set(name, splitAtZeros(new Uint8Array(content), 1))
}

/** `Cover Art (Front)`: a file name, a zero, and the picture. */
function addPicture(reader: ByteReader, tag: RawTag, item: ApeItem): void {
  if (!item.key.startsWith('COVER ART') || tag.pictures.length >= 20) return
  const nameEnd = reader.view(item.start, Math.min(item.length, 1024)).indexOf(0)
  const skipped = nameEnd + 1
  tag.pictures.push({
    type: item.key.includes('FRONT') ? 3 : 4,
    source: { offset: item.start + skipped, length: item.length - skipped },
  })
}
