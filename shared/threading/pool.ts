import { compareAndSet, load } from './atomic.ts'
import { bury } from './burial.ts'
import { RuntimeError } from './errors.ts'
import { maxThreads, slot, slotOf, thread, threadAt } from './layout.ts'
import { createMemory, hasMemory, me, processName, readName, words } from './memory.ts'
import { isAlive, writeError } from './slots.ts'
import { interrupt } from './waiting.ts'

/** A worker as its platform has it. */
export interface WorkerHandle {
  terminate(): void
  /** Whether the process stays alive for it. */
  keepAlive(on: boolean): void
}

/** What a worker's thread tells main: that it ended (and its worker can run another), or that it started one. */
export type ThreadNews =
  | { readonly kind: 'ended'; readonly ident: number; readonly error: string | undefined }
  | { readonly kind: 'started'; readonly ident: number }

/** On a worker: its way to tell main. */
export const tellMain: { of: ((news: ThreadNews) => void) | undefined } = { of: undefined }

/** What a platform's worker tells the pool. */
export interface WorkerEvents {
  readonly told: (news: ThreadNews) => void
  /** The worker is gone for good and touches the memory no more. */
  readonly died: (error: string | undefined) => void
}

export type MakeWorker = (memory: SharedArrayBuffer, slotNumber: number, events: WorkerEvents) => WorkerHandle

export interface ThreadEnd {
  readonly ident: number
  readonly name: string
  /** Why, where it did not end by returning. */
  readonly error: string | undefined
}

/** main's side of the threads: the workers it made, and who wants to know when a thread ends. */
class Pool {
  readonly #memory: SharedArrayBuffer
  readonly #makeWorker: MakeWorker
  readonly #workers = new Map<number, WorkerHandle>()

  constructor(memory: SharedArrayBuffer, makeWorker: MakeWorker) {
    this.#memory = memory
    this.#makeWorker = makeWorker
  }

  /** Makes one more worker. False when the thread table is full. */
  add(): boolean {
    const slotNumber = freeSlot()
    if (slotNumber === undefined) return false
    words[threadAt(slotNumber) + thread.booted] = 0
    const worker = this.#makeWorker(this.#memory, slotNumber, {
      told: hear,
      died: (error) => this.#buryAndReplace(slotNumber, error),
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

  #buryAndReplace(slotNumber: number, error: string | undefined): void {
    if (!this.#workers.delete(slotNumber)) return
    const record = threadAt(slotNumber)
    const ident = words[record + thread.ident]!
    const wasRunning = load(record + thread.slot) === slot.taken
    const killed = words[record + thread.killed] === 1
    const reason = error ?? (killed ? 'ended from outside' : 'its worker ended')
    if (wasRunning) writeError(slotNumber, reason)
    const hasBooted = words[record + thread.booted] === 1
    bury(slotNumber)
    if (hasBooted || killed) this.add()
    else console.error(`A worker of ${processName()} could not start: ${reason}`)
    if (wasRunning) tellEnd(ident, reason)
  }
}

let pool: Pool | undefined
const listeners = new Set<(end: ThreadEnd) => void>()

/**
 * Makes the process's memory, with this thread as its main, and `count` workers that wait for threads: once `ready`
 * resolves, at once without it.
 */
export function openPool(
  name: string,
  count: number,
  memoryBytes: number | undefined,
  makeWorker: MakeWorker,
  ready?: Promise<void>,
): void {
  if (pool !== undefined) throw new RuntimeError('the process was started before')
  const memory = hasMemory() ? words.buffer : createMemory(name, memoryBytes)
  const opened = new Pool(memory, makeWorker)
  pool = opened
  const fill = () => {
    // It may have been closed meanwhile.
    for (let made = 0; pool === opened && made < count; made++) opened.add()
  }
  if (ready === undefined) fill()
  else void ready.then(fill)
}

/** Makes a worker for a thread that found none. Only main can: workers answer false. */
export const startMore = (): boolean => pool?.add() ?? false

/** Tells of every thread that ends, on main, from its event loop. Returns a function that ends the telling. */
export function onThreadEnd(listener: (end: ThreadEnd) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * Ends a thread from outside, wherever it is; what it held is freed and marked. That is done when `onThreadEnd` tells
 * of it; a thread that has ended already is left as it is. Throws RuntimeError on other threads than main.
 */
export function killThread(ident: number): void {
  if (pool === undefined || me !== 1) throw new RuntimeError('only main can end a thread from outside')
  const slotNumber = slotOf(ident)
  const record = threadAt(slotNumber)
  if (load(record + thread.ident) !== ident || load(record + thread.slot) !== slot.taken) return
  if (!compareAndSet(record + thread.killed, 0, 1)) return
  // A browser gives a worker that sleeps two seconds before it ends it by force: one that unwinds ends at once.
  interrupt(slotNumber)
  pool.terminate(slotNumber)
}

/** Ends all workers, for a program that is about to end. */
export function closePool(): void {
  pool?.close()
  pool = undefined
}

/** Has the process outlive a thread that is not a daemon. */
export function keepAliveFor(ident: number): void {
  if (pool === undefined) tellMain.of?.({ kind: 'started', ident })
  else pool.keepAlive(slotOf(ident), isAlive(ident))
}

function hear(news: ThreadNews): void {
  if (news.kind === 'started') keepAliveFor(news.ident)
  else tellEnd(news.ident, news.error)
}

function tellEnd(ident: number, error: string | undefined): void {
  pool?.keepAlive(slotOf(ident), false)
  const name = readName(threadAt(slotOf(ident)) + thread.name)
  for (const listener of listeners) listener({ ident, name, error })
}

/** A slot without a worker; one that shows a dead thread only when there is no other, the first to be started. */
function freeSlot(): number | undefined {
  const all = Array.from({ length: maxThreads - 1 }, (_, index) => index + 1)
  const order = (slotNumber: number) => words[threadAt(slotNumber) + thread.order]!
  const oldestFirst = all.toSorted((one, other) => order(one) - order(other))
  const take = (state: number) => (slotNumber: number) =>
    compareAndSet(threadAt(slotNumber) + thread.slot, state, slot.booting)
  return all.find(take(slot.free)) ?? oldestFirst.find(take(slot.dead))
}
