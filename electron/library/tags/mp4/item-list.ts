import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { numberedGenre } from '../id3/genres.ts'
import type { PictureSource, TagLister } from '../media-reading.ts'
import { addNamedValues, type FieldNames, type NamedValues, withFreeNames } from '../named-values.ts'
import { asciiText, readBytes, readPadded } from '../read-numbers.ts'
import { listFields } from '../text/list-fields.ts'
import { type Box, boxesIn, childrenOf, contentOf, findBox } from './boxes.ts'
import { decodeCharacters, decodePosition, decodeText } from './item-values.ts'

/** The tags of an MP4 file: by atom (`©nam`), by the name of a free-form item (`ARTISTS`), by QuickTime's key. */
export interface ItemTags {
  readonly values: NamedValues
  readonly pictures: PictureSource[]
  /** The names of free-form items as they are written. */
  readonly names: Map<string, string>
}

/** A longer text is cut. */
const maxTextBytes = 64 * 1024
const maxPictures = 50

/** The names of each field: iTunes' atoms, those of 3GPP, free-form items, and QuickTime's keys. */
export const mp4FieldNames: FieldNames = withFreeNames([
  ['title', ['©nam', 'titl', 'TITLE', 'name']],
  ['artist', ['©ART', '©art', 'perf', 'auth', '©prf', '©aut', 'ARTIST', 'ARTISTS', 'AUTHOR', 'PERFORMER']],
  ['albumArtist', ['aART', 'ALBUMARTIST', 'ALBUMARTISTS', 'BAND']],
  ['album', ['©alb', 'albm', 'ALBUM']],
  ['disc', ['disk', 'DISCNUMBER', 'DISC', 'DISKNUMBER', 'DISK']],
  ['track', ['trkn', '©trk', 'TRACKNUMBER', 'TRACK']],
  ['date', ['©day', 'DATE', 'YEAR', 'CREATIONDATE', 'yrrc', 'RELEASEDATE', 'RECORDINGDATE']],
  ['originalDate', ['ORIGINALDATE', 'ORIGINALYEAR', 'ORIGYEAR', 'ORIGINALRELEASEDATE']],
  ['genre', ['©gen', 'gnre', 'GENRE']],
  ['composer', ['©wrt', '©com', 'COMPOSER', 'WRITER']],
  ['titleSort', ['sonm']],
  ['artistSort', ['soar']],
  ['albumArtistSort', ['soaa']],
  ['albumSort', ['soal']],
  ['compilation', ['cpil']],
])

/** Adds what a `udta` box contains: QuickTime's and 3GPP's texts, and iTunes' `meta`. */
export function readUserData(reader: ByteReader, udta: Box, tags: ItemTags): void {
  for (const box of childrenOf(reader, udta)) {
    if (box.type === 'meta') readMeta(reader, box, tags)
    else if (box.type === 'ilst') readItems(reader, box, [], tags)
    else if (box.type.startsWith('©')) addQuickTimeText(reader, box, tags)
    else if (mobileTexts.has(box.type)) addMobileText(reader, box, tags)
  }
}

/** The boxes of 3GPP TS 26.244 that are of use. */
const mobileTexts: ReadonlySet<string> = new Set(['titl', 'perf', 'auth', 'albm', 'gnre', 'yrrc'])

/** Adds the items of a `meta` box, which in QuickTime files has no version and flags. */
export function readMeta(reader: ByteReader, meta: Box, tags: ItemTags): void {
  const head = readPadded(reader, meta.content, 12)
  const skip = asciiText(head, 4, 4) === 'hdlr' || asciiText(head, 4, 4) === 'ilst' ? 0 : 4
  const boxes = [...take(childrenOf(reader, meta, skip), 100)]
  const keys = boxes.find(({ type }) => type === 'keys')
  const names = keys === undefined ? [] : readKeys(reader, keys)
  for (const box of boxes) if (box.type === 'ilst') readItems(reader, box, names, tags)
}

function* take<T>(items: Iterable<T>, max: number): Generator<T> {
  let count = 0
  for (const item of items) {
    if (count++ >= max) return
    yield item
  }
}

/** Returns the names of QuickTime's keys, whose items have their index, from 1, instead of a kind. */
function readKeys(reader: ByteReader, keys: Box): string[] {
  const names: string[] = []
  for (const { content, end } of take(childrenOf(reader, keys, 8), 1000)) {
    const bytes = readBytes(reader, content, Math.min(200, end - content))
    const name = asciiText(bytes, 0, bytes.byteLength)
    names.push(normalizeName(name.replace(/^com\.(?:apple|android)\.\w+\./, '')))
  }
  return names
}

/** `ALBUM ARTIST`, `album_artist` and `AlbumArtist` are the same name. */
const normalizeName = (name: string): string => name.toUpperCase().replace(/[\s_-]/g, '')

const maxItems = 5000

function readItems(reader: ByteReader, ilst: Box, keys: readonly string[], tags: ItemTags): void {
  for (const item of take(childrenOf(reader, ilst), maxItems)) {
    if (item.type === 'covr') addPictures(reader, item, tags)
    else if (item.type === '----') addFreeForm(reader, item, tags)
    else {
      const key = keys[indexOf(item.type) - 1]
      addItem(reader, item, key ?? item.type, tags)
    }
  }
}

function indexOf(type: string): number {
  return [...type].reduce((index, character) => index * 256 + character.charCodeAt(0), 0)
}

interface ItemValue {
  readonly type: number
  readonly offset: number
  readonly length: number
}

function* valuesOf(reader: ByteReader, item: Box): Generator<ItemValue> {
  for (const data of take(childrenOf(reader, item), 1000)) {
    if (data.type !== 'data' || data.end - data.content < 8) continue
    const type = readPadded(reader, data.content, 4).getUint32(0) & 0xff_ffff
    yield { type, offset: data.content + 8, length: data.end - data.content - 8 }
  }
}

function addItem(reader: ByteReader, item: Box, name: string, tags: ItemTags): void {
  for (const { type, offset, length } of valuesOf(reader, item)) {
    const bytes = reader.view(offset, Math.min(length, maxTextBytes)).slice()
    const texts =
      name === 'trkn' || name === 'disk'
        ? decodePosition(type, bytes)
        : name === 'gnre'
          ? decodeGenre(type, bytes)
          : name === 'cpil'
            ? decodeFlag(type, bytes)
            : decodeText(type, bytes)
    addNamedValues(tags.values, name, texts)
  }
}

/** iTunes' `gnre` is one more than the number of ID3v1. */
function decodeGenre(type: number, bytes: Uint8Array): string[] {
  if (bytes.length !== 2 || type === 1) return decodeText(1, bytes)
  const name = numberedGenre((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0) - 1)
  return name === undefined ? [] : [name]
}

/** Returns `1` for any number but 0. */
function decodeFlag(type: number, bytes: Uint8Array): string[] {
  return type === 1 ? decodeText(1, bytes) : [bytes.some((byte) => byte !== 0) ? '1' : '0']
}

function addPictures(reader: ByteReader, item: Box, { pictures }: ItemTags): void {
  for (const { offset, length } of valuesOf(reader, item))
    if (length > 0 && pictures.length < maxPictures) pictures.push({ offset, length })
}

/** Adds a free-form item: `mean` is its owner, `name` its name. */
function addFreeForm(reader: ByteReader, item: Box, tags: ItemTags): void {
  const box = findBox(reader, item, 'name')
  if (box === undefined || box.end - box.content <= 4) return
  const bytes = reader.view(box.content + 4, Math.min(200, box.end - box.content - 4)).slice()
  const written = decodeCharacters(1, bytes)
  const name = normalizeName(written)
  if (!tags.names.has(name) && tags.names.size < maxItems) tags.names.set(name, written)
  addItem(reader, item, name, tags)
}

/** QuickTime's texts: each has its length and language before it. ffmpeg and others write iTunes' form here too. */
function addQuickTimeText(reader: ByteReader, box: Box, tags: ItemTags): void {
  if ([...valuesOf(reader, box)].length > 0) {
    addItem(reader, box, box.type, tags)
    return
  }
  const content = contentOf(reader, box, maxTextBytes)
  for (let offset = 0, count = 0; offset + 4 <= content.byteLength && count < 100; count++) {
    const length = content.getUint16(offset)
    const language = content.getUint16(offset + 2)
    const end = Math.min(offset + 4 + length, content.byteLength)
    const bytes = new Uint8Array(content.buffer, offset + 4, end - offset - 4)
    // Languages below 0x400 are the Macintosh's, with its encoding.
    const text = language < 0x400 && language !== 0 ? decodeMacintosh(bytes) : decodeCharacters(1, bytes)
    if (text.trim() !== '') {
      addNamedValues(tags.values, box.type, [text])
      // The same text in other languages follows.
      return
    }
    offset = end
  }
}

function decodeMacintosh(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('macintosh').decode(bytes)
  }
}

function addMobileText(reader: ByteReader, box: Box, tags: ItemTags): void {
  const content = contentOf(reader, box, maxTextBytes)
  const isYear = box.type === 'yrrc'
  if (isYear && content.byteLength >= 6) addNamedValues(tags.values, box.type, [String(content.getUint16(4))])
  if (isYear || content.byteLength <= 6) return
  const bytes = new Uint8Array(content.buffer, 6)
  const text = decodeCharacters(1, bytes).split('\0')[0] ?? ''
  addNamedValues(tags.values, box.type, [text])
}

/** Returns the tags within `box`, which is a movie, a track or the whole file. */
export function readItemTags(reader: ByteReader, start: number, end: number, tags: ItemTags): void {
  for (const box of boxesIn(reader, start, end)) {
    if (box.type === 'udta') readUserData(reader, box, tags)
    else if (box.type === 'meta') readMeta(reader, box, tags)
  }
}

/** Returns a lister of all items; none without items. */
export function itemListers({ values, names }: ItemTags): TagLister[] {
  const named = () => [...values].map(([name, texts]) => [names.get(name) ?? name, texts] as const)
  return values.size === 0 ? [] : [() => listFields('MP4', named())]
}
