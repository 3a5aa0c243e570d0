import { albumFolder } from '../../../../shared/library/albums/album-members.ts'
import type { TrackId } from '../../../../shared/library/track.ts'
import {
  decodeBytes,
  type SoundAnalysis,
  type UnanalyzedTracks,
} from '../../../../shared/sound/analysis/sound-analysis.ts'
import type { MeasuredLoudness } from '../../../../shared/sound/loudness/gain.ts'
import { LoudnessHistogram } from '../../../../shared/sound/loudness/loudness-histogram.ts'
import type { Database } from '../sqlite/sqlite.ts'
import { deleteAnalysis } from './delete-analysis.ts'

/** Identifies the sound of a track's file: a change of tags does not change it. */
const soundVersion = "ifnull(track.audio_hash, track.size || ' ' || track.modified_ns)"
/** The tracks that a scan of the library's loudness covers. */
const openTracks = `
  track WHERE unavailable_since IS NULL AND +folder_id IN (SELECT id FROM folder WHERE is_open = 1)`
const hasAnalysis = `EXISTS (
  SELECT 1 FROM loudness WHERE loudness.track_id = track.id AND loudness.version = ${soundVersion})`

/** Null for tags that damage has changed. */
const albumTag = "CASE WHEN json_valid(tags) THEN CAST(json_extract(tags, '$.album') AS TEXT) END"

interface LoudnessRow {
  readonly loudness: number | null
  readonly peak: number | null
  readonly histogram: string
}

export const analysisRequests = {
  /** Stores what was found in a track's sound; without an analysis, that it cannot be decoded. */
  saveAnalysis(
    database: Database,
    { id, analysis }: { id: TrackId; analysis: SoundAnalysis | undefined },
  ): void {
    database.transaction(() => {
      deleteAnalysis(database, id)
      const { changes } = database.run(
        `INSERT INTO loudness (track_id, version, loudness, peak, histogram)
         SELECT id, ${soundVersion}, ?, ?, ? FROM track WHERE id = ?`,
        analysis?.loudness ?? null,
        analysis?.peak ?? null,
        analysis?.histogram ?? '',
        id,
      )
      if (analysis !== undefined && changes > 0)
        database.run('INSERT INTO waveform (track_id, waveform) VALUES (?, ?)', id, analysis.waveform)
    })
  },

  /** Returns what was measured of a track, and of its album if all tracks of that were. */
  readLoudness(database: Database, id: TrackId): MeasuredLoudness | undefined {
    const row = database.get<LoudnessRow>(
      `SELECT loudness, peak, histogram FROM track JOIN loudness ON track_id = track.id
       WHERE track.id = ? AND version = ${soundVersion}`,
      id,
    )
    if (row === undefined || row.peak === null) return undefined
    return { loudness: row.loudness ?? undefined, peak: row.peak, ...readAlbumLoudness(database, id) }
  },

  /** Returns a waveform in base64; undefined if the present sound of the track was not analyzed. */
  readWaveform(database: Database, id: TrackId): string | undefined {
    return database.get<{ waveform: string }>(
      `SELECT waveform FROM track JOIN loudness ON loudness.track_id = track.id
         JOIN waveform ON waveform.track_id = track.id
       WHERE track.id = ? AND version = ${soundVersion}`,
      id,
    )?.waveform
  },

  /** Returns the next tracks to analyze in the sequence of their ids, and how many there are in all. */
  listUnanalyzed(database: Database, { after, limit }: { after: TrackId; limit: number }): UnanalyzedTracks {
    const count = (condition: string): number =>
      database.get<{ count: number }>(`SELECT count(*) AS count FROM ${openTracks} ${condition}`)?.count ?? 0
    const rows = database.all<{ id: number }>(
      `SELECT id FROM ${openTracks} AND id > ? AND NOT ${hasAnalysis} ORDER BY id LIMIT ?`,
      after,
      limit,
    )
    return { ids: rows.map(({ id }) => id), total: count(''), done: count(`AND ${hasAnalysis}`) }
  },
}

/** The tracks of an album have the same album tag, in one folder or in folders for its discs. */
function readAlbumLoudness(
  database: Database,
  id: TrackId,
): Pick<MeasuredLoudness, 'albumLoudness' | 'albumPeak'> {
  const rows = albumRows(database, id)
  if (rows.length === 0 || rows.some(({ histogram }) => histogram === null)) return {}
  const album = new LoudnessHistogram()
  for (const { histogram } of rows) album.add(LoudnessHistogram.decode(decodeBytes(histogram ?? '')))
  return { albumLoudness: album.loudness, albumPeak: Math.max(...rows.map(({ peak }) => peak ?? 0)) }
}

interface AlbumRow {
  readonly peak: number | null
  /** Null if the track was not analyzed. */
  readonly histogram: string | null
}

function albumRows(database: Database, id: TrackId): readonly AlbumRow[] {
  const track = database.get<{ folder_id: number | null; path: string; album: string | null }>(
    `SELECT folder_id, path, ${albumTag} AS album FROM track WHERE id = ?`,
    id,
  )
  if (track === undefined || track.album === null) return []
  const folder = albumFolder(track.path)
  const prefix = folder === '' ? '' : `${folder}/`
  return database
    .all<AlbumRow & { path: string }>(
      `SELECT path, peak, histogram FROM track
         LEFT JOIN loudness ON track_id = track.id AND version = ${soundVersion}
       WHERE folder_id IS ? AND path >= ? AND path < ? AND unavailable_since IS NULL
         AND ${albumTag} = ?`,
      track.folder_id,
      prefix,
      `${prefix}\u{10ffff}`,
      track.album,
    )
    .filter(({ path }) => albumFolder(path) === folder)
}
