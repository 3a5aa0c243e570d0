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
import { currentLocale } from '../../shared/locale.ts'
import { scanWorkerUrl } from '../platform/paths.ts'
import { boardBytes, type Claim, ScanBoard } from './scan-board.ts'
import { type BatchResult, externalRun, type FileBatch } from './scan-messages.ts'
import { scan } from './scan-thread.ts'
import type { TrackReadResult } from './tags/read-track.ts'
import type { FoundFile } from './walk.ts'

/** Told of files that were read, with a result for each. */
export type BatchListener = (files: readonly FoundFile[], results: readonly TrackReadResult[]) => void

/** Files that were given to the threads, and who is told when they come back. */
interface Batch {
  readonly run: number
  readonly files: readonly FoundFile[]
  readonly onResults: BatchListener
}

/** Files that were named from outside travel together in batches of this size. */
const externalBatchSize = 16
/** Batches that wait in each queue at the most; enough that no thread waits for `main`. */
const maxQueuedBatches = 32
/** Milliseconds between two looks at what the threads do while a scan runs. */
const pollInterval = 1000
/** Milliseconds that one file may take before its thread is replaced. */
const fileTimeout = 60_000

/** A scan thread's place: the thread in it, and since when it reads what. */
interface WorkerSlot {
  ident: number | undefined
  claim: Claim | undefined
  since: number
}

/**
 * The scan threads and the queues to and from them. There is one crew in a process. Every file that is given to it
 * comes back, even if the thread that reads it dies or hangs.
 */
export class ScanWorkerPool {
  /** Told in one sentence when a thread cannot be had. */
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
  #listener: BatchListener | undefined
  #onIdle: (() => void) | undefined
  #lastBatch = 0
  #isClosed = false
  #pollTimer: NodeJS.Timeout | undefined
  #quietPolls = 0

  /** Starts the process's threads, two at least and four at the most, once `ready` resolves: at once without it. */
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

  /** A scan begins; what an earlier one asked for is dropped. */
  beginScan(listener: BatchListener): void {
    this.cancel()
    this.#listener = listener
  }

  /** Ends the present scan: its listener is told nothing more. */
  cancel(): void {
    this.#board.run = this.#board.run + 1
    this.#listener = undefined
    for (const [batch, { run }] of this.#outstanding) if (run !== externalRun) this.#outstanding.delete(batch)
    this.#suspectFiles.clear()
    this.#notifyIfIdle()
  }

  /** Gives a scan's files to the threads. Waits while they have enough to do. */
  async read(files: readonly FoundFile[]): Promise<void> {
    await this.#send({ run: this.#board.run, files, onResults: (...read) => this.#listener?.(...read) })
  }

  /** Reads files that belong to no scan, and that no end of a scan stops. Answers a result for each, in their order. */
  async readExternal(files: readonly FoundFile[]): Promise<TrackReadResult[]> {
    const results = new Map<FoundFile, TrackReadResult>()
    await new Promise<void>((resolve) => {
      if (files.length === 0) resolve()
      const take: BatchListener = (read, found) => {
        for (const [index, file] of read.entries()) if (found[index]) results.set(file, found[index])
        if (results.size === files.length) resolve()
      }
      for (let start = 0; start < files.length; start += externalBatchSize)
        void this.#send({
          run: externalRun,
          files: files.slice(start, start + externalBatchSize),
          onResults: take,
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

  /** Resolves when every file that was given has come back, or the scan was cancelled. */
  async idle(): Promise<void> {
    if (this.#outstanding.size === 0) return
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve
    })
  }

  /** Ends the threads, for a host that is about to end. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.cancel()
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

  /** A batch that was sent twice comes back twice; the second time it is not outstanding any more. */
  #deliver(batch: number, results: readonly TrackReadResult[]): void {
    const given = this.#outstanding.get(batch)
    if (given === undefined) return
    this.#outstanding.delete(batch)
    given.onResults(given.files, results)
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
    for (const seat of this.#slots.keys()) this.#startThread(seat)
  }

  #startThread(place: number): void {
    const seat = this.#slots[place]
    if (seat === undefined) return
    const thread = new Thread({
      target: scan,
      args: [this.#files, this.#found, this.#memory, place, currentLocale()],
      name: `scan-${place + 1}`,
      daemon: true,
    })
    try {
      thread.start()
      seat.ident = thread.ident
    } catch (error) {
      seat.ident = undefined
      this.onFailure(`A scan thread could not be started (${String(error)}): start Skein again.`)
    }
  }

  /**
   * A thread died: its place is filled, and its batch is read again, the file it was at by itself. A file at which a
   * second thread dies is to blame.
   */
  #handleThreadEnd(ident: number, error: string | undefined): void {
    const place = this.#slots.findIndex((seat) => seat.ident === ident)
    if (place < 0) return
    const claim = this.#board.claimOf(place)
    this.#board.release(place)
    this.#startThread(place)
    const given = claim === undefined ? undefined : this.#outstanding.get(claim.batch)
    const suspect = given?.files[claim?.index ?? 0]
    if (claim === undefined || given === undefined || suspect === undefined) return
    // New batches, so that results which the thread may have sent just before it died are not mistaken for theirs.
    this.#outstanding.delete(claim.batch)
    const others = given.files.filter((file) => file !== suspect)
    if (others.length > 0) void this.#send({ ...given, files: others })
    if (!this.#suspectFiles.delete(suspect.file)) {
      this.#suspectFiles.add(suspect.file)
      void this.#send({ ...given, files: [suspect] })
      return
    }
    const reason = `Reading the file ended a scan thread twice (${error ?? 'it returned'}): remove it.`
    given.onResults([suspect], [{ reason }])
    this.#notifyIfIdle()
  }

  /** Ends threads that hang, and sends again what a thread had taken when it died before it could say so. */
  #poll(): void {
    const now = performance.now()
    let quiet = this.#files.empty() && this.#found.empty()
    for (const [place, seat] of this.#slots.entries()) {
      const claim = this.#board.claimOf(place)
      quiet &&= claim === undefined
      if (claim?.batch !== seat.claim?.batch || claim?.index !== seat.claim?.index) seat.since = now
      seat.claim = claim
      const hangs = claim !== undefined && now - seat.since > fileTimeout
      if (hangs && seat.ident !== undefined) killThread(seat.ident)
    }
    this.#quietPolls = quiet ? this.#quietPolls + 1 : 0
    if (this.#quietPolls < 3) return
    this.#quietPolls = 0
    for (const [number, batch] of this.#outstanding) void this.#put(number, batch)
  }
}
