import { basename, isAbsolute, join, relative, sep } from 'node:path'
import { displayPath } from '../../platform/system-path.ts'
import type { DatabaseClient } from '../database/database-client.ts'
import type { FolderRecord } from '../database/requests/stored-folders.ts'
import { FolderIndex } from './folder-index.ts'
import type { OpenFolder } from './open-folder.ts'
import type { TrackSources } from './track-source.ts'

/** A folder to open, by its absolute path. */
export interface FolderToOpen {
  readonly path: string
  readonly isDemo: boolean
}

/**
 * Records which folders are open. With `keepsOthers`, those that are open already stay so. Returns the open folders with
 * empty indexes. A folder of an unknown source is not opened.
 */
export async function loadFolders(
  database: DatabaseClient,
  sources: TrackSources,
  { toOpen, keepsOthers }: { readonly toOpen: readonly FolderToOpen[]; readonly keepsOthers: boolean },
): Promise<OpenFolder[]> {
  const ids: number[] = []
  for (const folder of toOpen) ids.push(await database.request('addFolder', folder))
  const before = await database.request('listFolders')
  if (keepsOthers) ids.push(...before.filter(({ isOpen }) => isOpen).map(({ id }) => id))
  await database.request('setOpenFolders', ids)
  const open = before.filter(({ id }) => ids.includes(id))
  await joinNested(
    database,
    open,
    before.filter(({ id }) => !ids.includes(id)),
  )
  const joined = (await database.request('listFolders')).filter(({ id }) => ids.includes(id))
  await separateNested(database, joined)
  await separateExcluded(database, joined)
  return makeOpenFolders(joined, sources)
}

/** Returns the path of a file or folder below another one, with `/` between names; undefined if it is not below. */
export function pathBelow(folder: string, file: string): string | undefined {
  const below = relative(folder, file)
  if (below === '' || below.split(sep)[0] === '..' || isAbsolute(below)) return undefined
  return below.split(sep).join('/')
}

/** Returns whether a path is one of these folders or below it. All are below the same folder. */
export function isWithin(path: string, folders: Iterable<string>): boolean {
  for (const folder of folders) if (path === folder || path.startsWith(`${folder}/`)) return true
  return false
}

/** Returns the folder that contains a path, and of several the innermost; undefined if none does. */
export function findContaining<Folder extends { readonly path: string }>(
  folders: readonly Folder[],
  path: string,
): Folder | undefined {
  return folders
    .filter((folder) => pathBelow(folder.path, path) !== undefined)
    .reduce<Folder | undefined>(
      (inner, folder) => (inner === undefined || folder.path.length > inner.path.length ? folder : inner),
      undefined,
    )
}

/** The tracks of a folder that is closed belong to the open one that contains it, unless they are left out there. */
async function joinNested(
  database: DatabaseClient,
  open: readonly FolderRecord[],
  closed: readonly FolderRecord[],
): Promise<void> {
  const excluded = new Map(open.map((folder) => [folder, new Set(folder.excluded)]))
  for (const inner of closed.toSorted((a, b) => a.path.length - b.path.length)) {
    const outer = findContaining(open, inner.path)
    const path = outer && pathBelow(outer.path, inner.path)
    const leftOut = outer && excluded.get(outer)
    if (outer === undefined || outer.isDemo || path === undefined || leftOut === undefined) continue
    if (isWithin(path, leftOut)) continue
    await database.request('moveTracksToContainingFolder', { from: inner.id, path, to: outer.id })
    for (const below of inner.excluded) leftOut.add(`${path}/${below}`)
  }
}

/** The tracks below what is left out belong to a closed folder, so that they are neither listed nor missing. */
async function separateExcluded(database: DatabaseClient, open: readonly FolderRecord[]): Promise<void> {
  for (const outer of open)
    for (const path of outer.excluded) {
      const to = await database.request('addFolder', { path: join(outer.path, path), isDemo: false })
      await database.request('moveTracksToSubfolder', { from: outer.id, path, to })
    }
}

/** The tracks of a folder that is open itself do not belong to the folder that contains it. */
async function separateNested(database: DatabaseClient, open: readonly FolderRecord[]): Promise<void> {
  for (const outer of open)
    for (const inner of open) {
      const path = pathBelow(outer.path, inner.path)
      if (path !== undefined)
        await database.request('moveTracksToSubfolder', { from: outer.id, path, to: inner.id })
    }
}

function makeOpenFolders(records: readonly FolderRecord[], sources: TrackSources): OpenFolder[] {
  const labels = makeLabels(records.map(({ path }) => displayPath(basename(path) || path)))
  return records.flatMap(({ id, path, isDemo, excluded, unavailableSince, source: sourceName }, position) => {
    const source = sources.get(sourceName)
    if (source === undefined) return []
    return {
      id,
      source,
      root: path,
      isDemo,
      excluded,
      index: new FolderIndex(),
      label: records.length > 1 ? labels[position] : undefined,
      state: unavailableSince === undefined ? 'present' : 'missing',
      checkedAt: undefined,
    }
  })
}

/** Gives folders with the same name a number. */
function makeLabels(names: readonly string[]): string[] {
  const counts = new Map<string, number>()
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}
