import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import type { TagLister, TagValues } from '../media-reading.ts'
import {
  addNamedValues,
  type FieldNames,
  type NamedValues,
  selectFields,
  withFreeNames,
} from '../named-values.ts'
import { listFields } from '../text/list-fields.ts'
import { childrenOf, type Element, ids, readNumber, readText } from './elements.ts'

/** What a tag describes. */
const albumLevel = 50
const discLevel = 40
const trackLevel = 30

/** The values of one level, from the `Tag` elements that have it as their target. */
interface TargetTag {
  readonly level: number
  /** Programs that know no levels write none. The standard then means the album. */
  readonly isStated: boolean
  readonly values: NamedValues
  /** The names as they are written. */
  readonly names: Map<string, string>
}

const maxTags = 2000
const maxSimpleTags = 2000

/** Reads `Tags`, without those of chapters, attachments, and tracks other than that with `trackUid`. */
export function readTargetTags(reader: ByteReader, tags: Element, trackUid: number): TargetTag[] {
  const found: TargetTag[] = []
  for (const tag of childrenOf(reader, tags)) {
    if (tag.id !== ids.tag || found.length >= maxTags) continue
    const read = readTag(reader, tag, trackUid)
    if (read !== undefined) found.push(read)
  }
  return found
}

function readTag(reader: ByteReader, tag: Element, trackUid: number): TargetTag | undefined {
  const values: NamedValues = new Map()
  const names = new Map<string, string>()
  let target: { level: number; isStated: boolean } | undefined = { level: albumLevel, isStated: false }
  let count = 0
  for (const element of childrenOf(reader, tag)) {
    if (element.id === ids.targets) target = readTargets(reader, element, trackUid)
    else if (element.id === ids.simpleTag && count++ < maxSimpleTags)
      addSimpleTag(reader, element, { values, names })
  }
  return target === undefined ? undefined : { ...target, values, names }
}

/** Returns undefined for a target that is not the sound as a whole. */
function readTargets(
  reader: ByteReader,
  targets: Element,
  trackUid: number,
): { level: number; isStated: boolean } | undefined {
  let level: number | undefined
  let isOfTrack = false
  for (const element of childrenOf(reader, targets)) {
    const value = element.id === ids.targetType ? 0 : readNumber(reader, element)
    if (element.id === ids.targetTypeValue) level = value
    else if (element.id === ids.tagTrackUid && value !== 0) {
      if (value !== trackUid) return undefined
      isOfTrack = true
    } else if ((element.id === ids.tagChapterUid || element.id === ids.tagAttachmentUid) && value !== 0)
      return undefined
  }
  if (level !== undefined) return { level, isStated: true }
  return { level: isOfTrack ? trackLevel : albumLevel, isStated: isOfTrack }
}

/** Adds a value, and the name to sort by below it as another one. Translations are passed over. */
function addSimpleTag(
  reader: ByteReader,
  tag: Element,
  { values, names }: Pick<TargetTag, 'values' | 'names'>,
): void {
  let name = ''
  let text: string | undefined
  let isDefault = true
  let sortName: string | undefined
  let count = 0
  for (const element of childrenOf(reader, tag)) {
    if (element.id === ids.tagName) name = readText(reader, element)
    else if (element.id === ids.tagString) text = readText(reader, element)
    else if (element.id === ids.tagDefault) isDefault = readNumber(reader, element) !== 0
    else if (element.id === ids.simpleTag && count++ < maxTagsBelow)
      sortName ??= readSortName(reader, element)
  }
  if (text === undefined || text.trim() === '') return
  const key = name.toUpperCase().replace(/[\s_-]/g, '')
  if (!isDefault && values.has(key)) return
  addNamedValues(values, key, [text])
  if (!names.has(key)) names.set(key, name)
  if (sortName !== undefined && sortName.trim() !== '') addNamedValues(values, `SORT ${key}`, [sortName])
}

const maxTagsBelow = 100

function readSortName(reader: ByteReader, tag: Element): string | undefined {
  let name = ''
  let text: string | undefined
  for (const element of childrenOf(reader, tag)) {
    if (element.id === ids.tagName) name = readText(reader, element)
    else if (element.id === ids.tagString) text = readText(reader, element)
  }
  return name === 'SORT_WITH' ? text : undefined
}

/** The names of each field. Those with a level in front are of that level only. */
const fieldNames: FieldNames = withFreeNames([
  ['title', ['30:TITLE', 'info:TITLE', 'any:TITLE']],
  [
    'artist',
    [
      '30:ARTIST',
      '30:ARTISTS',
      '30:LEADPERFORMER',
      '30:PERFORMER',
      'ARTIST',
      'ARTISTS',
      'LEADPERFORMER',
      'PERFORMER',
      'AUTHOR',
    ],
  ],
  ['albumArtist', ['ALBUMARTIST', 'ALBUMARTISTS', '50:ARTIST']],
  ['album', ['ALBUM', '50:TITLE', 'album:TITLE']],
  [
    'disc',
    ['40:PARTNUMBER', 'DISCNUMBER', 'DISC', 'DISKNUMBER', 'DISK', '50:PARTNUMBER', 'album:PARTNUMBER'],
  ],
  ['track', ['30:PARTNUMBER', 'TRACKNUMBER', 'TRACK', 'any:PARTNUMBER']],
  ['date', ['DATERELEASED', '30:DATE', 'DATE', 'YEAR', 'DATERECORDED', 'CREATIONTIME', 'DATEDIGITIZED']],
  ['originalDate', ['ORIGINALDATE', 'ORIGINALYEAR', 'ORIGINALRELEASEDATE']],
  ['genre', ['30:GENRE', 'GENRE']],
  ['composer', ['30:COMPOSER', 'COMPOSER', '30:WRITTENBY', 'WRITTENBY']],
  ['titleSort', ['30:SORT TITLE', 'any:SORT TITLE']],
  ['artistSort', ['30:SORT ARTIST', 'any:SORT ARTIST']],
  ['albumArtistSort', ['50:SORT ARTIST', 'SORT ALBUMARTIST']],
  ['albumSort', ['50:SORT TITLE', 'album:SORT TITLE', 'SORT ALBUM']],
  ['discSubtitle', ['40:TITLE']],
  ['trackGain', ['30:REPLAYGAINGAIN', 'any:REPLAYGAINGAIN']],
  ['trackPeak', ['30:REPLAYGAINPEAK', 'any:REPLAYGAINPEAK']],
  ['albumGain', ['50:REPLAYGAINGAIN', 'album:REPLAYGAINGAIN']],
  ['albumPeak', ['50:REPLAYGAINPEAK', 'album:REPLAYGAINPEAK']],
])

/** Returns the fields. `title` is the one in the segment's information, which is the song's if the file is one song. */
export function toTagValues(tags: readonly TargetTag[], title: string | undefined): TagValues {
  const all: NamedValues = new Map()
  if (title !== undefined) all.set('info:TITLE', [title])
  const hasTrackTitle = tags.some(({ level, values }) => level === trackLevel && values.has('TITLE'))
  // Tags without a level are the song's, unless the file distinguishes between the levels.
  const isAlbum = (tag: TargetTag) => tag.level >= albumLevel && (tag.isStated || hasTrackTitle)
  for (const tag of tags.toSorted((a, b) => a.level - b.level)) {
    const prefix = isAlbum(tag)
      ? tag.isStated
        ? '50'
        : 'album'
      : tag.level >= albumLevel
        ? 'any'
        : String(tag.level === discLevel ? discLevel : trackLevel)
    for (const [name, values] of tag.values) {
      addNamedValues(all, `${prefix}:${name}`, values)
      if (!all.has(name)) all.set(name, [...values])
    }
  }
  return selectFields(all, fieldNames)
}

/** Returns listers of the segment's title, and of each level's tags. */
export function targetListers(tags: readonly TargetTag[], title: string | undefined): TagLister[] {
  const listers = tags
    .filter(({ values }) => values.size > 0)
    .map(({ level, values, names }) => {
      const named = () => [...values].map(([name, texts]) => [names.get(name) ?? name, texts] as const)
      return () => listFields(`Matroska (${level})`, named())
    })
  return title === undefined ? listers : [() => listFields('Matroska', [['Title', [title]]]), ...listers]
}
