import { EntryCollector, type EntryTags, entryTags, type PlaylistEntries } from './playlist-entry.ts'

/** Reads an M3U playlist: a path or an address on each line, with directives before it that describe the song. */
export function parseM3u(text: string, maxEntries: number): PlaylistEntries {
  const entries = new EntryCollector(maxEntries)
  let tags: Partial<EntryTags> = {}
  for (const [line] of text.matchAll(/[^\r\n\0]+/g)) {
    const content = line.trim()
    if (content === '') continue
    // A line that begins with # is a directive, a comment, or a name like "#1 hits".
    if (directive.test(content)) {
      tags = { ...tags, ...parseDirective(content) }
      const [, name] = /^#PLAYLIST:(.*)$/i.exec(content) ?? []
      entries.name ??= name?.trim() || undefined
      continue
    }
    const isUncertain = content.startsWith('#')
    entries.add([line], entryTags(tags), isUncertain)
    // A comment may stand between a song and its directives.
    if (!isUncertain) tags = {}
  }
  return entries.result
}

const directive = /^#(?:EXT|PLAYLIST:|CURTRACK|UTF-?8|D:|$)/i

function parseDirective(line: string): Partial<EntryTags> {
  const [, duration, title] = /^#EXTINF:\s*(-?\d{0,9}(?:\.\d{1,9})?)[^,]*,?(.*)$/i.exec(line) ?? []
  if (title !== undefined) return { title, duration: Number(duration) }
  const [, kind, text] = /^#EXT(ALB|ART):(.*)$/i.exec(line) ?? []
  if (kind === undefined) return {}
  return kind.toUpperCase() === 'ALB' ? { album: text } : { artist: text }
}
