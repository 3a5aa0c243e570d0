import type { TagField, TagValues } from './media-reading.ts'

/** The values of a tag by the names of its format, in the sequence of the file. */
export type NamedValues = Map<string, string[]>

/** The names of each field. The first one that has a value counts. */
export type FieldNames = readonly (readonly [TagField, readonly string[]])[]

/** The fields that have the same names in all formats whose names are free: in capitals, without separators. */
export const freeFieldNames: FieldNames = [
  ['titleSort', ['TITLESORT', 'TITLESORTORDER']],
  ['artistSort', ['ARTISTSORT', 'ARTISTSSORT', 'ARTISTSORTORDER']],
  ['albumArtistSort', ['ALBUMARTISTSORT', 'ALBUMARTISTSSORT', 'ALBUMARTISTSORTORDER']],
  ['albumSort', ['ALBUMSORT', 'ALBUMSORTORDER']],
  ['discSubtitle', ['DISCSUBTITLE', 'SETSUBTITLE']],
  ['compilation', ['COMPILATION', 'ITUNESCOMPILATION']],
  ['trackGain', ['REPLAYGAINTRACKGAIN']],
  ['trackPeak', ['REPLAYGAINTRACKPEAK']],
  ['albumGain', ['REPLAYGAINALBUMGAIN']],
  ['albumPeak', ['REPLAYGAINALBUMPEAK']],
  ['r128TrackGain', ['R128TRACKGAIN']],
  ['r128AlbumGain', ['R128ALBUMGAIN']],
]

/** Returns the names of each field, with others in front that are those of a format. */
export function withFreeNames(names: FieldNames, prefix = ''): FieldNames {
  const own = new Map(names)
  const free = freeFieldNames.map(
    ([field, candidates]) =>
      [field, [...(own.get(field) ?? []), ...candidates.map((name) => prefix + name)]] as const,
  )
  return [...names.filter(([field]) => !free.some(([other]) => other === field)), ...free]
}

/** Fields whose values are numbers in ASCII: they do not show the code page of a tag. */
export const isNumberField = (field: TagField): boolean => /Gain$|Peak$|^compilation$/.test(field)

/** A tag with more values is damaged, or made to cost time. */
const maxValuesPerName = 1000
const maxNames = 5000

export function addNamedValues(values: NamedValues, name: string, added: readonly string[]): void {
  const known = values.get(name)
  if (known === undefined) {
    if (values.size < maxNames && added.length > 0) values.set(name, added.slice(0, maxValuesPerName))
  } else known.push(...added.slice(0, maxValuesPerName - known.length))
}

/** Returns the values of the fields that Skein shows. */
export function selectFields(values: NamedValues, names: FieldNames): TagValues {
  const fields: Partial<Record<TagField, readonly string[]>> = {}
  for (const [field, candidates] of names) {
    const isDate = field === 'date' || field === 'originalDate'
    for (const name of candidates) {
      const found = (values.get(name) ?? []).filter((value) => isUsable(value, isDate))
      if (found.length === 0) continue
      fields[field] = found
      break
    }
  }
  return fields
}

/** Programs write `0000` for an unknown year. */
const isUsable = (value: string, isDate: boolean): boolean =>
  isDate ? /[1-9]/.test(value) : value.trim() !== ''
