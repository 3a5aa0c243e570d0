import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { TrackId, TrackTags } from '../../../shared/library/track.ts'
import { errorCode } from '../../platform/node-errors.ts'
import { toSystemPath } from '../../platform/system-path.ts'
import { userDisks } from '../../platform/user-disk.ts'
import type { DatabaseClient } from '../database/database-client.ts'
import {
  type CandidateGroup,
  candidatesPerGroup,
  type StoredCandidate,
} from '../database/requests/identity-requests.ts'
import { isPresent } from '../listing/folder-presence.ts'
import { fileVersion } from '../tags/file-version.ts'
import {
  type CandidateTrack,
  chooseTracks,
  chooseTracksByTags,
  type UnassignedFile,
  type Whereabouts,
} from './choose-tracks.ts'
import { isIdentified } from './same-song.ts'

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
  /** Of groups with many tracks, those that have lost their file. */
  readonly #lostInLargeGroups = new Map<string, readonly StoredCandidate[]>()
  /** Links to one file have the same sound too: each is looked for once. */
  readonly #presentInLargeGroups = new Set<TrackId>()
  readonly #chosen = new Set<TrackId>()
  /** The last track from before the first file. */
  #lastKnown: Promise<TrackId> | undefined

  constructor(database: DatabaseClient) {
    this.#database = database
  }

  async find(files: readonly FileToAssign[]): Promise<AssignedTracks> {
    this.#lastKnown ??= this.#database.request('readLastTrack')
    const stored = [...(await this.#readCandidates(files))]
    const tracks = chooseTracks(files, await this.#locateAll(stored, files))
    await this.#findByTags(files, tracks, stored)
    for (const track of tracks) if (track !== undefined) this.#chosen.add(track)
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

  /** Returns the tracks that the files may belong to, each once. */
  async #readCandidates(files: readonly FileToAssign[]): Promise<Iterable<StoredCandidate>> {
    const unlessLarge = (group: CandidateGroup, value: string | undefined) =>
      value === undefined || this.#lostInLargeGroups.has(groupKey(group, value)) ? undefined : value
    const keys = files.map(({ folderId, path, audioHash, version: { fileId } }) => ({
      folderId,
      path,
      audioHash: unlessLarge('audioHash', audioHash),
      fileId: unlessLarge('fileId', fileId),
    }))
    const { candidates, incomplete } = await this.#database.request('findCandidates', keys)
    for (const { group, value } of incomplete) await this.#readLargeGroup(group, value)
    const found = new Map(candidates.map((record) => [record.id, record]))
    for (const { audioHash = '', version } of files)
      for (const key of [groupKey('audioHash', audioHash), groupKey('fileId', version.fileId ?? '')])
        for (const record of this.#lostInLargeGroups.get(key) ?? [])
          if (!this.#chosen.has(record.id)) found.set(record.id, record)
    return found.values()
  }

  /** Thousands of files can be links to one, or have the same sound. Only those that are not there can be chosen. */
  async #readLargeGroup(group: CandidateGroup, value: string): Promise<void> {
    const lost: StoredCandidate[] = []
    for (let after: TrackId | undefined = 0; after !== undefined; ) {
      const records: StoredCandidate[] = await this.#database.request('readCandidates', {
        group,
        value,
        after,
      })
      for (const record of records) {
        if (this.#presentInLargeGroups.has(record.id)) continue
        if ((await this.#locate(record)) === 'present') this.#presentInLargeGroups.add(record.id)
        else lost.push(record)
      }
      after = records.length === candidatesPerGroup ? records.at(-1)?.id : undefined
    }
    this.#lostInLargeGroups.set(groupKey(group, value), lost)
  }

  /** Completes the tracks by those of files that were replaced and moved at once. */
  async #findByTags(
    files: readonly FileToAssign[],
    tracks: (TrackId | undefined)[],
    stored: StoredCandidate[],
  ): Promise<void> {
    const last = (await this.#lastKnown) ?? 0
    const unassigned = files.filter((_file, index) => tracks[index] === undefined)
    const songs = unassigned.flatMap(({ song: { title, album, number }, song }) =>
      isIdentified(song) && album !== undefined && number !== undefined ? [{ title, album, number }] : [],
    )
    // The first scan of a library has nothing to find.
    if (last === 0 || songs.length === 0) return
    const known = new Set(stored.map(({ id }) => id))
    const same = await this.#database.request('findSameSongs', { songs, last })
    const others = same.filter(({ id }) => !known.has(id) && !this.#chosen.has(id))
    const found = chooseTracksByTags(unassigned, await this.#locateAll(others, files))
    const trackOf = new Map(unassigned.map((file, index) => [file, found[index]]))
    for (const [index, file] of files.entries()) tracks[index] ??= trackOf.get(file)
    stored.push(...others)
  }

  async #locateAll(
    stored: readonly StoredCandidate[],
    files: readonly FileToAssign[],
  ): Promise<CandidateTrack[]> {
    const versions = new Map(files.map(({ file, version }) => [file, version]))
    const candidates: CandidateTrack[] = []
    for (const record of stored) {
      const here = versions.get(fileOf(record))
      const whereabouts =
        here === undefined
          ? await this.#locate(record)
          : here.fileId === undefined || here.fileId === record.fileId
            ? 'present'
            : 'replaced'
      candidates.push(makeCandidate(record, whereabouts))
    }
    return candidates
  }

  async #locate(record: StoredCandidate): Promise<Whereabouts> {
    const { folderPath, fileId, isOpen } = record
    const file = fileOf(record)
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

const groupKey = (group: CandidateGroup, value: string): string => `${group}\n${value}`

const fileOf = ({ folderPath, path }: StoredCandidate): string =>
  folderPath === null ? path : join(folderPath, path)

function makeCandidate(record: StoredCandidate, whereabouts: Whereabouts): CandidateTrack {
  const { id, path, size, modifiedNs, fileId, audioHash } = record
  return {
    id,
    file: fileOf(record),
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
