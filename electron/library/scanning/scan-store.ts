import { type StoredTrack, shownPath, trackFromRecord } from '../../../shared/library/stored-track.ts'
import type { CoverId, Track, TrackId, UnavailableReason } from '../../../shared/library/track.ts'
import { newTrackHistory } from '../../../shared/library/track.ts'
import type { DatabaseClient } from '../database/database-client.ts'
import type { DirectoryRecord } from '../database/requests/stored-folders.ts'
import { newTrack, type ReadTrack } from '../database/requests/stored-tracks.ts'
import { type FileToAssign, TrackFinder } from '../identity/find-tracks.ts'
import type { FileVersion } from '../tags/file-version.ts'
import type { TrackReadResult } from '../tracks/read-track.ts'
import { absolutePath, type OpenFolder } from './open-folder.ts'

/** A file whose tags were read. */
export interface ReadFile {
  readonly path: string
  /** The path below the folder of the picture beside it. */
  readonly picture: string | undefined
  readonly read: Extract<TrackReadResult, { tags: unknown }>
}

/** A file that could not be read. */
export interface UnreadableFile {
  readonly path: string
  readonly reason: string
  readonly version: FileVersion | undefined
}

export interface ScanStoreOptions {
  readonly database: DatabaseClient
  /** The open folder with this id. */
  readonly folderOf: (id: number) => OpenFolder | undefined
  /** Receives every track that was added or has changed. */
  readonly onTracks: (tracks: readonly Track[]) => void
  /** Receives the file of a track whenever it may be another one. */
  readonly onLocation: (id: TrackId, file: string) => void
}

const noVersion: FileVersion = { size: -1, modifiedNs: '', fileId: undefined }
const tracksPerChange = 200

/** Writes what a scan has found to the database and to the index, and publishes it. */
export class ScanStore {
  readonly #options: ScanStoreOptions
  readonly #finder: TrackFinder

  /** Make one for each scan. */
  constructor(options: ScanStoreOptions) {
    this.#options = options
    this.#finder = new TrackFinder(options.database)
  }

  /** Stores the tracks of files, and finds out which of them are known under another path. */
  async saveTracks(folder: OpenFolder, files: readonly ReadFile[]): Promise<void> {
    if (files.length === 0) return
    const assigned = await this.#finder.find(files.map((file) => fileToAssign(folder, file)))
    const now = Date.now()
    const tracks = files.map((file, position) =>
      readTrackOf(folder, file, assigned.tracks[position] ?? newTrack),
    )
    const saved = await this.#options.database.request('saveTracks', { tracks, now })
    for (const { id, folderId, path } of assigned.moved) {
      const index = folderId === null ? undefined : this.#options.folderOf(folderId)?.index
      if (index?.getFile(path)?.id === id) index.removeFile(path)
    }
    const added: Track[] = []
    const changed: TrackId[] = [...assigned.displaced]
    for (const [position, file] of files.entries()) {
      const { id, cover } = saved[position] ?? { id: newTrack, cover: undefined }
      const { size, modifiedNs } = file.read.version ?? noVersion
      folder.index.setFile(file.path, { id, size, modifiedNs, unavailable: undefined })
      this.#options.onLocation(id, folder.source.locate(folder.root, file.path))
      if (assigned.tracks[position] === undefined) added.push(makeTrack(folder, file, { id, cover, now }))
      else changed.push(id)
    }
    if (added.length > 0) this.#options.onTracks(added)
    await this.publish(changed)
  }

  /** Stores why files cannot be read. What is a track already stays one, and is read again by the next scan. */
  async saveProblems(folder: OpenFolder, files: readonly UnreadableFile[]): Promise<void> {
    const problems = files.flatMap(({ path, reason, version = noVersion }) => {
      const known = folder.index.getFile(path)
      const { size, modifiedNs } = version
      if (known?.id !== undefined) {
        folder.index.setFile(path, { ...known, modifiedNs: '' })
        return []
      }
      folder.index.setFile(path, { id: undefined, size, modifiedNs, unavailable: undefined, reason })
      return [{ path, size, modifiedNs, reason }]
    })
    if (problems.length > 0)
      await this.#options.database.request('saveProblems', { folderId: folder.id, problems })
  }

  async deleteProblems(folder: OpenFolder, paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return
    for (const path of paths) folder.index.removeFile(path)
    await this.#options.database.request('deleteProblems', { folderId: folder.id, paths })
  }

  /** Call it when everything in these directories is stored: the next scan may skip them. */
  async saveDirectories(folder: OpenFolder, directories: readonly DirectoryRecord[]): Promise<void> {
    if (directories.length === 0) return
    for (const { path, modifiedNs, picture } of directories)
      folder.index.setDirectory(path, modifiedNs, picture ?? null)
    await this.#options.database.request('saveDirectories', { folderId: folder.id, directories })
  }

  async deleteDirectories(folder: OpenFolder, paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return
    await this.#options.database.request('deleteDirectories', { folderId: folder.id, paths })
    for (const path of paths) if (folder.index.get(path)?.files.size === 0) folder.index.removeDirectory(path)
  }

  async markUnavailable(
    folder: OpenFolder,
    paths: readonly string[],
    reason: UnavailableReason,
  ): Promise<void> {
    const ids = this.#setAvailability(folder, paths, reason)
    if (ids.length === 0) return
    await this.#options.database.request('markUnavailable', { ids, reason, since: Date.now() })
    await this.publish(ids)
  }

  async markAvailable(folder: OpenFolder, paths: readonly string[]): Promise<void> {
    const ids = this.#setAvailability(folder, paths, undefined)
    if (ids.length === 0) return
    await this.#options.database.request('markAvailable', ids)
    await this.publish(ids)
  }

  /** Publishes tracks as they are stored. */
  async publish(ids: readonly TrackId[]): Promise<void> {
    for (let start = 0; start < ids.length; start += tracksPerChange) {
      const text = await this.#options.database.request(
        'readTracksById',
        ids.slice(start, start + tracksPerChange),
      )
      const tracks = (JSON.parse(text) as StoredTrack[]).flatMap((record) => {
        const folder = record.folderId === null ? undefined : this.#options.folderOf(record.folderId)
        return folder === undefined ? [] : [trackFromRecord(record, shownPath(record.path, folder.label))]
      })
      this.#options.onTracks(tracks)
    }
  }

  #setAvailability(
    { index }: OpenFolder,
    paths: readonly string[],
    unavailable: UnavailableReason | undefined,
  ): TrackId[] {
    return paths.flatMap((path) => {
      const file = index.getFile(path)
      if (file?.id === undefined || file.unavailable === unavailable) return []
      index.setFile(path, { ...file, unavailable })
      return [file.id]
    })
  }
}

function fileToAssign(folder: OpenFolder, { path, read }: ReadFile): FileToAssign {
  return {
    folderId: folder.id,
    file: absolutePath(folder, path),
    path,
    version: read.version ?? noVersion,
    audioHash: read.audioHash,
    song: read.tags,
  }
}

function readTrackOf(folder: OpenFolder, { path, picture, read }: ReadFile, id: TrackId): ReadTrack {
  const { size, modifiedNs, fileId } = read.version ?? noVersion
  const { tags, cover, audioHash } = read
  const file = cover?.location === 'beside' && picture !== undefined ? picture : path
  return {
    id,
    folderId: folder.id,
    path,
    size,
    modifiedNs,
    fileId,
    audioHash,
    tags: JSON.stringify(tags),
    ...(cover && { cover: { key: cover.key, location: cover.location, path: file } }),
  }
}

function makeTrack(
  folder: OpenFolder,
  { path, read }: ReadFile,
  { id, cover, now }: { id: TrackId; cover: CoverId | undefined; now: number },
): Track {
  return { id, ...read.tags, ...newTrackHistory(now), cover, path: shownPath(path, folder.label) }
}
