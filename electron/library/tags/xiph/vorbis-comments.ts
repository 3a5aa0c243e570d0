import { TextDecoder } from 'node:util'
import { type CommentPicture, decodeBase64, parsePictureStructure } from './picture-structure.ts'

/** A text; bytes if they are not UTF-8, which the specification requires. */
export type CommentValue = string | Uint8Array

/** The values of each field, by the field's name in capitals without blanks, hyphens and underscores. */
export type CommentFields = Map<string, CommentValue[]>

/** What a stream's comments contain. */
export interface VorbisComments {
  readonly fields: CommentFields
  readonly pictures: CommentPicture[]
  /** The names of the fields as they are written. */
  readonly names: Map<string, string>
}

/** A comment structure as it was read. */
export interface ParsedComments {
  readonly comments: VorbisComments
  /** The position in the bytes after the last entry. */
  readonly end: number
  /** False if a length does not fit in the bytes: the entries before it are kept. */
  readonly isIntact: boolean
}

const maxEntries = 10_000
const maxNameBytes = 100
const maxValuesPerField = 200
const maxPictures = 20
/** More than a shown text can have; see `sanitizeText`. */
const maxValueBytes = 16 * 1024

export function createComments(): VorbisComments {
  return { fields: new Map(), pictures: [], names: new Map() }
}

/** Adds `more` to `comments`. A field that these have already is not changed. */
export function mergeComments(comments: VorbisComments, more: VorbisComments): void {
  for (const [name, values] of more.fields) {
    if (comments.fields.has(name)) continue
    comments.fields.set(name, values)
    comments.names.set(name, more.names.get(name) ?? name)
  }
  comments.pictures.push(...more.pictures.slice(0, maxPictures - comments.pictures.length))
}

/** Reads a comment structure: https://xiph.org/vorbis/doc/v-comment.html */
export function parseVorbisComments(bytes: Uint8Array): ParsedComments {
  const comments = createComments()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const broken = (end: number): ParsedComments => ({ comments, end, isIntact: false })
  if (bytes.length < 4) return broken(0)
  let position = 4 + view.getUint32(0, true)
  if (position + 4 > bytes.length) return broken(0)
  const count = view.getUint32(position, true)
  position += 4
  for (let entry = 0; entry < Math.min(count, maxEntries); entry++) {
    if (position + 4 > bytes.length) return broken(position)
    const start = position + 4
    const end = start + view.getUint32(position, true)
    if (end > bytes.length) return broken(position)
    addComment(bytes.subarray(start, end), comments)
    position = end
  }
  return { comments, end: position, isIntact: count <= maxEntries }
}

function addComment(entry: Uint8Array, comments: VorbisComments): void {
  const equals = entry.subarray(0, maxNameBytes).indexOf(0x3d)
  if (equals < 1) return
  const written = Buffer.from(entry.subarray(0, equals)).toString('latin1')
  const name = normalizeName(written)
  const value = entry.subarray(equals + 1)
  if (name === 'METADATABLOCKPICTURE' || name === 'COVERART') addPicture(name, value, comments.pictures)
  else {
    if (!comments.names.has(name)) comments.names.set(name, written)
    addValue(comments.fields, name, decodeValue(value))
  }
}

const makeDecoder = (): TextDecoder => new TextDecoder('utf-8', { fatal: true })
/** Kept for whole values: to make one takes longer than to decode a value. */
const decoder = makeDecoder()

function decodeValue(value: Uint8Array): CommentValue {
  const bytes = value.subarray(0, maxValueBytes)
  try {
    if (value.length <= maxValueBytes) return decoder.decode(bytes)
    // A character that is cut in two is not an error. The decoder keeps its first bytes, so it is not used again.
    return makeDecoder().decode(bytes, { stream: true })
  } catch {
    return bytes.slice()
  }
}

function addValue(fields: CommentFields, name: string, value: CommentValue): void {
  if (typeof value === 'string' && value.trim() === '') return
  const values = fields.get(name)
  if (values === undefined) fields.set(name, [value])
  else if (values.length < maxValuesPerField && !values.includes(value)) values.push(value)
}

function addPicture(name: string, value: Uint8Array, pictures: CommentPicture[]): void {
  if (pictures.length >= maxPictures) return
  const bytes = decodeBase64(value)
  // COVERART is an old, unofficial field: the picture alone.
  const picture =
    name === 'COVERART' ? { type: 0, offset: 0, length: bytes.length } : parsePictureStructure(bytes)
  if (picture === undefined || picture.length === 0) return
  const { type, offset, length } = picture
  pictures.push({ type, bytes: bytes.subarray(offset, offset + length) })
}

/** `ALBUM ARTIST`, `album_artist` and `AlbumArtist` are one field. */
function normalizeName(name: string): string {
  return name.toUpperCase().replace(/[\s_-]/g, '')
}
