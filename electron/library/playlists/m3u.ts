import { EntryCollector, type PlaylistEntries } from './playlist-entry.ts'

/** Reads an M3U playlist: a path or an address on each line. */
export function parseM3u(text: string, maxEntries: number): PlaylistEntries {
  const entries = new EntryCollector(maxEntries)
  for (const [line] of text.matchAll(/[^\r\n\0]+/g)) {
    const content = line.trim()
    // A line that begins with # is a directive, a comment, or a name like "#1 hits".
    if (content !== '' && !directive.test(content)) entries.add([line], content.startsWith('#'))
  }
  return entries.result
}

const directive = /^#(?:EXT|PLAYLIST:|CURTRACK|UTF-?8|D:|$)/i
