import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { TrackId, TrackTags } from '../../../shared/library/track.ts'
import { errorCode } from '../../platform/node-errors.ts'
import { toSystemPath } from '../../platform/system-path.ts'
import { userDisks } from '../../platform/user-disk.ts'
import type { DatabaseClient } from '../database/database-client.ts'
import type { StoredCandidate } from '../database/requests/scan-requests.ts'
import { isPresent } from '../listing/folder-presence.ts'
import { fileVersion } from '../tags/file-version.ts'
import { type CandidateTrack, chooseTracks, type UnassignedFile, type Whereabouts } from './choose-tracks.ts'

/** A file to find the track of. */
export interface FileToAssign extends UnassignedFile {
  /** Undefined for an external file. */
  readonly folderId: number | undefined
}

export interface AssignedTracks {
  /** The track of each file; undefined for a new one. */
  readonly tracks: readonly (TrackId | undefined)[]
  /** The tracks that were at the path of a file and lose it to another one. */
  readonly displaced: readonly TrackId[]
  /** The former paths of the tracks. */
  readonly moved: readonly { readonly id: TrackId; readonly folderId: number | null; readonly path: string }[]
}

/** Finds the tracks that files belong to. Keep it for one scan: it remembers which folders are there. */
export class TrackFinder {
  readonly #database: DatabaseClient
  readonly #presentFolders = new Map<string, Promise<boolean>>()

  constructor(database: DatabaseClient) {
    this.#database = database
  }

  async find(files: readonly FileToAssign[]): Promise<AssignedTracks> {
    const keys = files.map(({ folderId, path, audioHash, version }) => ({
      folderId,
      path,
      audioHash,
      fileId: version.fileId,
    }))
    const stored = await this.#database.request('findCandidates', keys)
    if (stored.length === 0) return { tracks: files.map(() => undefined), displaced: [], moved: [] }
    const versions = new Map(files.map(({ file, version }) => [file, version]))
    const candidates: CandidateTrack[] = []
    for (const record of stored) {
      const file = record.folderPath === null ? record.path : join(record.folderPath, record.path)
      const here = versions.get(file)
      const whereabouts =
        here === undefined
          ? await this.#locate(record, file)
          : here.fileId === undefined || here.fileId === record.fileId
            ? 'present'
            : 'replaced'
      candidates.push(makeCandidate(record, file, whereabouts))
    }
    const tracks = chooseTracks(files, candidates)
    const chosen = new Set(tracks)
    const paths = new Set(files.map(({ folderId, path }) => `${folderId ?? 'null'}/${path}`))
    const hasPathOfFile = ({ folderId, path }: StoredCandidate) => paths.has(`${folderId}/${path}`)
    return {
      tracks,
      displaced: stored.flatMap((record) =>
        hasPathOfFile(record) && !chosen.has(record.id) ? [record.id] : [],
      ),
      moved: stored.flatMap(({ id, folderId, path }) => (chosen.has(id) ? [{ id, folderId, path }] : [])),
    }
  }

  async #locate({ folderPath, fileId, isOpen }: StoredCandidate, file: string): Promise<Whereabouts> {
    const folder = folderPath ?? dirname(file)
    if (!(await this.#isPresent(folder))) return isOpen === 1 ? 'present' : 'away'
    try {
      const stats = await userDisks.access(dirname(file), () => stat(toSystemPath(file), { bigint: true }))
      const present = fileVersion(stats).fileId
      return present === undefined || fileId === null || present === fileId ? 'present' : 'replaced'
    } catch (error) {
      const code = errorCode(error)
      return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'present'
    }
  }

  async #isPresent(folder: string): Promise<boolean> {
    let present = this.#presentFolders.get(folder)
    if (present === undefined) {
      present = isPresent(folder)
      this.#presentFolders.set(folder, present)
    }
    return await present
  }
}

function makeCandidate(record: StoredCandidate, file: string, whereabouts: Whereabouts): CandidateTrack {
  const { id, path, size, modifiedNs, fileId, audioHash } = record
  return {
    id,
    file,
    path,
    whereabouts,
    version: { size, modifiedNs, fileId: fileId ?? undefined },
    audioHash: audioHash ?? undefined,
    song: readSong(record.tags),
  }
}

function readSong(text: string): UnassignedFile['song'] {
  const { title, artists, album, disc, number, duration } = JSON.parse(text) as TrackTags
  return { title, artists, album, disc, number, duration }
}
