import type { FolderItem } from '../library-list.ts'
import { append, type ListSource } from './list-source.ts'

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

export interface FolderContents {
  readonly of: FolderItem | undefined
  /** The folders directly in the folder, each with all tracks below it. */
  readonly folders: readonly { readonly item: FolderItem; readonly rows: readonly number[] }[]
  /** The tracks directly in the folder. */
  readonly tracks: readonly number[]
}

/** Returns what a folder contains of tracks that are given by index. Its own tracks are sorted by path. */
export function readFolder(source: ListSource, rows: Iterable<number>, path: string): FolderContents {
  const start = path === '' ? '' : `${path}/`
  const folders = new Map<string, number[]>()
  const tracks: number[] = []
  for (const row of rows) {
    const { path: file } = source.trackAt(row)
    if (!file.startsWith(start)) continue
    const slash = file.indexOf('/', start.length)
    if (slash < 0) tracks.push(row)
    else append(folders, file.slice(start.length, slash), row)
  }
  const byPath = (a: number, b: number) =>
    collator.compare(source.trackAt(a).path, source.trackAt(b).path) || a - b
  const trackCount = [...folders.values()].reduce((sum, below) => sum + below.length, tracks.length)
  return {
    of:
      path === ''
        ? undefined
        : { kind: 'folder', path, name: path.slice(path.lastIndexOf('/') + 1), trackCount },
    folders: [...folders]
      .sort(([a], [b]) => collator.compare(a, b) || (a < b ? -1 : 1))
      .map(([name, below]) => ({
        item: { kind: 'folder', path: start + name, name, trackCount: below.length },
        rows: below.sort(byPath),
      })),
    tracks: tracks.sort(byPath),
  }
}
