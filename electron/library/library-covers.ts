import type { ThumbnailSize } from '../../shared/host-api.ts'
import type { CoverId } from '../../shared/library/track.ts'
import { Covers, type StoredCover } from './covers.ts'
import type { DatabaseClient } from './database/database-client.ts'
import type { ScanWorkerPool } from './scan-worker-pool.ts'
import { absolutePath } from './scanning/open-folder.ts'
import type { Picture } from './tags/picture.ts'
import { ThumbnailCache } from './thumbnails/thumbnail-cache.ts'
import { ThumbnailFiles } from './thumbnails/thumbnail-files.ts'

/** The pictures that the database knows, and their thumbnails. */
export class LibraryCovers {
  readonly #workerPool: ScanWorkerPool
  readonly #database: DatabaseClient
  readonly #covers: Covers
  readonly #thumbnails: ThumbnailCache

  /** Without a folder for thumbnails, these are made again at each start. */
  constructor(workerPool: ScanWorkerPool, database: DatabaseClient, thumbnailFolder?: string) {
    this.#workerPool = workerPool
    this.#database = database
    this.#covers = new Covers(
      (file, location) => workerPool.readCover(file, location),
      (id) => this.#find(id),
    )
    this.#thumbnails = new ThumbnailCache(
      thumbnailFolder === undefined ? undefined : new ThumbnailFiles(thumbnailFolder),
    )
  }

  /** With a size, resolves with a thumbnail; with the whole picture if there can be none. */
  async read(id: CoverId, size?: ThumbnailSize): Promise<Picture | undefined> {
    const thumbnail = size === undefined ? undefined : await this.#readThumbnail(id, size)
    return thumbnail ?? (await this.#covers.read(id))
  }

  async #readThumbnail(id: CoverId, size: ThumbnailSize): Promise<Picture | undefined> {
    const cover = await this.#find(id)
    if (cover === undefined) return undefined
    return await this.#thumbnails.read(cover.key, size, async () => {
      for (const { file, location } of cover.sources) {
        const thumbnails = await this.#workerPool.makeThumbnails(file, location)
        if (thumbnails !== undefined) return thumbnails
      }
      return undefined
    })
  }

  /** Without the database there is no picture. */
  async #find(id: CoverId): Promise<StoredCover | undefined> {
    const sources = await this.#database.request('findCoverSources', id).catch(() => [])
    const key = sources[0]?.key
    if (key === undefined) return undefined
    return {
      key,
      sources: sources.map(({ location, path, folderPath }) => ({
        location,
        file: folderPath === null ? path : absolutePath({ root: folderPath }, path),
      })),
    }
  }
}
