import type { CoverId, TrackId, UnavailableReason } from '../../../../shared/library/track.ts'
import type { TrackCover } from '../../tracks/read-track.ts'
import type { Database } from '../sqlite/sqlite.ts'

/** An entry of the JSON text of `readFileVersions`. */
export type FileVersionEntry = readonly [
  id: TrackId,
  path: string,
  size: number,
  modifiedNs: string,
  unavailable: UnavailableReason | null,
]

export interface FileVersionChunk {
  /** A JSON array of `FileVersionEntry`. */
  readonly text: string
  /** Undefined if there are no more files. */
  readonly last: TrackId | undefined
}

/** Where a cover may be read from. */
export interface StoredCoverSource {
  /** The key of the picture's content. */
  readonly key: string
  readonly location: TrackCover['location']
  /** Like the path of the track. */
  readonly path: string
  /** Null for an external file. */
  readonly folderPath: string | null
}

export const scanRequests = {
  /** Returns the files of a folder in chunks, in the sequence of their ids. */
  readFileVersions(
    database: Database,
    { folderId, after, limit }: { folderId: number; after: TrackId; limit: number },
  ): FileVersionChunk {
    const chunk = database.get<{ text: string | null; last: number | null }>(
      `SELECT group_concat('[' || id || ',' || json_quote(path) || ',' || size || ',"' || modified_ns || '",' ||
         json_quote(unavailable_reason) || ']', ',') AS text, max(id) AS last FROM (
         SELECT id, path, size, modified_ns, unavailable_reason FROM track
         WHERE id > ? AND folder_id = ? ORDER BY id LIMIT ?)`,
      after,
      folderId,
      limit,
    )
    return { text: `[${chunk?.text ?? ''}]`, last: chunk?.last ?? undefined }
  },

  /** Returns a few files that contain the cover, those that are available first. */
  findCoverSources(database: Database, cover: CoverId): StoredCoverSource[] {
    return database.all<StoredCoverSource>(
      `SELECT DISTINCT key, cover_location AS location, cover_path AS path, folder.path AS folderPath
       FROM track JOIN cover ON cover.id = cover_id LEFT JOIN folder ON folder.id = folder_id
       WHERE cover_id = ? ORDER BY track.unavailable_since IS NOT NULL LIMIT 3`,
      cover,
    )
  },

  /**
   * Makes the tracks below a path those of another folder, whose root is that path. Both folders forget their directories
   * there, so that the next scan lists them.
   */
  moveTracksToSubfolder(
    database: Database,
    { from, path, to }: { from: number; path: string; to: number },
  ): void {
    const prefix = `${path}/`
    database.transaction(() => {
      database.run(
        `UPDATE OR IGNORE track SET folder_id = ?, path = substr(path, ?),
         cover_path = CASE WHEN substr(cover_path, 1, ?) = ? THEN substr(cover_path, ?) ELSE cover_path END
         WHERE folder_id = ? AND substr(path, 1, ?) = ?`,
        to,
        prefix.length + 1,
        prefix.length,
        prefix,
        prefix.length + 1,
        from,
        prefix.length,
        prefix,
      )
      forgetBelow(database, from, path)
    })
  },

  /**
   * Makes the tracks of a folder those of the one that contains it, at `path`, and removes the folder if none is left.
   * The next scan lists the directories on the way to it.
   */
  moveTracksToContainingFolder(
    database: Database,
    { from, path, to }: { from: number; path: string; to: number },
  ): void {
    const prefix = `${path}/`
    database.transaction(() => {
      database.run(
        `UPDATE OR IGNORE track SET folder_id = ?, path = ? || path,
         cover_path = CASE WHEN cover_path IS NULL THEN NULL ELSE ? || cover_path END WHERE folder_id = ?`,
        to,
        prefix,
        prefix,
        from,
      )
      database.run(
        'INSERT OR IGNORE INTO excluded_folder (folder_id, path) SELECT ?, ? || path FROM excluded_folder WHERE folder_id = ?',
        to,
        prefix,
        from,
      )
      forgetBelow(database, to, path)
      for (const table of ['directory', 'problem', 'excluded_folder'])
        database.run(`DELETE FROM ${table} WHERE folder_id = ?`, from)
      database.run(
        'DELETE FROM folder WHERE id = ? AND NOT EXISTS (SELECT 1 FROM track WHERE folder_id = folder.id)',
        from,
      )
    })
  },
}

/** The directories above are listed again too, because they lead to these. */
function forgetBelow(database: Database, folderId: number, path: string): void {
  const prefix = `${path}/`
  for (const table of ['directory', 'problem'])
    database.run(
      `DELETE FROM ${table} WHERE folder_id = ? AND (path = ? OR substr(path, 1, ?) = ?)`,
      folderId,
      path,
      prefix.length,
      prefix,
    )
  database.run(
    "UPDATE directory SET modified_ns = '' WHERE folder_id = ? AND (path = '' OR substr(?, 1, length(path) + 1) = path || '/')",
    folderId,
    path,
  )
}
