import { posix, win32 } from 'node:path'
import { decodePercent, fileAddressPaths } from '../../platform/file-address.ts'
import { encodePath } from '../../platform/system-path.ts'

/** A longer path exists on no system. */
const maxPathLength = 32_767

/** Code pages of old playlists, by how common they are. */
const codePages = [
  'windows-1252',
  'windows-1251',
  'shift_jis',
  'gbk',
  'euc-kr',
  'big5',
  'macintosh',
  'windows-1250',
]

/**
 * Returns the absolute paths that an entry can mean, the most literal one first: as it is written, with backslashes
 * between names, percent-encoded, and in an old code page. `folder` is the playlist's.
 */
export function entryCandidates(
  location: string,
  folder: string,
  windows = process.platform === 'win32',
): string[] {
  if (location.length > maxPathLength || location.includes('\0')) return []
  const { resolve } = windows ? win32 : posix
  const written = fileAddressPaths(location, windows) ?? [...new Set([location, location.trim()])]
  const readings = [...written, ...written.flatMap(decodeCodePages)]
  const separated = windows ? readings : readings.flatMap((path) => [path, path.replaceAll('\\', '/')])
  const decoded = separated.map(decodePercent).flatMap((path) => [path, ...decodeCodePages(path)])
  const paths = [...separated, ...decoded].filter((path) => path.trim() !== '')
  return [...new Set(paths.map((path) => resolve(folder, path)))]
}

/** Reads bytes that are not UTF-8 in every code page in which they can be valid. */
function decodeCodePages(path: string): string[] {
  if (path.isWellFormed()) return []
  const bytes = encodePath(path)
  return codePages.flatMap((codePage) => {
    try {
      return new TextDecoder(codePage, { fatal: true }).decode(bytes)
    } catch {
      return []
    }
  })
}
