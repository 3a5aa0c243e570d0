import { folderRequests } from '../../../../electron/library/database/requests/stored-folders.ts'
import {
  type ReadTrack,
  trackRequests,
} from '../../../../electron/library/database/requests/stored-tracks.ts'
import type { SqliteDatabase } from '../../../../electron/library/database/sqlite/sqlite.ts'

/** Returns a file as a scan reads it, with a tag of realistic size. */
export function sampleTrack(folderId: number, index: number): ReadTrack {
  const tags = {
    title: `Title ${index}`,
    artists: [`Artist ${index >> 4}`],
    genres: [],
    padding: 'x'.repeat(300),
  }
  return {
    id: undefined,
    folderId,
    path: `album ${index >> 3}/${index}.flac`,
    size: 1000 + index,
    modifiedNs: '1700000000123456789',
    fileId: `1:${index}`,
    audioHash: `hash ${index}`,
    tags: JSON.stringify(tags),
    cover: { key: `cover ${index >> 3}`, location: 'beside', path: `album ${index >> 3}/cover.jpg` },
  }
}

/** Fills a library with an open folder, tracks, and a playlist of every third one. Every fifth track has a rating of 4.5. */
export function fillLibrary(database: SqliteDatabase, count: number): void {
  const folderId = folderRequests.addFolder(database, { path: '/music', isDemo: false })
  folderRequests.setOpenFolders(database, [folderId])
  const tracks = Array.from({ length: count }, (_, index) => sampleTrack(folderId, index))
  trackRequests.saveTracks(database, { tracks, now: 5 })
  database.run('UPDATE track SET rating = 4.5, play_count = 7 WHERE id % 5 = 0')
  database.run("INSERT INTO playlist (position, kind, name, created_at) VALUES (0, 'list', 'Mine', 5)")
  database.run(
    `INSERT INTO playlist_entry (playlist_id, position, track_id, title)
     SELECT 1, id / 3, id, 'Title' FROM track WHERE id % 3 = 0`,
  )
}

export function countRows(database: SqliteDatabase, from: string): number {
  return database.get<{ count: number }>(`SELECT count(*) AS count FROM ${from}`)?.count ?? 0
}
