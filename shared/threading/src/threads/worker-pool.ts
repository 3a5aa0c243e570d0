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
  reuseMemory,
  words,
} from '../core/memory.ts'
import { interruptWait } from '../core/wait-list.ts'
import { recoverFromThreadDeath } from '../recovery/thread-death-recovery.ts'
import { compareStarts, isAlive, writeError } from './thread-slots.ts'

/** A worker of the platform. */
export interface WorkerHandle {
  terminate(): void
  /** Whether the process stays alive for it. */
  keepAlive(on: boolean): void
}

/** A worker's message to main: its thread ended, so that it can run another, or started another thread. */
export type WorkerMessage =
  | { readonly kind: 'ended'; readonly ident: number; readonly error: string | undefined }
  | { readonly kind: 'started'; readonly ident: number }

/** On a worker: posts a message to main. */
export const mainChannel: { post: ((message: WorkerMessage) => void) | undefined } = { post: undefined }

/** How a worker of the platform reports to the pool. */
export interface WorkerEvents {
  readonly onMessage: (message: WorkerMessage) => void
  /** The worker ended and does not access the memory any more. */
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
  /** Why it ended, unless its target returned. */
  readonly error: string | undefined
}

/** The workers that main made. */
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

/**
 * The options of a process on every platform. A primitive that was made before, or a call of `currentThread`, has made
 * a memory of the default sizes: `startProcess` then throws RuntimeError for any other size.
 */
export interface PoolOptions extends MemoryOptions {
  /** Shown by inspectors; cut after 44 bytes. */
  readonly name: string
  /** Workers that are made in advance. Main makes more when it starts a thread and none is free. */
  readonly workers: number
  /** The workers are made when it resolves; at once without it. */
  readonly ready?: Promise<void>
}

/** Makes the memory of the process, with this thread as its main thread, and its workers. */
export function openPool({ name, workers, ready, ...sizes }: PoolOptions, makeWorker: WorkerFactory): void {
  if (pool !== undefined) throw new RuntimeError('the process was started before')
  const memory = hasMemory() ? reuseMemory(name, sizes) : createMemory(name, sizes)
  const opened = new WorkerPool(memory, makeWorker)
  pool = opened
  const fill = () => {
    // The pool may have been closed meanwhile.
    for (let made = 0; pool === opened && made < workers; made++) opened.add()
  }
  if (ready === undefined) fill()
  else void ready.then(fill)
}

/** Makes a worker for a thread that found none. Only main can; on a worker it returns false. */
export const addWorker = (): boolean => pool?.add() ?? false

/** Calls `listener` for every thread that ends: on main, from its event loop. Returns a function that removes it. */
export function onThreadEnd(listener: (end: ThreadEnd) => void): () => void {
  threadEndListeners.add(listener)
  return () => threadEndListeners.delete(listener)
}

/**
 * Ends a thread from outside, at any point. The locks that it held are freed and marked (`ownerDied`) before the
 * listeners of `onThreadEnd` are called. Does nothing if the thread has ended. Throws RuntimeError on other threads
 * than main.
 */
export function killThread(ident: number): void {
  if (pool === undefined || me !== 1) throw new RuntimeError('only main can end a thread from outside')
  const slotNumber = slotOf(ident)
  const record = threadAt(slotNumber)
  if (load(record + thread.ident) !== ident || load(record + thread.slotState) !== slotState.taken) return
  if (!compareAndSet(record + thread.killed, 0, 1)) return
  // A browser waits two seconds before it terminates a sleeping worker: one that wakes up and unwinds ends at once.
  interruptWait(slotNumber)
  pool.terminate(slotNumber)
}

/** Terminates all workers. For a program that is about to end. */
export function closePool(): void {
  pool?.close()
  pool = undefined
}

/** Keeps the process alive while this thread runs. */
export function keepAliveFor(ident: number): void {
  if (pool === undefined) mainChannel.post?.({ kind: 'started', ident })
  else pool.keepAlive(slotOf(ident), isAlive(ident))
}

function onWorkerMessage(message: WorkerMessage): void {
  if (message.kind === 'started') keepAliveFor(message.ident)
  else notifyThreadEnd(message.ident, message.error)
}

function notifyThreadEnd(ident: number, error: string | undefined): void {
  pool?.keepAlive(slotOf(ident), false)
  const name = readName(threadAt(slotOf(ident)) + thread.name)
  for (const listener of threadEndListeners) listener({ ident, name, error })
}

/** Reserves a slot without a worker. A slot that shows a dead thread is reused last, the one that was started first. */
function reserveSlot(): number | undefined {
  const all = Array.from({ length: maxThreads - 1 }, (_, index) => index + 1)
  const oldestFirst = [...all].sort(compareStarts)
  const take = (state: number) => (slotNumber: number) =>
    compareAndSet(threadAt(slotNumber) + thread.slotState, state, slotState.booting)
  return all.find(take(slotState.free)) ?? oldestFirst.find(take(slotState.dead))
}
