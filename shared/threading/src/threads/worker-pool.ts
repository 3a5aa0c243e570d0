import { compareAndSet, load } from '../core/atomic.ts'
import { RuntimeError } from '../core/errors.ts'
import { maxThreads, slotOf, slotState, thread, threadAt } from '../core/layout.ts'
import {
  createMemory,
  hasMemory,
  type MemoryOptions,
  me,
  processName,
  readName,
  words,
} from '../core/memory.ts'
import { interruptWait } from '../core/wait-list.ts'
import { recoverFromThreadDeath } from '../recovery/thread-death-recovery.ts'
import { isAlive, writeError } from './thread-slots.ts'

/** A worker as its platform has it. */
export interface WorkerHandle {
  terminate(): void
  /** Whether the process stays alive for it. */
  keepAlive(on: boolean): void
}

/** What a worker's thread tells main: that it ended (and its worker can run another), or that it started one. */
export type WorkerMessage =
  | { readonly kind: 'ended'; readonly ident: number; readonly error: string | undefined }
  | { readonly kind: 'started'; readonly ident: number }

/** On a worker: its way to tell main. */
export const mainChannel: { post: ((news: WorkerMessage) => void) | undefined } = { post: undefined }

/** What a platform's worker tells the pool. */
export interface WorkerEvents {
  readonly onMessage: (news: WorkerMessage) => void
  /** The worker is gone for good and touches the memory no more. */
  readonly onExit: (error: string | undefined) => void
}

export type WorkerFactory = (
  memory: SharedArrayBuffer,
  slotNumber: number,
  events: WorkerEvents,
) => WorkerHandle

export interface ThreadEnd {
  readonly ident: number
  readonly name: string
  /** Why, where it did not end by returning. */
  readonly error: string | undefined
}

/** main's side of the threads: the workers it made, and who wants to know when a thread ends. */
class WorkerPool {
  readonly #memory: SharedArrayBuffer
  readonly #makeWorker: WorkerFactory
  readonly #workers = new Map<number, WorkerHandle>()

  constructor(memory: SharedArrayBuffer, makeWorker: WorkerFactory) {
    this.#memory = memory
    this.#makeWorker = makeWorker
  }

  /** Makes one more worker. False when the thread table is full. */
  add(): boolean {
    const slotNumber = reserveSlot()
    if (slotNumber === undefined) return false
    words[threadAt(slotNumber) + thread.booted] = 0
    const worker = this.#makeWorker(this.#memory, slotNumber, {
      onMessage: onWorkerMessage,
      onExit: (error) => this.#recoverAndReplace(slotNumber, error),
    })
    this.#workers.set(slotNumber, worker)
    return true
  }

  terminate(slotNumber: number): void {
    this.#workers.get(slotNumber)?.terminate()
  }

  keepAlive(slotNumber: number, on: boolean): void {
    this.#workers.get(slotNumber)?.keepAlive(on)
  }

  close(): void {
    const workers = [...this.#workers.values()]
    this.#workers.clear()
    for (const worker of workers) worker.terminate()
  }

  #recoverAndReplace(slotNumber: number, error: string | undefined): void {
    if (!this.#workers.delete(slotNumber)) return
    const record = threadAt(slotNumber)
    const ident = words[record + thread.ident]!
    const wasRunning = load(record + thread.slotState) === slotState.taken
    const killed = words[record + thread.killed] === 1
    const reason = error ?? (killed ? 'ended from outside' : 'its worker ended')
    if (wasRunning) writeError(slotNumber, reason)
    const hasBooted = words[record + thread.booted] === 1
    recoverFromThreadDeath(slotNumber)
    if (hasBooted || killed) this.add()
    else console.error(`A worker of ${processName()} could not start: ${reason}`)
    if (wasRunning) notifyThreadEnd(ident, reason)
  }
}

let pool: WorkerPool | undefined
const threadEndListeners = new Set<(end: ThreadEnd) => void>()

/** What a process is made of, on every platform. The sizes of its memory hold if no primitive was made before. */
export interface PoolOptions extends MemoryOptions {
  /** Shown by inspectors; cut after 44 bytes. */
  readonly name: string
  /** Workers made ahead of time. The main thread makes more when a thread finds none. */
  readonly workers: number
  /** The workers are made once it resolves; at once without it. */
  readonly ready?: Promise<void>
}

/** Makes the process's memory, with this thread as its main thread, and workers that wait for threads. */
export function openPool({ name, workers, ready, ...sizes }: PoolOptions, makeWorker: WorkerFactory): void {
  if (pool !== undefined) throw new RuntimeError('the process was started before')
  const memory = hasMemory() ? words.buffer : createMemory(name, sizes)
  const opened = new WorkerPool(memory, makeWorker)
  pool = opened
  const fill = () => {
    // It may have been closed meanwhile.
    for (let made = 0; pool === opened && made < workers; made++) opened.add()
  }
  if (ready === undefined) fill()
  else void ready.then(fill)
}

/** Makes a worker for a thread that found none. Only main can: workers answer false. */
export const addWorker = (): boolean => pool?.add() ?? false

/** Calls `listener` on main, from its event loop, for every thread that ends. Returns a function that removes it. */
export function onThreadEnd(listener: (end: ThreadEnd) => void): () => void {
  threadEndListeners.add(listener)
  return () => threadEndListeners.delete(listener)
}

/**
 * Ends a thread from outside, wherever it is. Recovery releases and marks what it held, and is done when `onThreadEnd`
 * reports the end. Does nothing if the thread has already ended. Throws RuntimeError on other threads than main.
 */
export function killThread(ident: number): void {
  if (pool === undefined || me !== 1) throw new RuntimeError('only main can end a thread from outside')
  const slotNumber = slotOf(ident)
  const record = threadAt(slotNumber)
  if (load(record + thread.ident) !== ident || load(record + thread.slotState) !== slotState.taken) return
  if (!compareAndSet(record + thread.killed, 0, 1)) return
  // A browser gives a worker that sleeps two seconds before it ends it by force: one that unwinds ends at once.
  interruptWait(slotNumber)
  pool.terminate(slotNumber)
}

/** Ends all workers, for a program that is about to end. */
export function closePool(): void {
  pool?.close()
  pool = undefined
}

/** Has the process outlive a thread that is not a daemon. */
export function keepAliveFor(ident: number): void {
  if (pool === undefined) mainChannel.post?.({ kind: 'started', ident })
  else pool.keepAlive(slotOf(ident), isAlive(ident))
}

function onWorkerMessage(news: WorkerMessage): void {
  if (news.kind === 'started') keepAliveFor(news.ident)
  else notifyThreadEnd(news.ident, news.error)
}

function notifyThreadEnd(ident: number, error: string | undefined): void {
  pool?.keepAlive(slotOf(ident), false)
  const name = readName(threadAt(slotOf(ident)) + thread.name)
  for (const listener of threadEndListeners) listener({ ident, name, error })
}

/** A slot without a worker; one that shows a dead thread only when there is no other, the first to be started. */
function reserveSlot(): number | undefined {
  const all = Array.from({ length: maxThreads - 1 }, (_, index) => index + 1)
  const order = (slotNumber: number) => words[threadAt(slotNumber) + thread.startSequence]!
  const oldestFirst = [...all].sort((one, other) => order(one) - order(other))
  const take = (state: number) => (slotNumber: number) =>
    compareAndSet(threadAt(slotNumber) + thread.slotState, state, slotState.booting)
  return all.find(take(slotState.free)) ?? oldestFirst.find(take(slotState.dead))
}
