import { availableParallelism } from 'node:os'
import {
  closePool,
  enumerate,
  killThread,
  onThreadEnd,
  Queue,
  SharedMemory,
  ShutDown,
  Thread,
} from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import { currentLocale } from '../../shared/locale.ts'
import { scanWorkerUrl } from '../platform/paths.ts'
import { boardBytes, type Claim, ScanBoard } from './scan-board.ts'
import { type BatchResult, externalRun, type FileBatch } from './scan-messages.ts'
import { scan } from './scan-thread.ts'
import type { TrackReadResult } from './tracks/read-track.ts'
import type { FoundFile } from './walk.ts'

/** Receives files that were read, with a result for each. */
export type BatchListener = (files: readonly FoundFile[], results: readonly TrackReadResult[]) => void

/** Files that were given to the threads, and the listener for their results. */
interface Batch {
  readonly run: number
  readonly files: readonly FoundFile[]
  readonly onResults: BatchListener
}

/** Files of one batch that belongs to no scan. */
const externalBatchSize = 16
/** The maximum of batches in each queue; enough that no thread waits for `main`. */
const maxQueuedBatches = 32
/** Milliseconds between two checks of the threads while a scan runs. */
const pollInterval = 1000
/** Milliseconds that one file may take before its thread is replaced. */
const fileTimeout = 60_000

/** A scan thread's slot: the thread in it, the file it reads, and since when. */
interface WorkerSlot {
  ident: number | undefined
  claim: Claim | undefined
  since: number
}

/**
 * The scan threads and the queues to and from them. A process has one pool. Every file that is given to it comes back,
 * even if the thread that reads it dies or hangs.
 */
export class ScanWorkerPool {
  /** Receives one sentence for the user when a thread cannot be started. */
  onFailure: (message: string) => void = console.error
  readonly #files: Queue<FileBatch>
  readonly #found: Queue<BatchResult>
  readonly #memory: SharedMemory
  readonly #board: ScanBoard
  readonly #slots: WorkerSlot[]
  readonly #outstanding = new Map<number, Batch>()
  /** Files at which a thread died, and which another is to read. */
  readonly #suspectFiles = new Set<string>()
  readonly #unsubscribeThreadEnd: () => void
  #onIdle: (() => void) | undefined
  #lastBatch = 0
  #isClosed = false
  #pollTimer: NodeJS.Timeout | undefined
  #quietPolls = 0

  /** Starts two to four threads once `ready` resolves; immediately without it. */
  constructor(count = Math.min(4, Math.max(2, availableParallelism())), ready?: Promise<void>) {
    startProcess({ name: 'host', workers: ready === undefined ? count : 0, entry: scanWorkerUrl })
    this.#files = new Queue({ name: 'files', maxSize: maxQueuedBatches })
    this.#found = new Queue({ name: 'found', maxSize: maxQueuedBatches })
    this.#memory = new SharedMemory({ bytes: boardBytes(count), name: 'scan board' })
    this.#board = new ScanBoard(this.#memory)
    this.#slots = Array.from({ length: count }, () => ({ ident: undefined, claim: undefined, since: 0 }))
    this.#unsubscribeThreadEnd = onThreadEnd(({ ident, error }) => this.#handleThreadEnd(ident, error))
    if (ready === undefined) this.#startThreads()
    else void ready.then(() => this.#startThreads())
    void this.#collect()
  }

  /** Ends the present scan: none of its listeners is called any more. */
  cancelScan(): void {
    this.#board.run = this.#board.run + 1
    for (const [batch, { run }] of this.#outstanding) if (run !== externalRun) this.#outstanding.delete(batch)
    this.#suspectFiles.clear()
    this.#notifyIfIdle()
  }

  /** Gives files of the present scan to the threads. Waits while their queue is full. */
  async read(files: readonly FoundFile[], onResults: BatchListener): Promise<void> {
    await this.#send({ run: this.#board.run, files, onResults })
  }

  /** Reads files that belong to no scan and go on when a scan ends. Returns a result for each, in their order. */
  async readExternal(files: readonly FoundFile[]): Promise<TrackReadResult[]> {
    const results = new Map<FoundFile, TrackReadResult>()
    await new Promise<void>((resolve) => {
      if (files.length === 0) resolve()
      const onResults: BatchListener = (read, found) => {
        for (const [index, file] of read.entries()) if (found[index]) results.set(file, found[index])
        if (results.size === files.length) resolve()
      }
      for (let start = 0; start < files.length; start += externalBatchSize)
        void this.#send({
          run: externalRun,
          files: files.slice(start, start + externalBatchSize),
          onResults,
        })
    })
    return files.flatMap((file) => results.get(file) ?? [])
  }

  async #send(batch: Batch): Promise<void> {
    const number = ++this.#lastBatch
    this.#outstanding.set(number, batch)
    this.#pollTimer ??= setInterval(() => this.#poll(), pollInterval).unref()
    await this.#put(number, batch)
  }

  /** Resolves when every file has come back, or the scan was cancelled. */
  async idle(): Promise<void> {
    if (this.#outstanding.size === 0) return
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve
    })
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.cancelScan()
    this.#unsubscribeThreadEnd()
    this.#files.shutdown(true)
    this.#found.shutdown(true)
    const idents = new Set(this.#slots.map(({ ident }) => ident))
    const threads = enumerate().filter(({ ident }) => idents.has(ident))
    await Promise.all(threads.map((thread) => thread.joinAsync(1000)))
    closePool()
  }

  async #put(batch: number, { run, files }: Batch): Promise<void> {
    const items = files.map(({ file, picture }) => (picture === undefined ? { file } : { file, picture }))
    try {
      await this.#files.putAsync({ run, batch, files: items })
    } catch (error) {
      if (!(error instanceof ShutDown)) throw error
    }
  }

  async #collect(): Promise<void> {
    try {
      for (;;) {
        const { run, batch, results } = await this.#found.getAsync()
        if (run === externalRun || run === this.#board.run) this.#deliver(batch, results)
      }
    } catch (error) {
      if (!(error instanceof ShutDown)) throw error
    }
  }

  /** A batch that was sent twice comes back twice; the second time it is no longer outstanding. */
  #deliver(batch: number, results: readonly TrackReadResult[]): void {
    const sent = this.#outstanding.get(batch)
    if (sent === undefined) return
    this.#outstanding.delete(batch)
    sent.onResults(sent.files, results)
    this.#notifyIfIdle()
  }

  #notifyIfIdle(): void {
    if (this.#outstanding.size > 0) return
    clearInterval(this.#pollTimer)
    this.#pollTimer = undefined
    this.#onIdle?.()
    this.#onIdle = undefined
  }

  #startThreads(): void {
    if (this.#isClosed) return
    for (const index of this.#slots.keys()) this.#startThread(index)
  }

  #startThread(index: number): void {
    const slot = this.#slots[index]
    if (slot === undefined) return
    const thread = new Thread({
      target: scan,
      args: [this.#files, this.#found, this.#memory, index, currentLocale()],
      name: `scan-${index + 1}`,
      daemon: true,
    })
    try {
      thread.start()
      slot.ident = thread.ident
    } catch (error) {
      slot.ident = undefined
      this.onFailure(m.host_scan_thread_not_started({ error: isolate(String(error)) }))
    }
  }

  /**
   * Replaces a thread that died and sends its batch again; the file it was reading goes alone. A file at which a second
   * thread dies is reported as unreadable.
   */
  #handleThreadEnd(ident: number, error: string | undefined): void {
    const index = this.#slots.findIndex((slot) => slot.ident === ident)
    if (index < 0) return
    const claim = this.#board.claimOf(index)
    this.#board.release(index)
    this.#startThread(index)
    const sent = claim === undefined ? undefined : this.#outstanding.get(claim.batch)
    const suspect = sent?.files[claim?.index ?? 0]
    if (claim === undefined || sent === undefined || suspect === undefined) return
    // New batches, so that results that the thread sent just before it died are not taken for theirs.
    this.#outstanding.delete(claim.batch)
    const others = sent.files.filter((file) => file !== suspect)
    if (others.length > 0) void this.#send({ ...sent, files: others })
    if (!this.#suspectFiles.delete(suspect.file)) {
      this.#suspectFiles.add(suspect.file)
      void this.#send({ ...sent, files: [suspect] })
      return
    }
    const reason = m.host_file_ends_scan_threads({ error: isolate(error ?? 'it returned') })
    sent.onResults([suspect], [{ reason }])
    this.#notifyIfIdle()
  }

  /** Ends threads that hang, and sends batches again that a thread took just before it died. */
  #poll(): void {
    const now = performance.now()
    let isQuiet = this.#files.empty() && this.#found.empty()
    for (const [index, slot] of this.#slots.entries()) {
      const claim = this.#board.claimOf(index)
      isQuiet &&= claim === undefined
      if (claim?.batch !== slot.claim?.batch || claim?.index !== slot.claim?.index) slot.since = now
      slot.claim = claim
      const hangs = claim !== undefined && now - slot.since > fileTimeout
      if (hangs && slot.ident !== undefined) killThread(slot.ident)
    }
    this.#quietPolls = isQuiet ? this.#quietPolls + 1 : 0
    if (this.#quietPolls < 3) return
    this.#quietPolls = 0
    for (const [number, batch] of this.#outstanding) void this.#put(number, batch)
  }
}
