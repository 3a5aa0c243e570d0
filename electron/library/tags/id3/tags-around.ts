import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { findApeTag, readApeTag } from '../ape/ape-tag.ts'
import type { MediaReading, PictureSource, TagField, TagValues } from '../media-reading.ts'
import { asciiText } from '../text/bytes.ts'
import { decodeRawTag, type RawPicture, type RawTag, sortPictures } from '../text/raw-tags.ts'
import { parseGenre } from './genres.ts'
import { extendedTagBytes, hasExtendedTag, hasId3v1, id3v1Bytes, readId3v1 } from './id3v1.ts'
import { readId3v2 } from './id3v2.ts'
import { headerBytes, type Id3Header, readId3Header } from './tag-header.ts'

export type TagReading = Pick<MediaReading, 'tags' | 'pictures' | 'warnings' | 'listers'>

/** No program writes more tags before or behind the audio. */
const maxTags = 16

/**
 * Reads all ID3 and APE tags in front of a file's audio and behind it. A field is taken from the first tag that has it:
 * ID3v2 in front, in its sequence; ID3v2 at the end; APE; ID3v1, which shortens texts.
 */
export async function readTagsAround(reader: ByteReader): Promise<TagReading> {
  const front = readTagsInFront(reader)
  const behind = readTagsBehind(reader)
  return await mergeTags([...front.id3, ...behind.id3, ...front.ape, ...behind.ape, ...behind.id3v1])
}

/** Reads the ID3v2 tag at `position`, like one in a chunk of another container. Returns undefined if there is none. */
export async function readId3TagAt(reader: ByteReader, position: number): Promise<TagReading | undefined> {
  const header = readId3Header(reader, position)
  return header === undefined ? undefined : await mergeTags([readId3v2(reader, header)])
}

interface FoundTags {
  readonly id3: RawTag[]
  readonly ape: RawTag[]
  readonly id3v1: RawTag[]
}

function readTagsInFront(reader: ByteReader): FoundTags {
  const found: FoundTags = { id3: [], ape: [], id3v1: [] }
  let position = 0
  for (let count = 0; count < maxTags; count++) {
    const header = readId3Header(reader, position)
    const ape = header === undefined ? findApeTag(reader, { start: position }) : undefined
    if (header !== undefined) found.id3.push(readId3v2(reader, header))
    else if (ape !== undefined) found.ape.push(readApeTag(reader, ape))
    else break
    position = header?.end ?? ape?.end ?? reader.size
  }
  return found
}

function readTagsBehind(reader: ByteReader): FoundTags {
  const found: FoundTags = { id3: [], ape: [], id3v1: [] }
  let end = reader.size
  for (let count = 0; count < maxTags; count++) {
    const start = readTagBefore(reader, end, found)
    if (start === undefined || start <= 0) break
    end = start
  }
  return found
}

/** Reads the tag that ends at `end`, and returns where it starts; undefined if there is none. */
function readTagBefore(reader: ByteReader, end: number, found: FoundTags): number | undefined {
  if (hasId3v1(reader, end)) {
    found.id3v1.push(readId3v1(reader, end))
    return end - id3v1Bytes - (hasExtendedTag(reader, end) ? extendedTagBytes : 0)
  }
  const ape = findApeTag(reader, { end })
  if (ape !== undefined) {
    found.ape.push(readApeTag(reader, ape))
    return ape.start
  }
  const header = headerOfAppendedTag(reader, end)
  if (header === undefined) return lyricsStart(reader, end)
  found.id3.push(readId3v2(reader, header))
  return header.start
}

/** A tag at the end of a file has a footer, a copy of its header. */
function headerOfAppendedTag(reader: ByteReader, end: number): Id3Header | undefined {
  const footer = readId3Header(reader, end - headerBytes, '3DI')
  if (footer === undefined) return undefined
  // The footer's size is where the header would have its frames.
  const size = footer.statedSize
  return readId3Header(reader, end - headerBytes - size - headerBytes)
}

/** A Lyrics3 tag ends with its length in six digits and a mark. It has nothing that Skein shows. */
function lyricsStart(reader: ByteReader, end: number): number | undefined {
  if (end < 15) return undefined
  const [, digits] = /^(\d{6})LYRICS200$/.exec(asciiText(reader.view(end - 15, 15))) ?? []
  return digits === undefined ? undefined : end - 15 - Number(digits)
}

/** Merges tags: each field is that of the first tag that has it, and pictures come in the sequence of the tags. */
export async function mergeTags(tags: readonly RawTag[]): Promise<TagReading> {
  const merged: Partial<Record<TagField, readonly string[]>> = {}
  const pictures: RawPicture[] = []
  for (const tag of tags) {
    addMissing(merged, await decodeRawTag(tag))
    pictures.push(...tag.pictures)
  }
  const warnings = [...new Set(tags.flatMap((tag) => tag.warnings))]
  return {
    tags: { ...merged, genre: merged.genre?.flatMap(parseGenre) ?? [] },
    pictures: sortPictures(pictures) as PictureSource[],
    warnings,
    listers: tags.flatMap(({ list }) => list ?? []),
  }
}

function addMissing(merged: Partial<Record<TagField, readonly string[]>>, tags: TagValues): void {
  for (const [field, values] of Object.entries(tags) as [TagField, readonly string[]][]) {
    const known = merged[field]
    if (known === undefined || known.every((value) => value.trim() === '')) merged[field] = values
    // A date that cannot be understood must not hide one that can.
    else if (field === 'date' || field === 'originalDate') merged[field] = [...known, ...values]
  }
}
