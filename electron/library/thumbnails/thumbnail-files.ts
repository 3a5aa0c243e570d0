import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ThumbnailSize } from '../../../shared/host-api.ts'
import { asPicture, type Picture } from '../tags/picture.ts'

/** Enough for the covers of 8,000 albums. */
const defaultMaxBytes = 256 * 1024 * 1024
/** The share that remains after old files were removed. */
const keptShare = 0.8

/** Thumbnails in a folder, by the keys of their pictures. Beyond a maximum of bytes, the oldest ones are removed. */
export class ThumbnailFiles {
  readonly #folder: string
  readonly #maxBytes: number
  /** The bytes in the folder; undefined before they were counted. */
  #bytes: number | undefined
  /** Writes and removals run one after the other. */
  #writing: Promise<void> = Promise.resolve()
  #lastTemporary = 0

  constructor(folder: string, maxBytes = defaultMaxBytes) {
    this.#folder = folder
    this.#maxBytes = maxBytes
  }

  /** Resolves with undefined if there is no such file, or if it is damaged. */
  async read(key: string, size: ThumbnailSize): Promise<Picture | undefined> {
    try {
      return asPicture(await readFile(this.#path(key, size)))
    } catch {
      return undefined
    }
  }

  /** A thumbnail that cannot be written is made again at the next start. */
  write(key: string, size: ThumbnailSize, { bytes }: Picture): void {
    this.#writing = this.#writing.then(() => this.#write(this.#path(key, size), bytes)).catch(() => undefined)
  }

  /** Resolves when everything is written. */
  async settled(): Promise<void> {
    await this.#writing
  }

  async #write(path: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const temporary = join(this.#folder, `.${process.pid}-${++this.#lastTemporary}`)
    try {
      await writeFile(temporary, bytes, { mode: 0o600 })
      await rename(temporary, path)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
    // Counted after the first file is there, so that it is counted once.
    this.#bytes = this.#bytes === undefined ? await this.#count() : this.#bytes + bytes.length
    if (this.#bytes > this.#maxBytes) await this.#removeOldest()
  }

  async #count(): Promise<number> {
    return (await this.#list()).reduce((sum, { size }) => sum + size, 0)
  }

  async #removeOldest(): Promise<void> {
    const files = (await this.#list()).sort((a, b) => a.modified - b.modified)
    let bytes = files.reduce((sum, { size }) => sum + size, 0)
    for (const { path, size } of files) {
      if (bytes <= this.#maxBytes * keptShare) break
      await rm(path, { force: true })
      bytes -= size
    }
    this.#bytes = bytes
  }

  async #list(): Promise<{ path: string; size: number; modified: number }[]> {
    const files: { path: string; size: number; modified: number }[] = []
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name)
      const stats = await stat(path).catch(() => undefined)
      if (stats?.isFile()) files.push({ path, size: stats.size, modified: stats.mtimeMs })
    }
    return files
  }

  /** Keys are base64, which has characters that a file name cannot have. */
  #path(key: string, size: ThumbnailSize): string {
    return join(this.#folder, `${Buffer.from(key, 'base64').toString('base64url')}-${size}`)
  }
}
