import type { TrackId } from '../../../../shared/library/track.ts'
import { titleExpression } from '../migrations/index-titles.ts'
import type { Database } from '../sqlite/sqlite.ts'
import { encodeText } from '../sqlite/sqlite-text.ts'

/** A file that is to get a track. */
export interface IdentityKeys {
  /** Undefined for an external file. */
  readonly folderId: number | undefined
  readonly path: string
  readonly fileId: string | undefined
  readonly audioHash: string | undefined
}

/** The tags by which a track is found whose file is another one than before. */
export interface SongKeys {
  readonly title: string
  readonly album: string
  readonly number: number
}

/** A track that one of several files may belong to. */
export interface StoredCandidate {
  readonly id: TrackId
  readonly path: string
  readonly size: number
  readonly modifiedNs: string
  readonly fileId: string | null
  readonly audioHash: string | null
  /** A `TrackTags` as JSON. */
  readonly tags: string
  /** Null for an external file. */
  readonly folderId: number | null
  readonly folderPath: string | null
  readonly isOpen: number | null
}

/** What the tracks of a group have in common. */
export type CandidateGroup = 'fileId' | 'audioHash'

export interface FoundCandidates {
  readonly candidates: readonly StoredCandidate[]
  /** The groups of which `candidates` has only the first tracks. */
  readonly incomplete: readonly { readonly group: CandidateGroup; readonly value: string }[]
}

/** The tracks of one group in one result. */
export const candidatesPerGroup = 50

/** Tracks with the tags of one song: a folder may contain thousands of files called Track 1. */
const maxSameSongs = 500

const columns: Readonly<Record<CandidateGroup, string>> = { fileId: 'file_id', audioHash: 'audio_hash' }

const selectCandidates = `SELECT track.id AS id, track.path AS path, size, modified_ns AS modifiedNs, file_id AS fileId,
  audio_hash AS audioHash, tags, folder_id AS folderId, folder.path AS folderPath, is_open AS isOpen
  FROM track LEFT JOIN folder ON folder.id = folder_id`

export const identityRequests = {
  /** Returns the tracks with the path, the number or the sound of one of the files. */
  findCandidates(database: Database, files: readonly IdentityKeys[]): FoundCandidates {
    const found = new Map<TrackId, StoredCandidate>()
    const incomplete: { group: CandidateGroup; value: string }[] = []
    for (const folderId of new Set(files.map((file) => file.folderId ?? null))) {
      const paths = files.flatMap((file) => ((file.folderId ?? null) === folderId ? file.path : []))
      for (const path of findKnown(database, hasPath, paths, folderId))
        for (const row of database.all<StoredCandidate>(
          `${selectCandidates} WHERE ${hasPath('?')}`,
          folderId,
          path,
        ))
          found.set(row.id, row)
    }
    for (const group of ['fileId', 'audioHash'] as const) {
      const values = files.flatMap((file) => file[group] ?? [])
      for (const value of findKnown(database, (given) => `${columns[group]} = ${given}`, values)) {
        const rows = readGroup(database, group, value, 0)
        for (const row of rows) found.set(row.id, row)
        if (rows.length === candidatesPerGroup) incomplete.push({ group, value })
      }
    }
    return { candidates: [...found.values()], incomplete }
  },

  /** Returns further tracks of a group, in the sequence of their ids. */
  readCandidates(
    database: Database,
    { group, value, after }: { group: CandidateGroup; value: string; after: TrackId },
  ): StoredCandidate[] {
    return readGroup(database, group, value, after)
  },

  /** Returns tracks with the tags of one of these songs, of those up to the id `last`; missing ones first. */
  findSameSongs(
    database: Database,
    { songs, last }: { songs: readonly SongKeys[]; last: TrackId },
  ): StoredCandidate[] {
    const found = new Map<TrackId, StoredCandidate>()
    for (const { title, album, number } of songs)
      for (const row of database.all<StoredCandidate>(
        `${selectCandidates} WHERE ${titleExpression} = ? AND json_extract(tags, '$.album') = ?
         AND json_extract(tags, '$.number') = ? AND track.id <= ?
         ORDER BY track.unavailable_since IS NULL LIMIT ${maxSameSongs}`,
        title,
        album,
        number,
        last,
      ))
        found.set(row.id, row)
    return [...found.values()]
  },

  /** Returns the highest id of a track, 0 if there is none. */
  readLastTrack(database: Database): TrackId {
    return database.get<{ last: number | null }>('SELECT max(id) AS last FROM track')?.last ?? 0
  },
}

const hasPath = (path: string): string =>
  `folder_id IS ? AND track.path = ${path} AND track.unavailable_since IS NULL`

/**
 * Returns those of the values with which a track fulfils the condition. One statement examines all of them: in a first scan
 * there is none. Each is returned once: thousands of files may be links to one, or have the same sound.
 */
function findKnown(
  database: Database,
  condition: (value: string) => string,
  values: readonly string[],
  ...parameters: readonly (number | null)[]
): string[] {
  const distinct = [...new Set(values)]
  const row = database.get<{ positions: string }>(
    `SELECT json_group_array(given.key) AS positions FROM json_each(?) AS given
     WHERE EXISTS (SELECT 1 FROM track WHERE ${condition('given.value')})`,
    JSON.stringify(distinct.map(encodeText)),
    ...parameters,
  )
  const positions = JSON.parse(row?.positions ?? '[]') as readonly number[]
  return positions.flatMap((position) => distinct[position] ?? [])
}

const readGroup = (
  database: Database,
  group: CandidateGroup,
  value: string,
  after: TrackId,
): StoredCandidate[] =>
  database.all<StoredCandidate>(
    `${selectCandidates} WHERE ${columns[group]} = ? AND track.id > ? ORDER BY track.id LIMIT ${candidatesPerGroup}`,
    value,
    after,
  )
