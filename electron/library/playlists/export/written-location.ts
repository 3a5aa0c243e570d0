import { posix, win32 } from 'node:path'
import { encodePath } from '../../../platform/system-path.ts'
import { isRemoteAddress } from '../other-machine.ts'

/** Where a playlist is written to, as far as its locations depend on it. */
export interface LocationContext {
  /** The folder of the playlist: files below it get relative paths. Undefined if it is not known. */
  readonly folder: string | undefined
  readonly windows: boolean
}

/** Returns the path of a file as a line of a playlist. */
export function writtenPath(location: string, { folder, windows }: LocationContext): string {
  if (isAddress(location)) return location.replaceAll(lineBreak, '')
  const path = relativeTo(location, folder, windows)
  // Only an address can contain a line break, or spaces at its end.
  if (hasLineBreak.test(path)) return fileAddress(location, windows)
  return needsDot.test(path) && path !== location ? `.${windows ? '\\' : '/'}${path}` : path
}

/** Returns the location as an address for XSPF. */
export function writtenAddress(location: string, { folder, windows }: LocationContext): string {
  if (isAddress(location)) return location
  const path = relativeTo(location, folder, windows)
  const isAbsolute = (windows ? win32 : posix).isAbsolute(path)
  return isAbsolute ? fileAddress(path, windows) : relativeAddress(path, windows)
}

/** A comment, a section of PLS, spaces that a reader removes, or the scheme of an address. */
const needsDot = /^(?:[#;[<\s]|[a-z][a-z\d+.-]*:)/i

const lineBreak = /[\r\n\0]/g
const hasLineBreak = /[\r\n\0]|\s$/

const isAddress = (location: string): boolean => isRemoteAddress(location) || /^\s*file:/i.test(location)

/** Returns the path from the folder on if the file lies below it. */
function relativeTo(path: string, folder: string | undefined, windows: boolean): string {
  const { isAbsolute, relative, sep } = windows ? win32 : posix
  if (folder === undefined || !isAbsolute(path)) return path
  const below = relative(folder, path)
  return below === '' || isAbsolute(below) || below.split(sep)[0] === '..' ? path : below
}

function fileAddress(path: string, windows: boolean): string {
  const slashed = windows ? path.replaceAll('\\', '/') : path
  if (windows && slashed.startsWith('//')) return `file:${encodeNames(slashed)}`
  return `file://${windows ? '/' : ''}${encodeNames(slashed)}`
}

const relativeAddress = (path: string, windows: boolean): string =>
  encodeNames(windows ? path.replaceAll('\\', '/') : path)

/** Encodes every byte except those that mean themselves in an address. */
function encodeNames(path: string): string {
  let encoded = ''
  for (const byte of encodePath(path)) {
    const character = String.fromCharCode(byte)
    encoded += plainCharacter.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  // The drive of a Windows path.
  return encoded.replace(/^(\/?[A-Za-z])%3A(?=\/|$)/, '$1:')
}

const plainCharacter = /[\w.~/-]/
