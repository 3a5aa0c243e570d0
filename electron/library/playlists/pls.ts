import type { PlaylistEntries } from './playlist-entry.ts'

/** Reads a PLS playlist: `File1=…`, `File2=…`, in the order of their numbers. */
export function parsePls(text: string, maxEntries: number): PlaylistEntries {
  const files: { readonly number: number; readonly location: string }[] = []
  let total = 0
  for (const [line] of text.matchAll(/[^\r\n\0]+/g)) {
    const [, number, location] = /^\s*file\s*(\d{1,9})\s*=(.*)$/iu.exec(line) ?? []
    if (location === undefined || location.trim() === '') continue
    total++
    if (files.length < maxEntries) files.push({ number: Number(number), location })
  }
  // The sort is stable: of equal numbers the first line comes first.
  files.sort((one, other) => one.number - other.number)
  const entries = files.map(({ location }) => ({ locations: [location], isUncertain: false }))
  return { entries, total }
}
