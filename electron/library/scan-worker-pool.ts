import { availableParallelism } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import {
  closePool,
  onThreadEnd,
  Queue,
  Semaphore,
  SharedMemory,
  ShutDown,
  Thread,
  workersEnded,
} from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import { currentLocale } from '../../shared/locale.ts'
import { scanWorkerUrl } from '../platform/paths.ts'
import { type Batch, BatchQueue } from './batch-queue.ts'
import { HangingDisks } from './readers/hanging-disks.ts'
import { boardBytes, type Claim, ReaderBoard } from './readers/reader-board.ts'
import {
  boardRows,
  type LossReason,
  maxAbandonedThreads,
  pollInterval,
  ReaderThreads,
} from './readers/reader-threads.ts'
import {
  type BatchListener,
  type BatchResult,
  type CoverLocation,
  externalRun,
  type FileBatch,
  type FileRequest,
  type ReadResult,
  unpackResults,
} from './readers/scan-messages.ts'
import { scan } from './scan-thread.ts'
import type { Picture } from './tags/picture.ts'
import type { Thumbnails } from './thumbnails/make-thumbnails.ts'
import { requestTracks, type TrackListener } from './track-requests.ts'
import type { DetailsResult } from './tracks/read-details.ts'
import type { TrackReadResult } from './tracks/read-track.ts'
import type { FoundFile } from './walk.ts'

/** Files of one batch that belongs to no scan. */
const externalBatchSize = 16
/** The maximum of batches in each queue; enough that no thread waits for `main`. */
const maxQueuedBatches = 32
/** Covers that are read at the same time: shared memory has no room for many of the largest ones. */
const maxCoverReads = 2
/** Milliseconds without work for any thread, after which batches are sent again that have not come back. */
const lostBatchTime = 3000
/** Reads that hang on a disk before its other files are given up. */
const maxHangingReads = 2
/** Milliseconds that the threads have to end by themselves, and again after they were terminated. */
const endTimeout = 500
/**
 * The heap of a scan thread. Without limits, a file that makes a parser build millions of objects would end the whole
 * process, not only the thread.
 */
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 }

/**
 * The scan threads and the queues to and from them. A process has one pool. Every file that is given to it comes back,
 * even if the thread that reads it dies or hangs.
 */
export class ScanWorkerPool {
  /** Receives one sentence for the user when a thread cannot be started. */
  onFailure: (message: string) => void = console.error
  readonly #files: Queue<FileBatch>
  readonly #found: Queue<BatchResult>
  readonly #coverPermits: Semaphore
  readonly #memory: SharedMemory
  readonly #board: ReaderBoard
  readonly #threads: ReaderThreads
  readonly #batches: BatchQueue
  readonly #hangingDisks = new HangingDisks()
  /** Files at which a thread died, and which another is to read. */
  readonly #suspectFiles = new Set<string>()
  readonly #unsubscribeThreadEnd: () => void
  readonly #onIdle: (() => void)[] = []
  #isClosed = false
  #pollTimer: NodeJS.Timeout | undefined
  #quietTime = 0

  /** Starts two to four threads once `ready` resolves; immediately without it. */
  constructor(count = Math.min(4, Math.max(2, availableParallelism())), ready?: Promise<void>) {
    const workers = ready === undefined ? count : 0
    startProcess({ name: 'host', workers, entry: scanWorkerUrl, resourceLimits })
    this.#files = new Queue({ name: 'files', maxSize: maxQueuedBatches })
    this.#batches = new BatchQueue(this.#files)
    this.#found = new Queue({ name: 'found', maxSize: maxQueuedBatches })
    this.#coverPermits = new Semaphore({ value: maxCoverReads, name: 'cover permits' })
    this.#memory = new SharedMemory({ bytes: boardBytes(boardRows(count)), name: 'scan board' })
    this.#board = new ReaderBoard(this.#memory)
    this.#threads = this.#makeThreads(count)
    this.#unsubscribeThreadEnd = onThreadEnd(({ ident, error }) => {
      if (!this.#isClosed) this.#threads.handleThreadEnd(ident, error)
    })
    if (ready === undefined) this.#threads.start()
    else
      void ready.then(() => {
        if (!this.#isClosed) this.#threads.start()
      })
    void this.#collect()
  }

  /** Ends the present scan: none of its listeners is called any more. */
  cancelScan(): void {
    this.#board.run = this.#board.run + 1
    this.#batches.removeWhere(({ run }) => run !== externalRun)
    this.#suspectFiles.clear()
    this.#resendUntaken()
    this.#notifyIfIdle()
  }

  /** Gives files of the present scan to the threads. Waits while their queue is full. */
  async read(files: readonly FoundFile[], onResults: TrackListener): Promise<void> {
    this.#send({ run: this.#board.run, ...requestTracks(files, onResults) })
    await this.#batches.room()
  }

  /** Gives requests of the present scan to the threads, like `read`. `onResults` may be called several times. */
  async request(files: readonly FileRequest[], onResults: BatchListener): Promise<void> {
    this.#send({ run: this.#board.run, files, onResults })
    await this.#batches.room()
  }

  /** Reads files that belong to no scan and go on when a scan ends. Returns a result for each, in their order. */
  async readExternal(files: readonly FoundFile[]): Promise<TrackReadResult[]> {
    const results = new Map<FoundFile, TrackReadResult>()
    await new Promise<void>((resolve) => {
      if (files.length === 0) resolve()
      const onResults: TrackListener = (read, found) => {
        for (const [index, file] of read.entries()) if (found[index]) results.set(file, found[index])
        if (results.size === files.length) resolve()
      }
      for (let start = 0; start < files.length; start += externalBatchSize)
        this.#send({
          run: externalRun,
          ...requestTracks(files.slice(start, start + externalBatchSize), onResults),
        })
    })
    return files.flatMap((file) => results.get(file) ?? [])
  }

  /** Reads a cover. Resolves with undefined if the file no longer contains it, or cannot be read. */
  async readCover(file: string, location: CoverLocation): Promise<Picture | undefined> {
    const result = await this.#requestPicture({ kind: 'cover', file, location })
    return result !== undefined && 'picture' in result ? result.picture : undefined
  }

  /** Reads everything that a file contains besides its sound. Resolves with undefined after the end of the threads. */
  async readDetails(file: string): Promise<DetailsResult | undefined> {
    const result = await this.#requestPicture({ kind: 'details', file })
    return result !== undefined && ('details' in result || 'reason' in result) ? result : undefined
  }

  /** Makes the thumbnails of a cover. Resolves with undefined if that is not possible. */
  async makeThumbnails(file: string, location: CoverLocation): Promise<Thumbnails | undefined> {
    const result = await this.#requestPicture({ kind: 'thumbnails', file, location })
    return result !== undefined && 'thumbnails' in result ? result.thumbnails : undefined
  }

  /** Resolves when every file has come back, or the scan was cancelled. */
  async idle(): Promise<void> {
    if (this.#batches.size > 0) await new Promise<void>((resolve) => this.#onIdle.push(resolve))
  }

  /**
   * Ends the threads. `others` is the end of other threads in the process: it is awaited before the workers are
   * terminated. Resolves with false if one is in a system call that does not return.
   */
  async close(others: Promise<unknown> = Promise.resolve()): Promise<boolean> {
    this.cancelScan()
    this.#isClosed = true
    clearInterval(this.#pollTimer)
    this.#unsubscribeThreadEnd()
    this.#files.shutdown(true)
    this.#found.shutdown(true)
    await Promise.all([this.#threads.join(endTimeout), others])
    closePool()
    return await Promise.race([
      workersEnded().then(() => true),
      setTimeout(endTimeout, false, { ref: false }),
    ])
  }

  async #requestPicture(request: FileRequest): Promise<ReadResult | undefined> {
    await this.#coverPermits.acquireAsync()
    try {
      return this.#isClosed ? undefined : await this.#request(request)
    } finally {
      this.#coverPermits.release()
    }
  }

  async #request(request: FileRequest): Promise<ReadResult | undefined> {
    return await new Promise((resolve) => {
      this.#send({
        run: externalRun,
        files: [request],
        onResults: (_files, [result]) => resolve(result),
      })
    })
  }

  #makeThreads(count: number): ReaderThreads {
    return new ReaderThreads({
      board: this.#board,
      count,
      makeThread: (slot, row) =>
        new Thread({
          target: scan,
          args: [this.#files, this.#found, this.#memory, row, currentLocale()],
          name: `scan-${slot + 1}`,
          daemon: true,
        }),
      onSlow: (row, claim) => this.#splitBatch(row, claim),
      onLost: (claim, reason) => this.#handleLoss(claim, reason),
      onFailure: (error) => this.onFailure(m.host_scan_thread_not_started({ error: isolate(String(error)) })),
    })
  }

  /** Files on a disk that hangs come back at once. */
  #send(batch: Batch): void {
    const [hanging, readable] = partition(batch.files, ({ file }) => this.#isHanging(file))
    if (readable.length > 0) {
      this.#pollTimer ??= setInterval(() => this.#poll(), pollInterval).unref()
      this.#batches.add({ ...batch, files: readable })
    }
    if (hanging.length > 0) {
      const reason = m.host_disk_hangs()
      // Never within the call: the caller does not expect results before it returns.
      queueMicrotask(() => {
        if (this.#isPresent(batch.run))
          batch.onResults(
            hanging,
            hanging.map(() => ({ reason })),
          )
      })
    }
  }

  #isPresent(run: number): boolean {
    return run === externalRun || run === this.#board.run
  }

  #isHanging(file: string): boolean {
    const hasTooMany = this.#threads.abandoned >= maxAbandonedThreads
    return hasTooMany || this.#hangingDisks.readsNear(file) >= maxHangingReads
  }

  #resendUntaken(): void {
    for (const batch of this.#batches.removeUntaken()) this.#send(batch)
  }

  async #collect(): Promise<void> {
    try {
      for (;;) {
        const { run, batch, results } = await this.#found.getAsync()
        if (this.#isPresent(run)) this.#deliver(batch, unpackResults(results))
        this.#batches.fill()
      }
    } catch (error) {
      if (!(error instanceof ShutDown)) throw error
    }
  }

  /** A batch that was sent twice comes back twice; the second time it is no longer outstanding. */
  #deliver(batch: number, results: readonly ReadResult[]): void {
    const sent = this.#batches.remove(batch)
    if (sent === undefined) return
    const unread = sent.files.slice(results.length)
    if (unread.length > 0) this.#send({ ...sent, files: unread })
    sent.onResults(sent.files.slice(0, results.length), results)
    this.#notifyIfIdle()
  }

  #notifyIfIdle(): void {
    if (this.#batches.size > 0) return
    clearInterval(this.#pollTimer)
    this.#pollTimer = undefined
    for (const resolve of this.#onIdle.splice(0)) resolve()
  }

  /** Gives the files behind a slow one to other threads. */
  #splitBatch(row: number, { batch, index }: Claim): void {
    const rest = this.#batches.split(batch, index + 1)
    if (rest === undefined) return
    this.#board.revoke(row, batch)
    this.#send(rest)
  }

  /**
   * Sends a lost thread's batch again; the file it was reading goes alone. A file at which a second thread is lost is
   * reported as unreadable.
   */
  #handleLoss(claim: Claim, reason: LossReason): void {
    // In new batches, so that results that the thread sent just before it died are not taken for theirs.
    const sent = this.#batches.remove(claim.batch)
    // The thread may have gone beyond the files that were left to it.
    const suspect = sent?.files[claim.index]
    if (reason.kind === 'hangs' && suspect !== undefined) this.#recordHang(suspect.file, reason.ended)
    if (sent === undefined) return
    const others = sent.files.filter((file) => file !== suspect)
    if (others.length > 0) this.#send({ ...sent, files: others })
    if (suspect === undefined) return
    if (!this.#suspectFiles.delete(suspect.file)) {
      this.#suspectFiles.add(suspect.file)
      this.#send({ ...sent, files: [suspect] })
    } else sent.onResults([suspect], [{ reason: describeLoss(reason) }])
    this.#notifyIfIdle()
  }

  #recordHang(file: string, ended: Promise<void>): void {
    const end = this.#hangingDisks.add(file)
    void ended.then(end)
    if (this.#isHanging(file)) this.#resendUntaken()
  }

  /** Watches the threads, and sends batches again that a thread took just before it died. */
  #poll(): void {
    this.#threads.poll()
    const isQuiet = this.#batches.isEmpty && this.#found.empty() && this.#threads.isIdle
    this.#quietTime = isQuiet ? this.#quietTime + pollInterval : 0
    if (this.#quietTime < lostBatchTime) return
    this.#quietTime = 0
    this.#batches.resend()
  }
}

function describeLoss(reason: LossReason): string {
  switch (reason.kind) {
    case 'slow':
      return m.host_file_takes_too_long()
    case 'hangs':
      return m.host_disk_hangs()
    case 'died':
      return m.host_file_ends_scan_threads({ error: isolate(reason.error ?? 'it returned') })
  }
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  const passed: T[] = []
  const failed: T[] = []
  for (const item of items) (test(item) ? passed : failed).push(item)
  return [passed, failed]
}
