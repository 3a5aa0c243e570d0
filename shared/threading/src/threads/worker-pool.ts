import { compareAndSet, load, sleepAsync, store } from '../core/atomic.ts'
import { RuntimeError } from '../core/errors.ts'
import { maxThreads, slotOf, slotState, thread, threadAt, workerState } from '../core/layout.ts'
import {
  createMemory,
  hasMemory,
  type MemoryOptions,
  me,
  readName,
  reuseMemory,
  words,
} from '../core/memory.ts'
import { setThreadPoll } from '../core/thread-poll.ts'
import { enterState } from '../core/thread-state.ts'
import { interruptWait, wakeJoinersOf } from '../core/wait-list.ts'
import { PooledWorker, type ThreadEnd, type WorkerFactory, type WorkerMessage } from './pooled-worker.ts'
import { compareStarts, isAdoptedThread, isAlive } from './thread-slots.ts'
import { WorkerWatch } from './worker-watch.ts'

export type { ThreadEnd } from './pooled-worker.ts'

/** On a worker: posts a message to main. */
export const mainChannel: { post: ((message: WorkerMessage) => void) | undefined } = { post: undefined }

/** The workers that main made and that did not die yet, by their slots: those of a closed pool too. */
const workers = new Map<number, PooledWorker>()
/** Called when the last worker has ended. */
const onLastExit: (() => void)[] = []

/** Makes workers, and replaces those that die. */
class WorkerPool {
  readonly #memory: SharedArrayBuffer
  readonly #makeWorker: WorkerFactory
  #isMainEnded = false

  constructor(memory: SharedArrayBuffer, makeWorker: WorkerFactory) {
    this.#memory = memory
    this.#makeWorker = makeWorker
    setThreadPoll(new WorkerWatch(workers, (worker) => this.#recoverAndReplace(worker)))
  }

  /** Makes one more worker. False when the thread table is full. */
  add(): boolean {
    const slotNumber = reserveSlot(slotState.booting)
    if (slotNumber === undefined) return false
    store(threadAt(slotNumber) + thread.worker, workerState.made)
    const worker = new PooledWorker(slotNumber)
    workers.set(slotNumber, worker)
    worker.handle = this.#makeWorker(this.#memory, slotNumber, {
      onMessage: onWorkerMessage,
      onFailure: () => worker.terminate(),
      onExit: (error) => this.#onExit(worker, error),
    })
    return true
  }

  terminate(slotNumber: number): void {
    workers.get(slotNumber)?.terminate()
  }

  /**
   * Keeps the process alive while the thread in this slot runs, or no more. Until main has ended, its event loop keeps
   * the process alive.
   */
  keepAlive(slotNumber: number, on: boolean): void {
    if (this.#isMainEnded) workers.get(slotNumber)?.handle?.keepAlive(on)
  }

  /** Lets threads that join main go on, and the process live until all threads have ended that are no daemons. */
  endMain(): void {
    this.#isMainEnded = true
    for (const slotNumber of workers.keys()) {
      const record = threadAt(slotNumber)
      // A thread that reports its end at this moment has 2 in `killed`.
      const isRunning =
        load(record + thread.slotState) === slotState.taken && load(record + thread.killed) !== 2
      this.keepAlive(slotNumber, isRunning && words[record + thread.daemon] === 0)
    }
  }

  /** The workers may die in a guard, and main may use the memory again: they are recovered, but not replaced. */
  close(): void {
    for (const worker of workers.values()) {
      worker.retire()
      worker.terminate()
    }
  }

  #onExit(worker: PooledWorker, error: string | undefined): void {
    this.#recoverAndReplace(worker)
    if (pool !== this) return
    if (error !== undefined) worker.writeReason(error)
    if (!worker.isReplaceable) worker.reportFailedBoot(error)
    const end = worker.describeEnd(error)
    if (end !== undefined) notifyThreadEnd(end)
  }

  /** Does nothing when it was done before. */
  #recoverAndReplace(worker: PooledWorker): void {
    if (worker.isRecovered) return
    if (!worker.recover()) {
      void this.#recoverLater(worker)
      return
    }
    if (workers.get(worker.slotNumber) !== worker) return
    workers.delete(worker.slotNumber)
    if (pool === this && worker.isReplaceable) this.add()
    if (workers.size === 0) for (const resolve of onLastExit.splice(0)) resolve()
  }

  /** Main is in a guard, or in the middle of this recovery, and will have left it when its event loop runs. */
  async #recoverLater(worker: PooledWorker): Promise<void> {
    const word = threadAt(worker.slotNumber) + thread.slotState
    await sleepAsync(word, load(word), 1)
    this.#recoverAndReplace(worker)
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
 * than main, and for an adopted thread.
 */
export function killThread(ident: number): void {
  if (pool === undefined || me !== 1) throw new RuntimeError('only main can end a thread from outside')
  if (isAdoptedThread(ident)) throw new RuntimeError('an adopted thread is ended by those who run it')
  const slotNumber = slotOf(ident)
  const record = threadAt(slotNumber)
  if (load(record + thread.ident) !== ident || load(record + thread.slotState) !== slotState.taken) return
  if (!compareAndSet(record + thread.killed, 0, 1)) return
  // A browser waits two seconds before it terminates a sleeping worker: one that wakes up and unwinds ends at once.
  interruptWait(slotNumber)
  pool.terminate(slotNumber)
}

/** Call it when the code of main has ended, each time when nothing else keeps the process alive. */
export function endMain(): void {
  if (pool === undefined) return
  if (compareAndSet(threadAt(0) + thread.slotState, slotState.main, slotState.mainEnded)) {
    enterState('Terminated')
    wakeJoinersOf(0)
  }
  pool.endMain()
}

/** Terminates all workers. `startProcess` can be called again afterwards, and uses the same memory. */
export function closePool(): void {
  const closed = pool
  pool = undefined
  closed?.close()
}

/**
 * Resolves when no worker runs any more. It may never do so: a worker in a system call that does not return cannot be
 * ended, and Node waits for it at the end of the process.
 */
export async function workersEnded(): Promise<void> {
  if (workers.size > 0) await new Promise<void>((resolve) => onLastExit.push(resolve))
}

/** Keeps the process alive while this thread runs. */
export function keepAliveFor(ident: number): void {
  if (pool === undefined) mainChannel.post?.({ kind: 'started', ident })
  else pool.keepAlive(slotOf(ident), isAlive(ident))
}

function onWorkerMessage(message: WorkerMessage): void {
  if (message.kind === 'started') keepAliveFor(message.ident)
  else {
    const { ident, error } = message
    notifyThreadEnd({ ident, name: readName(threadAt(slotOf(ident)) + thread.name), error })
  }
}

function notifyThreadEnd(end: ThreadEnd): void {
  pool?.keepAlive(slotOf(end.ident), false)
  for (const listener of threadEndListeners) listener(end)
}

/** Reserves a slot without a worker. A slot that shows a dead thread is reused last, the one that was started first. */
export function reserveSlot(state: number): number | undefined {
  const all = Array.from({ length: maxThreads - 1 }, (_, index) => index + 1)
  const oldestFirst = [...all].sort(compareStarts)
  const take = (former: number) => (slotNumber: number) =>
    compareAndSet(threadAt(slotNumber) + thread.slotState, former, state)
  return all.find(take(slotState.free)) ?? oldestFirst.find(take(slotState.dead))
}
