import type { Database } from '../sqlite/sqlite.ts'

/** A folder of the library. */
export interface FolderRecord {
  readonly id: number
  readonly path: string
  readonly isOpen: boolean
  readonly isDemo: boolean
  readonly source: string
  /** Milliseconds since 1970; undefined while the folder can be read. */
  readonly unavailableSince: number | undefined
  /** Paths below the folder. */
  readonly excluded: readonly string[]
}

/** A directory as it was at the last scan. The path is relative to the folder, and empty for the folder itself. */
export interface DirectoryRecord {
  readonly path: string
  /** The time of its last change in nanoseconds, as a decimal number. */
  readonly modifiedNs: string
  /** The name of the picture that serves as a cover for the tracks beside it. */
  readonly picture: string | undefined
}

/** A file that could not be read, and when. The path is relative to the folder. */
export interface ProblemRecord {
  readonly path: string
  readonly size: number
  readonly modifiedNs: string
  readonly reason: string
}

interface FolderRow {
  readonly id: number
  readonly path: string
  readonly is_open: number
  readonly is_demo: number
  readonly source: string
  readonly unavailable_since: number | null
}

export const folderRequests = {
  listFolders(database: Database): FolderRecord[] {
    const excluded = Map.groupBy(
      database.all<{ folder_id: number; path: string }>('SELECT folder_id, path FROM excluded_folder'),
      (row) => row.folder_id,
    )
    return database.all<FolderRow>('SELECT * FROM folder ORDER BY id').map((row) => ({
      id: row.id,
      path: row.path,
      isOpen: row.is_open === 1,
      isDemo: row.is_demo === 1,
      source: row.source,
      unavailableSince: row.unavailable_since ?? undefined,
      excluded: (excluded.get(row.id) ?? []).map(({ path }) => path),
    }))
  },

  /** Returns the folder's id. A folder that is known keeps its id, its source and its tracks. */
  addFolder(
    database: Database,
    { path, isDemo, source = 'folder' }: { path: string; isDemo: boolean; source?: string },
  ): number {
    database.run(
      'INSERT INTO folder (path, is_demo, source) VALUES (?, ?, ?) ON CONFLICT (path) DO NOTHING',
      path,
      Number(isDemo),
      source,
    )
    return database.get<{ id: number }>('SELECT id FROM folder WHERE path = ?', path)?.id ?? 0
  },

  /** Makes these folders the open ones. */
  setOpenFolders(database: Database, ids: readonly number[]): void {
    database.transaction(() => {
      database.run('UPDATE folder SET is_open = 0 WHERE is_open = 1')
      for (const id of ids) database.run('UPDATE folder SET is_open = 1 WHERE id = ?', id)
    })
  },

  /** `unavailableSince` is undefined for a folder that can be read. */
  setFolderAvailability(
    database: Database,
    { id, unavailableSince }: { id: number; unavailableSince: number | undefined },
  ): void {
    database.run('UPDATE folder SET unavailable_since = ? WHERE id = ?', unavailableSince ?? null, id)
  },

  /** Replaces the folder's excluded subfolders. */
  setExcludedFolders(
    database: Database,
    { folderId, paths }: { folderId: number; paths: readonly string[] },
  ): void {
    database.transaction(() => {
      database.run('DELETE FROM excluded_folder WHERE folder_id = ?', folderId)
      for (const path of paths)
        database.run('INSERT OR IGNORE INTO excluded_folder (folder_id, path) VALUES (?, ?)', folderId, path)
    })
  },

  listDirectories(database: Database, folderId: number): DirectoryRecord[] {
    return database
      .all<{ path: string; modified_ns: string; picture: string | null }>(
        'SELECT path, modified_ns, picture FROM directory WHERE folder_id = ?',
        folderId,
      )
      .map((row) => ({ path: row.path, modifiedNs: row.modified_ns, picture: row.picture ?? undefined }))
  },

  saveDirectories(
    database: Database,
    { folderId, directories }: { folderId: number; directories: readonly DirectoryRecord[] },
  ): void {
    database.transaction(() => {
      for (const { path, modifiedNs, picture } of directories)
        database.run(
          'INSERT OR REPLACE INTO directory (folder_id, path, modified_ns, picture) VALUES (?, ?, ?, ?)',
          folderId,
          path,
          modifiedNs,
          picture ?? null,
        )
    })
  },

  deleteDirectories(
    database: Database,
    { folderId, paths }: { folderId: number; paths: readonly string[] },
  ): void {
    database.transaction(() => {
      for (const path of paths)
        database.run('DELETE FROM directory WHERE folder_id = ? AND path = ?', folderId, path)
    })
  },

  listProblems(database: Database, folderId: number): ProblemRecord[] {
    return database
      .all<{ path: string; size: number; modified_ns: string; reason: string }>(
        'SELECT path, size, modified_ns, reason FROM problem WHERE folder_id = ?',
        folderId,
      )
      .map(({ modified_ns, ...row }) => ({ ...row, modifiedNs: modified_ns }))
  },

  saveProblems(
    database: Database,
    { folderId, problems }: { folderId: number; problems: readonly ProblemRecord[] },
  ): void {
    database.transaction(() => {
      for (const { path, size, modifiedNs, reason } of problems)
        database.run(
          'INSERT OR REPLACE INTO problem (folder_id, path, size, modified_ns, reason) VALUES (?, ?, ?, ?, ?)',
          folderId,
          path,
          size,
          modifiedNs,
          reason,
        )
    })
  },

  deleteProblems(
    database: Database,
    { folderId, paths }: { folderId: number; paths: readonly string[] },
  ): void {
    database.transaction(() => {
      for (const path of paths)
        database.run('DELETE FROM problem WHERE folder_id = ? AND path = ?', folderId, path)
    })
  },
}
