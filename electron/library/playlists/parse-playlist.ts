import { encodePath } from '../../platform/system-path.ts'
import { decodePlaylist } from './decode-playlist.ts'
import { parseM3u } from './m3u.ts'
import type { PlaylistEntries } from './playlist-entry.ts'
import { parsePls } from './pls.ts'
import { parseXspf } from './xspf.ts'

/** Whether a file is a playlist, by its name. */
export const isPlaylistName = (name: string): boolean => /\.(?:m3u8?|pls|xspf)$/i.test(name)

/** Returns up to `maxEntries` entries of a playlist. Its content decides on the format. */
export function parsePlaylist(bytes: Buffer, maxEntries: number): PlaylistEntries {
  const text = decodePlaylist(bytes)
  if (/^\s*<(?:[?!]|(?:[\w.-]+:)?playlist\b)/i.test(text)) return parseXspf(decodeXml(text), maxEntries)
  if (/^\s*(?:[#;][^\r\n]*[\r\n]\s*)*\[playlist\]/i.test(text)) return parsePls(text, maxEntries)
  return parseM3u(text, maxEntries)
}

/** An XML document names its encoding if that is not Unicode. */
function decodeXml(text: string): string {
  const [, label] = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(text) ?? []
  if (label === undefined || text.isWellFormed()) return text
  try {
    return new TextDecoder(label).decode(encodePath(text))
  } catch {
    // The encoding is unknown.
    return text
  }
}
