import { readdirSync, realpathSync, statSync } from 'node:fs'
import { sep } from 'node:path'
import { type DirectoryEntry, entryKind } from '../../platform/read-directory.ts'
import { decodePath, toSystemPath } from '../../platform/system-path.ts'
import { fileVersion, settledTime } from '../tags/file-version.ts'
import { audioMimeType, findFolderPicture } from '../tags/media-file-names.ts'
import { type NamedPicture, type NamedVersion, pictureText, signFiles } from './sign-files.ts'
import { isSkippedName } from './skipped-names.ts'

/** What an earlier scan knows of a directory. */
export interface KnownDirectory {
  readonly modifiedNs: string
  /** See `signFiles`. Without it the files are not compared. */
  readonly signature?: string
}

/** What is directly in a directory. Each list has names, sorted. */
export interface DirectoryListing {
  /** Nanoseconds since 1970; empty if the directory may still change without a new time. */
  readonly modifiedNs: string
  readonly folders: readonly string[]
  /** Entries that may lead to a folder or an audio file: links, and what the file system does not describe. */
  readonly links: readonly string[]
  /** Audio files. */
  readonly files: readonly string[]
  /** What has the name of an audio file and is not a regular file. */
  readonly others: readonly string[]
  /** The picture that may serve as a cover. */
  readonly picture: NamedPicture | undefined
}

export type DirectoryResult =
  /** `identity` is the same for every path to the directory. `listing` is undefined if nothing has changed. */
  | { readonly identity: string; readonly listing: DirectoryListing | undefined }
  | { readonly error: { readonly code: string | undefined } }

/** Lists a directory, unless it is as it was. Blocks the calling thread. */
export function listDirectory(path: string, known?: KnownDirectory): DirectoryResult {
  try {
    return readDirectory(path, known)
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    return { error: { code: 'code' in error ? String(error.code) : undefined } }
  }
}

function readDirectory(path: string, known: KnownDirectory | undefined): DirectoryResult {
  const now = Date.now()
  const stats = statSync(toSystemPath(path), { bigint: true })
  // Some network file systems number no folder.
  const identity = stats.ino === 0n ? realPath(path) : `${stats.dev}:${stats.ino}`
  const modifiedNs = settledTime(stats.mtimeNs, now)
  const isUnchanged = modifiedNs !== '' && modifiedNs === known?.modifiedNs
  if (isUnchanged && known?.signature === undefined) return { identity, listing: undefined }
  const listing = sortEntries(readEntries(path), modifiedNs)
  const picture = listing.picture === undefined ? undefined : readPicture(path, listing.picture)
  // Where a link leads changes no time of the directory.
  const mayBeSame = isUnchanged && listing.links.length === 0
  if (
    mayBeSame &&
    known?.signature === signFiles(readVersions(path, listing.files), picture && pictureText(picture))
  )
    return { identity, listing: undefined }
  return { identity, listing: { ...listing, picture } }
}

function readPicture(folder: string, name: string): NamedPicture {
  const [version] = readVersions(folder, [name])
  return { name, version: version === undefined ? '' : `${version.size}/${version.modifiedNs}` }
}

const realPath = (path: string): string =>
  decodePath(realpathSync(toSystemPath(path), { encoding: 'buffer' }))

function readEntries(folder: string): DirectoryEntry[] {
  const path = toSystemPath(folder)
  const entries = readdirSync(path, { withFileTypes: true })
  // Node writes U+FFFD for what it cannot decode. Few directories contain such a name and are read twice.
  if (process.platform === 'win32' || entries.every(({ name }) => !name.includes('\uFFFD')))
    return entries.map((entry) => ({ name: entry.name, kind: entryKind(entry) }))
  const exact = readdirSync(path, { withFileTypes: true, encoding: 'buffer' })
  return exact.map((entry) => ({ name: decodePath(entry.name), kind: entryKind(entry) }))
}

function sortEntries(
  all: readonly DirectoryEntry[],
  modifiedNs: string,
): Omit<DirectoryListing, 'picture'> & { readonly picture: string | undefined } {
  const entries = all.filter(({ name }) => !isSkippedName(name)).sort((a, b) => (a.name < b.name ? -1 : 1))
  const folders: string[] = []
  const links: string[] = []
  const files: string[] = []
  const others: string[] = []
  for (const { name, kind } of entries) {
    if (kind === 'folder') folders.push(name)
    else if (kind === 'link' || kind === undefined) links.push(name)
    else if (audioMimeType(name) !== undefined) (kind === 'file' ? files : others).push(name)
  }
  const picture = findFolderPicture(entries.map(({ name }) => name))
  return { modifiedNs, folders, links, files, others, picture }
}

/** Leaves out the files that cannot be examined: their directory then has another signature. */
function readVersions(folder: string, names: readonly string[]): NamedVersion[] {
  return names.flatMap((name) => {
    const stats = statSync(toSystemPath(folder + sep + name), { bigint: true, throwIfNoEntry: false })
    return stats === undefined ? [] : { name, ...fileVersion(stats) }
  })
}
