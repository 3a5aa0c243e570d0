import { basename, isAbsolute, relative, sep } from 'node:path'
import { displayPath } from '../../platform/system-path.ts'
import type { DatabaseClient } from '../database/database-client.ts'
import type { FolderRecord } from '../database/requests/stored-folders.ts'
import { FolderIndex } from './folder-index.ts'
import type { OpenFolder } from './open-folder.ts'

/** A folder to open, by its absolute path. */
export interface FolderToOpen {
  readonly path: string
  readonly isDemo: boolean
}

/**
 * Records which folders are open. With `keepsOthers`, those that are open already stay so. Returns the open folders with
 * empty indexes.
 */
export async function loadFolders(
  database: DatabaseClient,
  toOpen: readonly FolderToOpen[],
  keepsOthers: boolean,
): Promise<OpenFolder[]> {
  const ids: number[] = []
  for (const folder of toOpen) ids.push(await database.request('addFolder', folder))
  const before = await database.request('listFolders')
  if (keepsOthers) ids.push(...before.filter(({ isOpen }) => isOpen).map(({ id }) => id))
  await database.request('setOpenFolders', ids)
  const open = before.filter(({ id }) => ids.includes(id))
  await separateNested(database, open)
  return makeOpenFolders(open)
}

/** Returns the path of a file or folder below another one, with `/` between names; undefined if it is not below. */
export function pathBelow(folder: string, file: string): string | undefined {
  const below = relative(folder, file)
  if (below === '' || below.split(sep)[0] === '..' || isAbsolute(below)) return undefined
  return below.split(sep).join('/')
}

/** The tracks of a folder that is open itself, or is left out, do not belong to the folder that contains it. */
async function separateNested(database: DatabaseClient, open: readonly FolderRecord[]): Promise<void> {
  for (const outer of open)
    for (const inner of open) {
      const path = pathBelow(outer.path, inner.path)
      if (path !== undefined)
        await database.request('moveTracksToSubfolder', { from: outer.id, path, to: inner.id })
    }
}

function makeOpenFolders(records: readonly FolderRecord[]): OpenFolder[] {
  const labels = makeLabels(records.map(({ path }) => displayPath(basename(path) || path)))
  return records.map(({ id, path, isDemo, excluded, unavailableSince }, position) => ({
    id,
    root: path,
    isDemo,
    excluded,
    index: new FolderIndex(),
    label: records.length > 1 ? labels[position] : undefined,
    state: unavailableSince === undefined ? 'present' : 'missing',
  }))
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
