import { entryTags, type PlaylistEntries, type PlaylistEntry } from './playlist-entry.ts'

/** Reads a PLS playlist: `File1=…`, `Title1=…`, `Length1=…`, in the order of their numbers. */
export function parsePls(text: string, maxEntries: number): PlaylistEntries {
  const files: { readonly number: number; readonly location: string }[] = []
  const titles = new Map<number, string>()
  const durations = new Map<number, number>()
  let total = 0
  for (const [line] of text.matchAll(/[^\r\n\0]+/g)) {
    const [, key = '', digits, value] = /^\s*(file|title|length)\s*(\d{1,9})\s*=(.*)$/iu.exec(line) ?? []
    if (value === undefined || value.trim() === '') continue
    const number = Number(digits)
    if (key.toLowerCase() === 'file') {
      total++
      if (files.length < maxEntries) files.push({ number, location: value })
    } else if (key.toLowerCase() === 'title') {
      if (titles.size < maxEntries && !titles.has(number)) titles.set(number, value)
    } else if (durations.size < maxEntries) durations.set(number, Number(value))
  }
  // The sort is stable: of equal numbers the first line comes first.
  files.sort((one, other) => one.number - other.number)
  const entries = files.map(({ number, location }): PlaylistEntry => {
    const tags = entryTags({ title: titles.get(number), duration: durations.get(number) })
    return { locations: [location], isUncertain: false, ...(tags && { tags }) }
  })
  return { entries, total }
}
