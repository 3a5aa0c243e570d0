import type { CoverId } from '../../shared/library/track.ts'
import type { CoverLocation } from './readers/scan-messages.ts'
import type { Picture } from './tags/picture.ts'

/** A file to read a cover from: a picture, or a track that contains one. */
export interface CoverSource {
  readonly file: string
  readonly location: CoverLocation
}

export interface StoredCover {
  /** The key of the picture's content. */
  readonly key: string
  readonly sources: readonly CoverSource[]
}

const maxCachedBytes = 32 * 1024 * 1024

/** Reads a cover in a scan thread: nothing from a file is parsed in this one. */
type CoverReader = (file: string, location: CoverLocation) => Promise<Picture | undefined>

/** Finds a few files with a cover; more are needed only if all of these disappear. */
type CoverFinder = (id: CoverId) => Promise<StoredCover | undefined>

/** The library's pictures by id. Only recently used ones are in memory. */
export class Covers {
  readonly #readCover: CoverReader
  readonly #find: CoverFinder
  /** Least recently used first. */
  readonly #cache = new Map<CoverId, Picture>()
  readonly #reading = new Map<CoverId, Promise<Picture | undefined>>()
  #cachedBytes = 0

  constructor(readCover: CoverReader, find: CoverFinder) {
    this.#readCover = readCover
    this.#find = find
  }

  /** Resolves with undefined for an unknown id, and for a picture that no longer is in any of its files. */
  async read(id: CoverId): Promise<Picture | undefined> {
    const cached = this.#cache.get(id)
    if (cached !== undefined) {
      this.#cache.delete(id)
      this.#cache.set(id, cached)
      return cached
    }
    let reading = this.#reading.get(id)
    if (reading === undefined) {
      reading = this.#readFirstAvailable(id).finally(() => this.#reading.delete(id))
      this.#reading.set(id, reading)
      reading.then((picture) => this.#cachePicture(id, picture))
    }
    return await reading
  }

  #cachePicture(id: CoverId, picture: Picture | undefined): void {
    if (picture === undefined || this.#cache.has(id)) return
    this.#cache.set(id, picture)
    this.#cachedBytes += picture.bytes.length
    for (const [oldest, { bytes }] of this.#cache) {
      if (this.#cachedBytes <= maxCachedBytes) return
      this.#cache.delete(oldest)
      this.#cachedBytes -= bytes.length
    }
  }

  async #readFirstAvailable(id: CoverId): Promise<Picture | undefined> {
    for (const { file, location } of (await this.#find(id))?.sources ?? []) {
      const picture = await this.#readCover(file, location)
      if (picture !== undefined) return picture
    }
    return undefined
  }
}
