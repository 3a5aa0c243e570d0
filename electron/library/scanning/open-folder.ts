import { join } from 'node:path'
import type { FolderIndex } from './folder-index.ts'
import type { TrackSource } from './track-source.ts'

/** Whether a folder can be read. `missing`: it is gone, or empty although it had tracks: a disk that is not mounted. */
export type FolderState = 'present' | 'missing' | 'unreadable'

/** A folder whose tracks the library lists. */
export interface OpenFolder {
  readonly id: number
  readonly source: TrackSource
  /** The absolute path. */
  readonly root: string
  readonly isDemo: boolean
  readonly index: FolderIndex
  /** The paths below the folder that are left out. Other open folders are left out too. */
  readonly excluded: readonly string[]
  /** What the paths of its tracks begin with if several folders are open. */
  readonly label: string | undefined
  state: FolderState
  /** Milliseconds since 1970 when the last scan of the whole folder ended; undefined before that. */
  checkedAt: number | undefined
}

export const absolutePath = ({ root }: Pick<OpenFolder, 'root'>, path: string): string =>
  path === '' ? root : join(root, path)
