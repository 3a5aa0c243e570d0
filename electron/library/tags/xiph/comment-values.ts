import type { TagField, TagLister, TagValues } from '../media-reading.ts'
import { type FieldNames, withFreeNames } from '../named-values.ts'
import { decodeByteTexts } from '../text/code-pages.ts'
import { listFields } from '../text/list-fields.ts'
import type { CommentFields, CommentValue, VorbisComments } from './vorbis-comments.ts'

/** The names of each field, as programs have written them. The first one that has a value counts. */
const fieldNames: FieldNames = withFreeNames([
  ['title', ['TITLE', 'TRACKTITLE', 'TITEL', 'NAME']],
  ['artist', ['ARTIST', 'ARTISTS', 'AUTHOR', 'PERFORMER']],
  ['albumArtist', ['ALBUMARTIST', 'ALBUMARTISTS', 'ALBUMPERFORMER', 'BAND']],
  ['album', ['ALBUM', 'ALBUMTITLE']],
  ['disc', ['DISCNUMBER', 'DISKNUMBER', 'DISC', 'DISK', 'DISCNO', 'DISKNO', 'DISCNUM']],
  ['track', ['TRACKNUMBER', 'TRACK', 'TRACKNO', 'TRACKNUM']],
  ['date', ['DATE', 'YEAR', 'RELEASEDATE', 'RELEASEYEAR', 'DATERELEASED', 'RECORDINGDATE', 'DATERECORDED']],
  ['originalDate', ['ORIGINALDATE', 'ORIGINALYEAR', 'ORIGINALRELEASEDATE', 'ORIGYEAR']],
  ['genre', ['GENRE', 'GENRES']],
  ['composer', ['COMPOSER', 'COMPOSERS', 'WRITER']],
])

/** Returns the values of the fields that Skein shows. */
export async function toTagValues(fields: CommentFields): Promise<TagValues> {
  const decode = await makeDecoder(fields)
  const values: Partial<Record<TagField, readonly string[]>> = {}
  for (const [field, names] of fieldNames) {
    const isDate = field === 'date' || field === 'originalDate'
    for (const name of names) {
      const found = (fields.get(name) ?? []).map(decode)
      // Programs write `0000` for an unknown year.
      const usable = isDate ? found.filter((value) => /[1-9]/.test(value)) : found
      if (usable.length === 0) continue
      values[field] = usable
      break
    }
  }
  return values
}

/** Programs that do not write UTF-8 write the code page of their system in all fields. */
async function makeDecoder(fields: CommentFields): Promise<(value: CommentValue) => string> {
  const shown = fieldNames.flatMap(([, names]) => names.flatMap((name) => fields.get(name) ?? []))
  const coded = shown.filter((value) => typeof value !== 'string')
  if (coded.length === 0) return (value) => String(value)
  const texts = await decodeByteTexts(coded)
  const decoded = new Map<CommentValue, string>(coded.map((value, index) => [value, texts[index] ?? '']))
  return (value) => (typeof value === 'string' ? value : (decoded.get(value) ?? ''))
}

/** Returns a lister of all comments, with their names as they are written; none without comments. */
export function commentListers({ fields, names }: VorbisComments): TagLister[] {
  const named = () => [...fields].map(([name, values]) => [names.get(name) ?? name, values] as const)
  return fields.size === 0 ? [] : [() => listFields('Vorbis comments', named())]
}
