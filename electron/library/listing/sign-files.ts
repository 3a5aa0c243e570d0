import { createHash } from 'node:crypto'
import type { FileVersion } from '../tags/file-version.ts'

export interface NamedVersion extends Pick<FileVersion, 'size' | 'modifiedNs'> {
  readonly name: string
}

/**
 * Returns a short text for the names, sizes and times of a directory's files, so that a thread can compare them without
 * receiving them. A file that may have changed without a new time differs from every other.
 */
export function signFiles(files: readonly NamedVersion[], picture?: string): string {
  const lines = files.map(({ name, size, modifiedNs }) => `${name}/${size}/${modifiedNs || Math.random()}`)
  return createHash('md5')
    .update([picture ?? '', ...lines.sort()].join('\n'))
    .digest('base64')
}

/** A picture beside the files. `version` has its size and time. */
export interface NamedPicture {
  readonly name: string
  readonly version: string
}

/** Returns what the library remembers of the picture of a directory. */
export const pictureText = ({ name, version }: NamedPicture): string => `${name}/${version}`
