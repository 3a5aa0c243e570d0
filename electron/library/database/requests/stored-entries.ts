import { join } from 'node:path'
import { maxPlaylistEntries, type PlaylistId } from '../../../../shared/library/playlists/playlist.ts'
import type { TrackId } from '../../../../shared/library/track.ts'
import type { ExportedEntry } from '../../playlists/export/exported-entry.ts'
import { type IndexedTrack, TrackIndex, type WantedEntry } from '../../playlists/matching/track-index.ts'
import type { Database } from '../sqlite/sqlite.ts'

/** An entry of a playlist as it is stored. What is known of a track is stored too, for the time after its removal. */
export interface EntryRecord {
  readonly track: TrackId | undefined
  readonly location: string | undefined
  readonly title: string | undefined
  readonly artist: string | undefined
  /** Seconds. */
  readonly duration: number | undefined
}

/** An entry as a page gets it. */
export interface ShownEntry extends Omit<EntryRecord, 'duration'> {
  /** Whether the track belongs to no folder, or to an open one. */
  readonly isListed: boolean
  /** Whether the track belongs to no folder. */
  readonly isExternal: boolean
}

export interface EntrySplice {
  readonly playlist: PlaylistId
  readonly start: number
  readonly removed: number
  readonly entries: readonly EntryRecord[]
  readonly change: number
}

export interface EntryRange {
  readonly playlist: PlaylistId
  readonly start: number
  readonly count: number
}

export const entryRequests = {
  countEntries(database: Database, playlist: PlaylistId): number {
    return countEntries(database, playlist)
  },

  /** Returns fewer entries than `count` at the end of the playlist. */
  readEntries(database: Database, range: EntryRange): ShownEntry[] {
    return readRows(database, range).map((row) => ({
      track: row.id ?? undefined,
      isListed: row.id !== null && (row.folder_id === null || row.is_open === 1),
      isExternal: row.id !== null && row.folder_id === null,
      ...describe(row),
    }))
  },

  /** Returns entries with everything that a playlist file can contain. */
  exportEntries(database: Database, range: EntryRange): ExportedEntry[] {
    return readRows(database, range).map((row) => ({
      album: row.album ?? undefined,
      duration: row.duration ?? row.entry_duration ?? undefined,
      ...describe(row),
      location: describe(row).location ?? '',
    }))
  },

  /** Returns tracks like entries of a playlist. Leaves out those that do not exist. */
  exportTracks(database: Database, ids: readonly TrackId[]): ExportedEntry[] {
    return ids.flatMap((id) => {
      const row = readTrack(database, id)
      return row === undefined
        ? []
        : [
            {
              location: absolutePath(row) ?? '',
              title: row.title ?? undefined,
              artist: row.artist ?? undefined,
              album: row.album ?? undefined,
              duration: row.duration ?? undefined,
            },
          ]
    })
  },

  /** Replaces entries. Leaves out tracks that do not exist. Returns how many were inserted. */
  spliceEntries(database: Database, splice: EntrySplice): number {
    return database.transaction(() => {
      const { playlist, start, removed: count, change } = splice
      saveEntries(database, { playlist, start, count }, change)
      deleteEntries(database, { playlist, start, count })
      const entries = splice.entries.flatMap((entry) => completeEntry(database, entry))
      shiftEntries(database, { playlist, from: start + count, by: entries.length - count })
      insertEntries(database, { playlist, start, entries })
      return entries.length
    })
  },

  /** Keeps only some entries of a range, in another order: `order` has an index in the range for each. */
  rearrangeEntries(
    database: Database,
    { playlist, start, count, order, change }: EntryRange & { order: readonly number[]; change: number },
  ): void {
    database.transaction(() => {
      saveEntries(database, { playlist, start, count }, change)
      const former = readRecords(database, { playlist, start, count })
      deleteEntries(database, { playlist, start, count })
      shiftEntries(database, { playlist, from: start + count, by: order.length - count })
      const entries = order.flatMap((index) => former[index] ?? [])
      insertEntries(database, { playlist, start, entries })
    })
  },

  /** Replaces entries by those that a change has removed or moved. Returns how many these are. */
  restoreEntries(
    database: Database,
    { playlist, start, count, change }: EntryRange & { change: number },
  ): number {
    return database.transaction(() => {
      const saved = readRecords(database, { playlist: -change, start: 0, count: maxSaved })
      deleteEntries(database, { playlist, start, count })
      shiftEntries(database, { playlist, from: start + count, by: saved.length - count })
      insertEntries(database, { playlist, start, entries: saved })
      forgetChange(database, change)
      return saved.length
    })
  },

  /** A change that is forgotten cannot be undone. */
  forgetChange(database: Database, change: number): void {
    forgetChange(database, change)
  },

  /** Changes can be undone only in the run that made them. */
  forgetAllChanges(database: Database): void {
    database.run('DELETE FROM playlist_entry WHERE playlist_id < 0')
  },

  /** Returns the track of each entry, 0 for none. The tracks are indexed once until `isLast`. */
  matchEntries(
    database: Database,
    { entries, isLast }: { entries: readonly WantedEntry[]; isLast: boolean },
  ): TrackId[] {
    const index = trackIndexes.get(database) ?? new TrackIndex(readTracks(database))
    if (isLast) trackIndexes.delete(database)
    else trackIndexes.set(database, index)
    return entries.map((entry) => index.find(entry) ?? 0)
  },

  /** Returns the entries of all playlists whose track is not known, with their indexes. */
  listUnknownEntries(database: Database): (EntryRecord & { playlist: PlaylistId; index: number })[] {
    return database
      .all<EntryColumns & { playlist_id: number; position: number }>(
        `SELECT playlist_id, position, NULL AS track_id, location, title, artist, duration FROM playlist_entry
         WHERE track_id IS NULL ORDER BY playlist_id, position LIMIT ?`,
        maxUnknownEntries,
      )
      .map((row) => ({ ...toRecord(row), playlist: row.playlist_id, index: row.position }))
  },
}

/** What is searched again after a scan. */
const maxUnknownEntries = 100_000

const trackIndexes = new WeakMap<Database, TrackIndex>()

interface EntryColumns {
  readonly track_id: number | null
  readonly location: string | null
  readonly title: string | null
  readonly artist: string | null
  readonly duration: number | null
}

interface TrackColumns {
  readonly id: number | null
  readonly folder_id: number | null
  readonly path: string | null
  readonly folder: string | null
  readonly is_open: number | null
  readonly title: string | null
  readonly artist: string | null
  readonly album: string | null
  readonly duration: number | null
}

interface EntryRow extends TrackColumns {
  readonly location: string | null
  readonly entry_title: string | null
  readonly entry_artist: string | null
  readonly entry_duration: number | null
}

const trackColumns = `track.id AS id, track.folder_id AS folder_id, track.path AS path, folder.path AS folder,
  folder.is_open AS is_open, json_extract(track.tags, '$.title') AS title,
  (SELECT group_concat(value, ', ') FROM json_each(track.tags, '$.artists')) AS artist,
  json_extract(track.tags, '$.album') AS album, json_extract(track.tags, '$.duration') AS duration`

function countEntries(database: Database, playlist: PlaylistId): number {
  const sql = 'SELECT count(*) AS count FROM playlist_entry WHERE playlist_id = ?'
  return database.get<{ count: number }>(sql, playlist)?.count ?? 0
}

function readRows(database: Database, { playlist, start, count }: EntryRange): EntryRow[] {
  return database.all<EntryRow>(
    `SELECT ${trackColumns}, entry.location AS location, entry.title AS entry_title,
       entry.artist AS entry_artist, entry.duration AS entry_duration
     FROM playlist_entry AS entry
     LEFT JOIN track ON track.id = entry.track_id LEFT JOIN folder ON folder.id = track.folder_id
     WHERE entry.playlist_id = ? AND entry.position >= ? ORDER BY entry.position LIMIT ?`,
    playlist,
    start,
    count,
  )
}

function readTrack(database: Database, id: TrackId): TrackColumns | undefined {
  return database.get<TrackColumns>(
    `SELECT ${trackColumns} FROM track LEFT JOIN folder ON folder.id = track.folder_id WHERE track.id = ?`,
    id,
  )
}

/** What the track is called now, or else what it was called. */
function describe(row: EntryRow): Pick<EntryRecord, 'location' | 'title' | 'artist'> {
  const isKnown = row.id !== null
  return {
    location: absolutePath(row) ?? row.location ?? undefined,
    title: (isKnown ? row.title : row.entry_title) ?? undefined,
    artist: (isKnown ? row.artist : row.entry_artist) ?? undefined,
  }
}

function absolutePath({ folder, path }: Pick<TrackColumns, 'folder' | 'path'>): string | undefined {
  if (path === null) return undefined
  return folder === null ? path : join(folder, path)
}

function completeEntry(database: Database, entry: EntryRecord): EntryRecord[] {
  if (entry.track === undefined) return [entry]
  const row = readTrack(database, entry.track)
  if (row === undefined) return []
  return [
    {
      track: entry.track,
      location: absolutePath(row),
      title: row.title ?? undefined,
      artist: row.artist ?? undefined,
      duration: row.duration ?? undefined,
    },
  ]
}

/**
 * Keeps entries for the undoing of a change: under the change's number, negated, because no playlist has a negative id.
 * Their tracks still count as members of a playlist.
 */
function saveEntries(database: Database, { playlist, start, count }: EntryRange, change: number): void {
  database.run(
    `INSERT INTO playlist_entry SELECT ?, position, track_id, location, title, artist, duration
     FROM playlist_entry WHERE playlist_id = ? AND position >= ? AND position < ?`,
    -change,
    playlist,
    start,
    start + count,
  )
}

const maxSaved = 2 * maxPlaylistEntries

function forgetChange(database: Database, change: number): void {
  database.run('DELETE FROM playlist_entry WHERE playlist_id = ?', -change)
}

function readRecords(database: Database, { playlist, start, count }: EntryRange): EntryRecord[] {
  return database
    .all<EntryColumns>(
      `SELECT track_id, location, title, artist, duration FROM playlist_entry
       WHERE playlist_id = ? AND position >= ? ORDER BY position LIMIT ?`,
      playlist,
      start,
      count,
    )
    .map(toRecord)
}

function deleteEntries(database: Database, { playlist, start, count }: EntryRange): void {
  database.run(
    'DELETE FROM playlist_entry WHERE playlist_id = ? AND position >= ? AND position < ?',
    playlist,
    start,
    start + count,
  )
}

function shiftEntries(
  database: Database,
  { playlist, from, by }: { playlist: PlaylistId; from: number; by: number },
): void {
  if (by === 0) return
  // By way of negative numbers, because no two entries may have the same position at any time.
  database.run(
    'UPDATE playlist_entry SET position = -1 - (position + ?) WHERE playlist_id = ? AND position >= ?',
    by,
    playlist,
    from,
  )
  database.run(
    'UPDATE playlist_entry SET position = -1 - position WHERE playlist_id = ? AND position < 0',
    playlist,
  )
}

function insertEntries(
  database: Database,
  { playlist, start, entries }: { playlist: PlaylistId; start: number; entries: readonly EntryRecord[] },
): void {
  const insert = database.prepare('INSERT INTO playlist_entry VALUES (?, ?, ?, ?, ?, ?, ?)')
  for (const [index, { track, location, title, artist, duration }] of entries.entries())
    insert.run(
      playlist,
      start + index,
      track ?? null,
      location ?? null,
      title ?? null,
      artist ?? null,
      duration ?? null,
    )
}

const toRecord = (row: EntryColumns): EntryRecord => ({
  track: row.track_id ?? undefined,
  location: row.location ?? undefined,
  title: row.title ?? undefined,
  artist: row.artist ?? undefined,
  duration: row.duration ?? undefined,
})

function* readTracks(database: Database): Generator<IndexedTrack> {
  const rows = database.all<TrackColumns & { artists: string | null }>(
    `SELECT ${trackColumns}, json_extract(track.tags, '$.artists') AS artists
     FROM track LEFT JOIN folder ON folder.id = track.folder_id ORDER BY track.id`,
  )
  for (const row of rows)
    yield {
      id: row.id ?? 0,
      path: absolutePath(row) ?? '',
      title: row.title ?? '',
      artists: JSON.parse(row.artists ?? '[]') as string[],
      album: row.album ?? undefined,
      duration: row.duration ?? undefined,
    }
}
