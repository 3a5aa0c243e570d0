import type { PictureSource, TagField, TagLister, TagValues } from '../media-reading.ts'
import { asciiText } from './bytes.ts'
import { decodeByteTexts } from './code-pages.ts'

/** A value of a tag; bytes if their code page is not known. */
export type RawText = string | Uint8Array

/** A picture of a tag, with the number that ID3, FLAC and others use for its purpose: 3 is the front cover. */
export interface RawPicture {
  readonly type: number
  readonly source: PictureSource
}

/** The values and pictures of one tag. */
export interface RawTag {
  readonly values: Map<TagField, RawText[]>
  readonly pictures: RawPicture[]
  /** Sentences for the user. */
  readonly warnings: string[]
  list?: TagLister
}

export function emptyRawTag(): RawTag {
  return { values: new Map(), pictures: [], warnings: [] }
}

/** Returns a value of which only the ASCII characters matter. */
export function toAsciiString(value: RawText): string {
  return typeof value === 'string' ? value : asciiText(value)
}

/** Returns the tag's values as text. All bytes of a tag are of one code page. */
export async function decodeRawTag({ values }: RawTag): Promise<TagValues> {
  const texts = [...values.values()].flat().filter((value) => typeof value !== 'string')
  const decoded = new Map<Uint8Array, string>()
  for (const [index, text] of (await decodeByteTexts(texts)).entries()) {
    const bytes = texts[index]
    if (bytes !== undefined) decoded.set(bytes, text)
  }
  const tags: Partial<Record<TagField, readonly string[]>> = {}
  for (const [field, raw] of values)
    tags[field] = raw.map((value) => (typeof value === 'string' ? value : (decoded.get(value) ?? '')))
  return tags
}

/** Returns the front cover first, then the others in the sequence of the file. */
export function sortPictures(pictures: readonly RawPicture[]): PictureSource[] {
  const rank = ({ type }: RawPicture) => (type === frontCover ? 0 : type === otherPicture ? 1 : 2)
  return pictures.toSorted((a, b) => rank(a) - rank(b)).map(({ source }) => source)
}

const frontCover = 3
const otherPicture = 0
