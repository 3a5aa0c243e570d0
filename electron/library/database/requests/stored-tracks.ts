import type { CoverId, TrackId, UnavailableReason } from '../../../../shared/library/track.ts'
import type { TrackCover } from '../../tracks/read-track.ts'
import type { Database } from '../sqlite/sqlite.ts'
import { encodeText } from '../sqlite/sqlite-text.ts'
import { deleteAnalysis } from './delete-analysis.ts'

/** Where a track's cover is. Tracks whose covers have the same key share one. */
export interface CoverRecord {
  readonly key: string
  readonly location: TrackCover['location']
  /** The file that contains it, like the track's path. */
  readonly path: string
}

/** A file as the scan has read it. A queue sends it faster if absent members are left out. */
export interface ReadTrack {
  /**
   * The track that the file is known to be, or `newTrack`; undefined for the one that is available at this path, or a new
   * one if there is none.
   */
  readonly id: TrackId | undefined
  /** Undefined for an external file. */
  readonly folderId: number | undefined
  /** Relative to the folder; absolute for an external file. */
  readonly path: string
  readonly size: number
  readonly modifiedNs: string
  /** The file's device and inode as text; undefined where the system has none. */
  readonly fileId: string | undefined
  readonly audioHash: string | undefined
  /** A `TrackTags` as JSON. */
  readonly tags: string
  readonly cover?: CoverRecord | undefined
}

export interface SavedTrack {
  readonly id: TrackId
  readonly cover?: CoverId
  readonly addedAt: number
}

/** What the scan compares a file with. */
export interface FileRecord {
  readonly id: TrackId
  readonly path: string
  readonly size: number
  readonly modifiedNs: string
  readonly fileId: string | undefined
  readonly audioHash: string | undefined
  readonly unavailable: UnavailableReason | undefined
}

/**
 * The entry of a track in a JSON array. Built by SQLite, so that a chunk is one row with one text. The types are those of
 * the schema even if the file is damaged, so that the text is valid JSON.
 */
const trackAsJson = `
  '{"id":' || id || ',"folderId":' || ${asJson('folder_id', 'INTEGER')} || ',"path":' || ${asJson('path', 'TEXT')} ||
  ',"cover":' || ${asJson('cover_id', 'INTEGER')} || ',"addedAt":' || ${asJson('added_at', 'INTEGER')} ||
  ',"rating":' || ${asJson('rating', 'REAL')} || ',"playCount":' || ${asJson('play_count', 'INTEGER')} ||
  ',"lastPlayedAt":' || ${asJson('last_played_at', 'INTEGER')} ||
  ',"unavailable":' || ${asJson('unavailable_reason', 'TEXT')} || ',"tags":' || tags || '}'`

function asJson(column: string, type: string): string {
  return `json_quote(CAST(${column} AS ${type}))`
}

/** Whether the tags of a track are an object: damage that SQLite does not find can change them. */
export const hasReadableTags = "CASE WHEN json_valid(tags) THEN json_type(tags) = 'object' ELSE false END"

export interface TrackChunkRequest {
  /** The last id of the former chunk; 0 at first. */
  readonly after: TrackId
  readonly limit: number
}

export interface TrackChunk {
  /** A JSON array of `StoredTrack`. */
  readonly text: string
  /** Undefined if there are no more tracks. */
  readonly last: TrackId | undefined
}

/** The id of a track to store that is a new one, even if another one has its path. */
export const newTrack = 0

export const trackRequests = {
  /**
   * Returns tracks of the open folders in the sequence of their ids. The plus sign keeps SQLite from sorting all tracks of
   * a folder for each chunk.
   */
  readTracks(database: Database, { after, limit }: TrackChunkRequest): TrackChunk {
    const chunk = database.get<{ text: string | null; last: number | null }>(
      `SELECT group_concat(text, ',') AS text, max(id) AS last FROM (
         SELECT id, ${trackAsJson} AS text FROM track
         WHERE id > ? AND +folder_id IN (SELECT id FROM folder WHERE is_open = 1)
           AND ${hasReadableTags}
         ORDER BY id LIMIT ?)`,
      after,
      limit,
    )
    return { text: `[${chunk?.text ?? ''}]`, last: chunk?.last ?? undefined }
  },

  /** Returns these tracks, whatever their folder, as a JSON array of `StoredTrack`. */
  readTracksById(database: Database, ids: readonly TrackId[]): string {
    const statement = database.prepare(
      `SELECT ${trackAsJson} AS text FROM track WHERE id = ? AND ${hasReadableTags}`,
    )
    const texts = ids.flatMap((id) => statement.get<{ text: string }>(id)?.text ?? [])
    return `[${texts.join(',')}]`
  },

  /** Returns the files of a folder, of external files for undefined, also those that are missing now. */
  listFiles(database: Database, folderId: number | undefined): FileRecord[] {
    return database
      .all<FileRow>(
        `SELECT id, path, size, modified_ns, file_id, audio_hash, unavailable_reason
         FROM track WHERE folder_id IS ? ORDER BY id`,
        folderId ?? null,
      )
      .map((row) => ({
        id: row.id,
        path: row.path,
        size: row.size,
        modifiedNs: row.modified_ns,
        fileId: row.file_id ?? undefined,
        audioHash: row.audio_hash ?? undefined,
        unavailable: row.unavailable_reason ?? undefined,
      }))
  },

  /**
   * Stores files in one transaction. They are available afterwards. Another track that was available at one of the paths
   * is missing from then on: its file was replaced. Returns an entry for each file, in their order.
   */
  saveTracks(
    database: Database,
    { tracks, now }: { tracks: readonly ReadTrack[]; now: number },
  ): SavedTrack[] {
    return database.transaction(() => {
      const covers = saveCovers(database, tracks)
      const added = new Set(findPlainAdditions(tracks))
      displaceAll(database, [...added], now)
      return tracks.map((track) => {
        const cover = covers.get(track.cover?.key ?? '')
        return added.has(track)
          ? addTrack(database, track, cover, now)
          : saveTrack(database, track, cover, now)
      })
    })
  },

  markUnavailable(
    database: Database,
    { ids, reason, since }: { ids: readonly TrackId[]; reason: UnavailableReason; since: number },
  ): void {
    database.transaction(() => {
      // A track that is missing already keeps the time since when.
      for (const id of ids)
        database.run(
          `UPDATE track SET unavailable_since = ifnull(unavailable_since, ?), unavailable_reason = ?
           WHERE id = ?`,
          since,
          reason,
          id,
        )
    })
  },

  /** Does not change a track at whose path another one is available. */
  markAvailable(database: Database, ids: readonly TrackId[]): void {
    database.transaction(() => {
      for (const id of ids)
        database.run(
          'UPDATE OR IGNORE track SET unavailable_since = NULL, unavailable_reason = NULL WHERE id = ?',
          id,
        )
    })
  },

  /** Entries of playlists keep their description. */
  deleteTracks(database: Database, ids: readonly TrackId[]): void {
    database.transaction(() => {
      for (const id of ids) {
        database.run('UPDATE playlist_entry SET track_id = NULL WHERE track_id = ?', id)
        deleteAnalysis(database, id)
        database.run('DELETE FROM track WHERE id = ?', id)
      }
    })
  },

  /** Returns the ids of tracks that are missing since before this time, without a rating and in no playlist. */
  listExpiredTracks(database: Database, before: number): TrackId[] {
    return database
      .all<{ id: number }>(
        `SELECT id FROM track WHERE unavailable_since < ? AND rating IS NULL
         AND NOT EXISTS (SELECT 1 FROM playlist_entry WHERE track_id = track.id)`,
        before,
      )
      .map(({ id }) => id)
  },
}

interface FileRow {
  readonly id: number
  readonly path: string
  readonly size: number
  readonly modified_ns: string
  readonly file_id: string | null
  readonly audio_hash: string | null
  readonly unavailable_reason: UnavailableReason | null
}

const columns =
  'folder_id, path, size, modified_ns, file_id, audio_hash, tags, cover_id, cover_location, cover_path'
const assignments = columns
  .split(', ')
  .map((name) => `${name} = excluded.${name}`)
  .join(', ')

const insertTrack = `INSERT INTO track (${columns}, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** A track that is available at this path is the same one. */
const upsertTrack = `
  ${insertTrack}
  ON CONFLICT (ifnull(folder_id, 0), path) WHERE unavailable_since IS NULL DO UPDATE SET ${assignments}
  RETURNING id, added_at`

const updateTrack = `
  UPDATE track SET (${columns}) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?), unavailable_since = NULL, unavailable_reason = NULL
  WHERE id = ? RETURNING id, added_at`

interface SavedRow {
  readonly id: TrackId
  readonly added_at: number
}

/** Returns the new tracks whose path no other of these tracks has. */
function findPlainAdditions(tracks: readonly ReadTrack[]): ReadTrack[] {
  const byPath = new Map<string, ReadTrack | undefined>()
  for (const track of tracks) {
    const key = `${track.folderId}/${track.path}`
    byPath.set(key, track.id === newTrack && !byPath.has(key) ? track : undefined)
  }
  return [...byPath.values()].filter((track) => track !== undefined)
}

/** Stores a new track. None is available at its path. */
function addTrack(database: Database, track: ReadTrack, cover: CoverId | undefined, now: number): SavedTrack {
  const { lastId } = database.run(insertTrack, ...valuesOf(track, cover), now)
  return savedTrack({ id: lastId, added_at: now }, cover)
}

function saveTrack(
  database: Database,
  track: ReadTrack,
  cover: CoverId | undefined,
  now: number,
): SavedTrack {
  const values = valuesOf(track, cover)
  if (track.id !== undefined) displaceOthers(database, track, track.id, now)
  const updated =
    track.id === undefined ? undefined : database.get<SavedRow>(updateTrack, ...values, track.id)
  const row = updated ?? database.get<SavedRow>(upsertTrack, ...values, now)
  return savedTrack(row ?? { id: newTrack, added_at: now }, cover)
}

const savedTrack = ({ id, added_at: addedAt }: SavedRow, cover: CoverId | undefined): SavedTrack =>
  cover === undefined ? { id, addedAt } : { id, addedAt, cover }

function valuesOf(track: ReadTrack, cover: CoverId | undefined): (string | number | null)[] {
  return [
    track.folderId ?? null,
    track.path,
    track.size,
    track.modifiedNs,
    track.fileId ?? null,
    track.audioHash ?? null,
    track.tags,
    cover ?? null,
    track.cover?.location ?? null,
    track.cover?.path ?? null,
  ]
}

/** Makes the tracks at the paths of new ones unavailable, with one statement: in a first scan there is none. */
function displaceAll(database: Database, tracks: readonly ReadTrack[], now: number): void {
  for (const folderId of new Set(tracks.map((track) => track.folderId ?? null))) {
    const paths = tracks.flatMap((track) => ((track.folderId ?? null) === folderId ? track.path : []))
    database.run(
      `UPDATE track SET unavailable_since = ?, unavailable_reason = 'fileMissing' WHERE id IN (
         SELECT track.id FROM json_each(?) AS given CROSS JOIN track
         ON folder_id IS ? AND track.path = given.value AND unavailable_since IS NULL)`,
      now,
      JSON.stringify(paths.map(encodeText)),
      folderId,
    )
  }
}

function displaceOthers(database: Database, { folderId, path }: ReadTrack, id: TrackId, now: number): void {
  database.run(
    `UPDATE track SET unavailable_since = ?, unavailable_reason = 'fileMissing'
     WHERE folder_id IS ? AND path = ? AND id <> ? AND unavailable_since IS NULL`,
    now,
    folderId ?? null,
    path,
    id,
  )
}

function saveCovers(database: Database, tracks: readonly ReadTrack[]): ReadonlyMap<string, CoverId> {
  const ids = new Map<string, CoverId>()
  for (const { cover } of tracks)
    if (cover !== undefined && !ids.has(cover.key)) ids.set(cover.key, saveCover(database, cover.key))
  return ids
}

function saveCover(database: Database, key: string): CoverId {
  const sql = 'INSERT INTO cover (key) VALUES (?) ON CONFLICT (key) DO UPDATE SET key = key RETURNING id'
  return database.get<{ id: number }>(sql, key)?.id ?? 0
}
