import { parseStoredTracks } from '../../shared/library/stored-track.ts'
import type { FileProblem, Track, TrackId } from '../../shared/library/track.ts'
import { displayPath } from '../platform/system-path.ts'
import type { DatabaseClient } from './database/database-client.ts'
import { newTrack, type ReadTrack } from './database/requests/stored-tracks.ts'
import { TrackFinder } from './identity/find-tracks.ts'
import type { TrackReadResult } from './tracks/read-track.ts'
import type { FoundFile } from './walk.ts'

type ReadTags = Extract<TrackReadResult, { tags: unknown }>

/** A file that was read. */
export interface ReadExternalFile {
  readonly found: FoundFile
  readonly read: ReadTags
}

/** The result of reading files that the user names. */
export interface ExternalReadResult {
  readonly read: readonly ReadExternalFile[]
  readonly problems: readonly FileProblem[]
}

/** Separates the files that could be read from the others. */
export function sortResults(
  files: readonly FoundFile[],
  results: readonly TrackReadResult[],
): ExternalReadResult {
  const read: ReadExternalFile[] = []
  const problems: FileProblem[] = []
  for (const [index, found] of files.entries()) {
    const result = results[index]
    if (result === undefined) continue
    if ('reason' in result) problems.push({ path: displayPath(found.file), reason: result.reason })
    else read.push({ found, read: result })
  }
  return { read, problems }
}

const filesPerWrite = 250

/** Stores files from outside of the open folders as tracks without a folder, and returns them in their order. */
export async function saveExternalTracks(
  database: DatabaseClient,
  files: readonly ReadExternalFile[],
): Promise<Track[]> {
  const finder = new TrackFinder(database)
  const tracks: Track[] = []
  for (let start = 0; start < files.length; start += filesPerWrite)
    for (const track of await saveSome(database, finder, files.slice(start, start + filesPerWrite)))
      tracks.push(track)
  return tracks
}

async function saveSome(
  database: DatabaseClient,
  finder: TrackFinder,
  files: readonly ReadExternalFile[],
): Promise<Track[]> {
  const assigned = await finder.find(
    files.map(({ found, read }) => ({
      folderId: undefined,
      file: found.file,
      path: found.file,
      version: read.version ?? noVersion,
      audioHash: read.audioHash,
      song: read.tags,
    })),
  )
  const tracks = files.map((file, position) => storedTrack(file, assigned.tracks[position] ?? newTrack))
  const saved = await database.request('saveTracks', { tracks, now: Date.now() })
  return await readExternalTracks(
    database,
    saved.map(({ id }) => id),
  )
}

/** Returns stored tracks in the order of their ids here. */
export async function readExternalTracks(
  database: DatabaseClient,
  ids: readonly TrackId[],
): Promise<Track[]> {
  const tracks = new Map<TrackId, Track>()
  const text = await database.request('readTracksById', ids)
  for (const track of parseStoredTracks({ text, labels: {} })) tracks.set(track.id, track)
  return ids.flatMap((id) => tracks.get(id) ?? [])
}

const noVersion = { size: -1, modifiedNs: '', fileId: undefined }

function storedTrack({ found, read }: ReadExternalFile, id: TrackId): ReadTrack {
  const { tags, cover, audioHash, version = noVersion } = read
  const path = cover?.location === 'beside' && found.picture !== undefined ? found.picture : found.file
  return {
    id,
    folderId: undefined,
    path: found.file,
    size: version.size,
    modifiedNs: version.modifiedNs,
    fileId: version.fileId,
    audioHash,
    tags: JSON.stringify(tags),
    cover: cover && { key: cover.key, location: cover.location, path },
  }
}
