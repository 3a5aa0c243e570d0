import { join } from 'node:path'
import { m } from '../../shared/i18n/messages.js'
import type { FileProblem } from '../../shared/library/track.ts'
import { findNamedPath, findPictureBeside, resolveExternalFiles } from '../library/external-files.ts'
import { isPlaylistName } from '../library/playlists/parse-playlist.ts'
import { ScanWorkerPool } from '../library/scan-worker-pool.ts'
import { describeReadError } from '../library/tags/read-errors.ts'
import { type FoundFile, walk } from '../library/walk.ts'
import { statUserPath } from '../platform/user-disk.ts'
import { describeFile } from './describe-file.ts'
import { OrderedLines } from './ordered-lines.ts'

/** The standard output, or a stand-in for it. */
export interface Output {
  /** Resolves when there is room for more. Rejects when nobody reads it any more. */
  writeLine(line: string): Promise<void>
}

/** Lines that wait for the output before no further file is read. */
const maxWaitingLines = 1000
const filesPerBatch = 16

/**
 * Prints one line of JSON for each audio file and playlist that the absolute `paths` stand for, read as the scan reads
 * them. Resolves with the exit code: 0, or 1 if something could not be read.
 */
export async function inspect(paths: readonly string[], output: Output): Promise<0 | 1> {
  const inspection = new Inspection(output)
  try {
    for (const path of paths) await inspection.addPath(path)
    return await inspection.end()
  } finally {
    await inspection.close()
  }
}

class Inspection {
  readonly #output: Output
  readonly #pool = new ScanWorkerPool()
  readonly #lines = new OrderedLines((line) => this.#print(line))
  readonly #pictures = new Map<string, string | undefined>()
  /** The folder in which entries of playlists are searched by their names, like in the library's. */
  #folder: string | undefined
  #printing: Promise<void> = Promise.resolve()
  #waitingLines = 0
  #code: 0 | 1 = 0

  constructor(output: Output) {
    this.#output = output
  }

  async addPath(named: string): Promise<void> {
    const path = await findNamedPath(named)
    try {
      const stats = await statUserPath(path)
      if (stats.isDirectory()) await this.#addFolder(path)
      else if (isPlaylistName(path)) await this.#addPlaylist(path)
      else
        await this.#readFiles([{ file: path, path, picture: await findPictureBeside(path, this.#pictures) }])
    } catch (error) {
      this.#addProblem({ path, reason: describeReadError(error, 'file', path) })
    }
  }

  /** Resolves when every line is written. */
  async end(): Promise<0 | 1> {
    await this.#pool.idle()
    await this.#printing
    return this.#code
  }

  async close(): Promise<void> {
    await this.#pool.close()
  }

  async #addFolder(folder: string): Promise<void> {
    this.#folder ??= folder
    for await (const { files, problems } of walk(folder, new AbortController().signal)) {
      await this.#readFiles(files)
      for (const { path, reason } of problems) this.#addProblem({ path: join(folder, path), reason })
    }
  }

  async #addPlaylist(path: string): Promise<void> {
    const { files, problems, unlistedProblems, limits } = await resolveExternalFiles(
      [path],
      this.#folder === undefined ? [] : [this.#folder],
    )
    if (problems.length > 0 || limits.length > 0) this.#code = 1
    const unlisted = unlistedProblems > 0 ? [m.inspect_more_problems({ count: unlistedProblems })] : []
    this.#addLine({
      path,
      paths: files.map(({ file }) => file),
      warnings: [...limits, ...problems.map((problem) => `${problem.path}: ${problem.reason}`), ...unlisted],
    })
  }

  /** Waits while the threads or the output have enough to do. */
  async #readFiles(files: readonly FoundFile[]): Promise<void> {
    for (let start = 0; start < files.length; start += filesPerBatch) {
      if (this.#waitingLines > maxWaitingLines) await this.#printing
      const numbers = new Map<FoundFile, number>()
      const batch = files.slice(start, start + filesPerBatch)
      for (const file of batch) numbers.set(file, this.#lines.reserve())
      await this.#pool.read(batch, (read, results) => {
        for (const [index, found] of read.entries()) {
          const result = results[index]
          if (result === undefined) continue
          if ('reason' in result) this.#code = 1
          this.#lines.fill(numbers.get(found) ?? 0, JSON.stringify(describeFile(found.file, result)))
        }
      })
    }
  }

  #addProblem({ path, reason }: FileProblem): void {
    this.#code = 1
    this.#addLine({ path, error: reason })
  }

  #addLine(content: object): void {
    this.#lines.fill(this.#lines.reserve(), JSON.stringify(content))
  }

  #print(line: string): void {
    this.#waitingLines++
    this.#printing = this.#printing.then(async () => {
      await this.#output.writeLine(line)
      this.#waitingLines--
    })
    // The end of the inspection reports the error.
    this.#printing.catch(() => undefined)
  }
}
