import { type ThumbnailSize, thumbnailSizes } from '../../../shared/host-api.ts'
import type { Picture } from '../tags/picture.ts'
import type { Thumbnails } from './make-thumbnails.ts'
import type { ThumbnailFiles } from './thumbnail-files.ts'

/** Makes the thumbnails of a picture in a scan thread. Resolves with undefined if that is not possible. */
export type ThumbnailMaker = () => Promise<Thumbnails | undefined>

const maxCachedBytes = 16 * 1024 * 1024

/** Thumbnails by the keys of their pictures. Each is made once; only recently used ones are in memory. */
export class ThumbnailCache {
  readonly #files: ThumbnailFiles | undefined
  /** Least recently used first. */
  readonly #recent = new Map<string, Picture>()
  readonly #making = new Map<string, Promise<Thumbnails | undefined>>()
  /** The keys of pictures that have no thumbnails. */
  readonly #impossible = new Set<string>()
  #recentBytes = 0

  /** Without files, thumbnails are made again at each start. */
  constructor(files?: ThumbnailFiles) {
    this.#files = files
  }

  /** Resolves with undefined if the picture can only be shown as it is. */
  async read(key: string, size: ThumbnailSize, make: ThumbnailMaker): Promise<Picture | undefined> {
    const name = `${size} ${key}`
    const kept = this.#recent.get(name) ?? (await this.#files?.read(key, size))
    // It may have been made meanwhile.
    const recent = kept ?? this.#recent.get(name)
    if (recent !== undefined) {
      this.#keep(name, recent)
      return recent
    }
    if (this.#impossible.has(key)) return undefined
    let making = this.#making.get(key)
    if (making === undefined) {
      making = this.#make(key, make).finally(() => this.#making.delete(key))
      this.#making.set(key, making)
    }
    return (await making)?.[size]
  }

  async #make(key: string, make: ThumbnailMaker): Promise<Thumbnails | undefined> {
    const thumbnails = await make()
    if (thumbnails === undefined) {
      this.#impossible.add(key)
      return undefined
    }
    for (const size of thumbnailSizes) {
      this.#keep(`${size} ${key}`, thumbnails[size])
      this.#files?.write(key, size, thumbnails[size])
    }
    return thumbnails
  }

  #keep(name: string, picture: Picture): void {
    const known = this.#recent.get(name)
    this.#recent.delete(name)
    this.#recent.set(name, picture)
    this.#recentBytes += picture.bytes.length - (known?.bytes.length ?? 0)
    for (const [oldest, { bytes }] of this.#recent) {
      if (this.#recentBytes <= maxCachedBytes) return
      this.#recent.delete(oldest)
      this.#recentBytes -= bytes.length
    }
  }
}
