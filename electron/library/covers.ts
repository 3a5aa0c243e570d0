import type { CoverId } from '../../shared/library/track.ts'
import type { CoverLocation } from './readers/scan-messages.ts'
import type { Picture } from './tags/picture.ts'

/** A file to read a cover from: a picture, or a track that contains one. */
interface CoverSource {
  readonly file: string
  readonly location: CoverLocation
}

interface Cover {
  readonly id: CoverId
  readonly key: string
  /** The first few files with this picture; more are needed only if all of these disappear. */
  readonly sources: CoverSource[]
}

const maxSources = 3
const maxCachedBytes = 32 * 1024 * 1024

/** Reads a cover in a scan thread: nothing from a file is parsed in this one. */
type CoverReader = (file: string, location: CoverLocation) => Promise<Picture | undefined>

/** The library's pictures, by id and by content. Only recently used ones are in memory. */
export class Covers {
  readonly #readCover: CoverReader
  readonly #byKey = new Map<string, Cover>()
  readonly #byId: Cover[] = []
  /** Least recently used first. */
  readonly #cache = new Map<CoverId, Picture>()
  readonly #reading = new Map<CoverId, Promise<Picture | undefined>>()
  #cachedBytes = 0

  constructor(readCover: CoverReader) {
    this.#readCover = readCover
  }

  /** Returns the id of the picture with this key, the same for all its tracks. */
  add(key: string, source: CoverSource): CoverId {
    let cover = this.#byKey.get(key)
    if (cover === undefined) {
      cover = { id: this.#byId.length + 1, key, sources: [] }
      this.#byKey.set(key, cover)
      this.#byId.push(cover)
    }
    const { sources } = cover
    if (sources.length < maxSources && sources.every(({ file }) => file !== source.file)) sources.push(source)
    return cover.id
  }

  /** Returns the key of a cover's picture, and the files that have it. */
  find(id: CoverId): { readonly key: string; readonly sources: readonly CoverSource[] } | undefined {
    return this.#byId[id - 1]
  }

  /** Resolves with undefined for an unknown id, and for a picture that no longer is in any of its files. */
  async read(id: CoverId): Promise<Picture | undefined> {
    const cached = this.#cache.get(id)
    if (cached !== undefined) {
      this.#cache.delete(id)
      this.#cache.set(id, cached)
      return cached
    }
    const cover = this.#byId[id - 1]
    if (cover === undefined) return undefined
    let reading = this.#reading.get(id)
    if (reading === undefined) {
      reading = this.#readFirstAvailable(cover.sources).finally(() => this.#reading.delete(id))
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

  async #readFirstAvailable(sources: readonly CoverSource[]): Promise<Picture | undefined> {
    for (const { file, location } of sources) {
      const picture = await this.#readCover(file, location)
      if (picture !== undefined) return picture
    }
    return undefined
  }
}
