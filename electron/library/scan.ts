import type { ScanProgress } from '../../shared/host-api.ts'
import type { FileProblem } from '../../shared/library/track.ts'
import { noScan } from './feed.ts'
import type { ReadTrack } from './read-track.ts'
import type { ScanCrew } from './scan-crew.ts'
import { type FoundFile, walk } from './walk.ts'

/** A file whose tags were read. */
export interface ReadFile {
  readonly found: FoundFile
  readonly read: Exclude<ReadTrack, { reason: string }>
}

/** Told of what was read since the last call, and where the scan stands. */
export type ScanListener = (
  files: readonly ReadFile[],
  problems: readonly FileProblem[],
  progress: ScanProgress,
) => void

/** Files that travel to a scan thread together: fewer at first, so that the first tracks show early. */
const firstBatch = 4
const fullBatch = 16

/** One walk through a folder and the reading of what it finds. Nothing is told after it was stopped or has ended. */
export class Scan {
  readonly #root: string
  readonly #crew: ScanCrew
  readonly #listener: ScanListener
  readonly #stopping = new AbortController()
  #progress: ScanProgress = { ...noScan, running: true }
  #pending: FoundFile[] = []

  constructor(root: string, crew: ScanCrew, listener: ScanListener) {
    this.#root = root
    this.#crew = crew
    this.#listener = listener
  }

  get progress(): ScanProgress {
    return this.#progress
  }

  /** Resolves at the end, or soon after `stop`. To be called once. */
  async run(): Promise<void> {
    const { signal } = this.#stopping
    this.#crew.begin((files, results) => this.#take(files, results))
    for await (const { files, problems } of walk(this.#root, signal)) {
      if (signal.aborted) return
      const seen = files.length + problems.length
      this.#tell([], problems, { found: this.#progress.found + seen })
      this.#pending = this.#pending.concat(files)
      await this.#send()
    }
    if (this.#pending.length > 0 && !signal.aborted) await this.#crew.read(this.#pending)
    if (signal.aborted) return
    this.#tell([], [], { walked: true })
    await this.#crew.idle()
    if (!signal.aborted) this.#tell([], [], { running: false })
  }

  /** Ends it early. Answers where it stood. */
  stop(): ScanProgress {
    if (this.#progress.running) {
      this.#stopping.abort()
      this.#crew.cancel()
      this.#progress = { ...this.#progress, running: false, stopped: true }
    }
    return this.#progress
  }

  /** Sends the threads every full batch of what was found. Waits while they have enough to do. */
  async #send(): Promise<void> {
    let sent = 0
    while (!this.#stopping.signal.aborted) {
      const size = this.#progress.read === 0 ? firstBatch : fullBatch
      if (this.#pending.length < sent + size) break
      await this.#crew.read(this.#pending.slice(sent, sent + size))
      sent += size
    }
    this.#pending = this.#pending.slice(sent)
  }

  #take(files: readonly FoundFile[], results: readonly ReadTrack[]): void {
    const read: ReadFile[] = []
    const problems: FileProblem[] = []
    for (const [index, found] of files.entries()) {
      const result = results[index]
      if (result === undefined) continue
      if ('reason' in result) problems.push({ path: found.path, reason: result.reason })
      else read.push({ found, read: result })
    }
    this.#tell(read, problems, {})
  }

  #tell(files: readonly ReadFile[], problems: readonly FileProblem[], change: Partial<ScanProgress>): void {
    if (this.#stopping.signal.aborted) return
    const { read, unreadable } = this.#progress
    this.#progress = {
      ...this.#progress,
      ...change,
      read: read + files.length,
      unreadable: unreadable + problems.length,
    }
    this.#listener(files, problems, this.#progress)
  }
}
