import type { TagField, TagValues } from './media-reading.ts'

/** The values of a tag by the names of its format, in the sequence of the file. */
export type NamedValues = Map<string, string[]>

/** The names of each field. The first one that has a value counts. */
export type FieldNames = readonly (readonly [TagField, readonly string[]])[]

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
