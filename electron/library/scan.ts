import { noScan, type ScanProgress } from '../../shared/host-api.ts'
import type { FileProblem } from '../../shared/library/track.ts'
import type { ScanWorkerPool } from './scan-worker-pool.ts'
import type { TrackReadResult } from './tracks/read-track.ts'
import { type FoundFile, walk } from './walk.ts'

/** A file whose tags were read. */
export interface ScannedFile {
  readonly found: FoundFile
  readonly read: Exclude<TrackReadResult, { reason: string }>
}

/** Receives what was read since the last call, and the scan's progress. */
export type ScanListener = (
  files: readonly ScannedFile[],
  problems: readonly FileProblem[],
  progress: ScanProgress,
) => void

/** Files that go to a scan thread together: fewer at first, so that the first tracks show early. */
const firstBatchSize = 4
const fullBatchSize = 16

/** Walks through a folder and reads the files it finds. Its listener is not called after it was stopped or has ended. */
export class Scan {
  readonly #root: string
  readonly #workerPool: ScanWorkerPool
  readonly #listener: ScanListener
  readonly #stopping = new AbortController()
  #progress: ScanProgress = { ...noScan, running: true }
  #pending: FoundFile[] = []

  constructor(root: string, workerPool: ScanWorkerPool, listener: ScanListener) {
    this.#root = root
    this.#workerPool = workerPool
    this.#listener = listener
  }

  get progress(): ScanProgress {
    return this.#progress
  }

  /** Resolves at the end, or soon after `stop`. Call it once. */
  async run(): Promise<void> {
    const { signal } = this.#stopping
    this.#workerPool.cancelScan()
    for await (const { files, problems } of walk(this.#root, signal)) {
      if (signal.aborted) return
      const seen = files.length + problems.length
      this.#report([], problems, { found: this.#progress.found + seen })
      this.#pending = this.#pending.concat(files)
      await this.#sendFullBatches()
    }
    if (this.#pending.length > 0 && !signal.aborted) await this.#read(this.#pending)
    if (signal.aborted) return
    this.#report([], [], { walked: true })
    await this.#workerPool.idle()
    if (!signal.aborted) this.#report([], [], { running: false })
  }

  /** Ends the scan early and returns its progress. */
  stop(): ScanProgress {
    if (this.#progress.running) {
      this.#stopping.abort()
      this.#workerPool.cancelScan()
      this.#progress = { ...this.#progress, running: false, stopped: true }
    }
    return this.#progress
  }

  /** Sends every full batch of found files to the threads. Waits while their queue is full. */
  async #sendFullBatches(): Promise<void> {
    let sent = 0
    while (!this.#stopping.signal.aborted) {
      const size = this.#progress.read === 0 ? firstBatchSize : fullBatchSize
      if (this.#pending.length < sent + size) break
      await this.#read(this.#pending.slice(sent, sent + size))
      sent += size
    }
    this.#pending = this.#pending.slice(sent)
  }

  async #read(files: readonly FoundFile[]): Promise<void> {
    await this.#workerPool.read(files, (read, results) => this.#handleResults(read, results))
  }

  #handleResults(files: readonly FoundFile[], results: readonly TrackReadResult[]): void {
    const read: ScannedFile[] = []
    const problems: FileProblem[] = []
    for (const [index, found] of files.entries()) {
      const result = results[index]
      if (result === undefined) continue
      if ('reason' in result) problems.push({ path: found.path, reason: result.reason })
      else read.push({ found, read: result })
    }
    this.#report(read, problems, {})
  }

  #report(
    files: readonly ScannedFile[],
    problems: readonly FileProblem[],
    change: Partial<ScanProgress>,
  ): void {
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
