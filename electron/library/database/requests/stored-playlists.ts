import type { PlaylistId, PlaylistKind } from '../../../../shared/library/playlists/playlist.ts'
import type { Database } from '../sqlite/sqlite.ts'

/** A playlist without its entries. */
export interface PlaylistRecord {
  readonly id: PlaylistId
  /** 0 for none. */
  readonly parent: PlaylistId
  readonly kind: PlaylistKind
  readonly name: string
  /** JSON; undefined unless it is a smart playlist. */
  readonly rules: string | undefined
}

interface PlaylistRow {
  readonly id: number
  readonly parent_id: number | null
  readonly kind: PlaylistKind
  readonly name: string
  readonly rules: string | null
}

export const playlistRequests = {
  /** Returns the playlists that are not deleted. Those with the same parent are in the user's order. */
  listPlaylists(database: Database): PlaylistRecord[] {
    return database
      .all<PlaylistRow>(
        'SELECT id, parent_id, kind, name, rules FROM playlist WHERE deleted_at IS NULL ORDER BY position, id',
      )
      .map(({ parent_id, rules, ...row }) => ({ ...row, parent: parent_id ?? 0, rules: rules ?? undefined }))
  },

  /** Adds a playlist after the others with the same parent. Returns its id. */
  createPlaylist(
    database: Database,
    playlist: Omit<PlaylistRecord, 'id'> & { readonly createdAt: number },
  ): PlaylistId {
    const parent = parentColumn(playlist.parent)
    const { next } = database.get<{ next: number }>(
      'SELECT ifnull(max(position), -1) + 1 AS next FROM playlist WHERE parent_id IS ?',
      parent,
    ) ?? { next: 0 }
    return database.run(
      'INSERT INTO playlist (parent_id, position, kind, name, rules, created_at) VALUES (?, ?, ?, ?, ?, ?)',
      parent,
      next,
      playlist.kind,
      playlist.name,
      playlist.rules ?? null,
      playlist.createdAt,
    ).lastId
  },

  renamePlaylist(database: Database, { id, name }: { id: PlaylistId; name: string }): void {
    database.run('UPDATE playlist SET name = ? WHERE id = ?', name, id)
  },

  setPlaylistRules(database: Database, { id, rules }: { id: PlaylistId; rules: string }): void {
    database.run('UPDATE playlist SET rules = ? WHERE id = ?', rules, id)
  },

  /** Makes playlists the content of a folder, in this order. */
  arrangePlaylists(
    database: Database,
    { parent, ids }: { parent: PlaylistId; ids: readonly PlaylistId[] },
  ): void {
    database.transaction(() => {
      for (const [position, id] of ids.entries())
        database.run(
          'UPDATE playlist SET parent_id = ?, position = ? WHERE id = ?',
          parentColumn(parent),
          position,
          id,
        )
    })
  },

  /** Marks playlists as deleted; undefined brings them back. */
  markPlaylistsDeleted(
    database: Database,
    { ids, at }: { ids: readonly PlaylistId[]; at: number | undefined },
  ): void {
    database.transaction(() => {
      for (const id of ids) database.run('UPDATE playlist SET deleted_at = ? WHERE id = ?', at ?? null, id)
    })
  },

  /** Removes playlists that were deleted before a time. */
  purgePlaylists(database: Database, before: number): void {
    database.transaction(() => {
      database.run(
        'DELETE FROM playlist_entry WHERE playlist_id IN (SELECT id FROM playlist WHERE deleted_at < ?)',
        before,
      )
      database.run('DELETE FROM playlist WHERE deleted_at < ?', before)
    })
  },
}

const parentColumn = (parent: PlaylistId): number | null => (parent === 0 ? null : parent)
