import { add } from '../core/atomic.ts'
import { now } from '../core/clock.ts'
import { RuntimeError, ValueError } from '../core/errors.ts'
import { afterOperation, beforeOperation } from '../core/instrumentation.ts'
import { HandleRef } from '../core/kind-registry.ts'
import { header, maxThreads, slotOf, thread, threadAt } from '../core/layout.ts'
import { cutName, hasMemory, me, readName, requireMemory, words, writeName } from '../core/memory.ts'
import { nameOfTarget, type Target } from '../core/targets.ts'
import { normalizeTimeout } from '../core/timeout.ts'
import { operationFailed } from '../core/vocabulary.ts'
import { attemptOrWait, attemptOrWaitAsync, type WaitStep } from '../core/waits/waiting.ts'
import { compareStarts, isAdoptedThread, isAlive, startInSlot } from './thread-slots.ts'
import { addWorker, keepAliveFor } from './worker-pool.ts'

const joinerList = 0

interface CommonOptions {
  /** Reserved, as in Python: must be null. */
  readonly group?: null
  /** `Thread-1 (target)` and so on by default. */
  readonly name?: string
  /** The process does not wait for a daemon at its end. By default, the same as the creator. */
  readonly daemon?: boolean
}

export interface ThreadOptions<Args extends readonly unknown[] = readonly unknown[]> extends CommonOptions {
  /** A function that its module gave to `defineTargets`. May be async. */
  readonly target?: (...args: [...Args]) => unknown
  /** The arguments of the target: values like the items of a Queue, and primitives. */
  readonly args?: readonly [...Args]
  readonly kwargs?: undefined
}

export interface KeywordOptions<Args extends readonly unknown[], Kwargs extends object>
  extends CommonOptions {
  readonly target: (...args: [...Args, Kwargs]) => unknown
  readonly args?: readonly [...Args]
  /** Named arguments: the target receives them as one object, after `args`. */
  readonly kwargs: Kwargs
}

/**
 * How a thread waits for the end of another. It checks again when it is woken: that may be for an earlier thread of the
 * slot.
 */
const endOf = (ident: number): WaitStep => ({
  list: joinerList,
  operation: 'join',
  attempt: () => !isAlive(ident),
})

function waitForEnd(ident: number, timeout: number): void {
  const deadline = now() + timeout
  while (attemptOrWait(slotOf(ident), endOf(ident), deadline - now()) && isAlive(ident));
}

async function waitForEndAsync(ident: number, timeout: number): Promise<void> {
  const deadline = now() + timeout
  while ((await attemptOrWaitAsync(slotOf(ident), endOf(ident), deadline - now())) && isAlive(ident));
}

/**
 * A thread of this process. It runs in a worker that `main` keeps ready. The constructor throws ValueError for a group,
 * and for a target that its module did not give to `defineTargets`. A Thread is a handle: compare threads by `ident`.
 */
export class Thread<Args extends readonly unknown[] = readonly unknown[], Kwargs extends object = object> {
  readonly #target: string | undefined
  readonly #args: readonly unknown[]
  #name: string
  #daemon: boolean
  #ident: number | undefined

  constructor(options?: ThreadOptions<Args> | HandleRef)
  constructor(options: KeywordOptions<Args, Kwargs>)
  constructor(options: ThreadOptions<Args> | KeywordOptions<Args, Kwargs> | HandleRef = {}) {
    requireMemory()
    if (options instanceof HandleRef) {
      const record = threadAt(slotOf(options.id))
      this.#ident = options.id
      this.#args = []
      this.#name = readName(record + thread.name)
      this.#daemon = words[record + thread.daemon] === 1
      return
    }
    const { group = null, target, args = [], kwargs, name, daemon } = options
    if (group !== null) throw new ValueError('group is reserved: leave it out')
    if (!Array.isArray(args)) throw new TypeError('args is a list of arguments')
    this.#target = target === undefined ? undefined : nameOfTarget(target as Target)
    this.#args = kwargs === undefined ? args : [...args, kwargs]
    this.#name = name ? cutName(String(name)) : defaultThreadName(this.#target)
    this.#daemon = Boolean(daemon ?? currentThread().daemon)
  }

  /**
   * Shown by inspectors and in errors; cut after 44 bytes. Any thread may change it at any time. An empty name counts as
   * none: the thread gets the next default name.
   */
  get name(): string {
    if (this.#hasRecord()) this.#name = readName(this.#record + thread.name)
    return this.#name
  }

  set name(name: string) {
    this.#name = name ? cutName(String(name)) : defaultThreadName(this.#target)
    if (this.#hasRecord()) writeName(this.#record + thread.name, this.#name)
  }

  get daemon(): boolean {
    return this.#daemon
  }

  /** Throws RuntimeError once the thread was started. */
  set daemon(daemon: boolean) {
    if (this.#ident !== undefined) throw new RuntimeError('daemon is set before the thread is started')
    this.#daemon = Boolean(daemon)
  }

  /** The thread's number, undefined before it is started. No other thread of the process gets it. */
  get ident(): number | undefined {
    return this.#ident
  }

  /** The number of the worker that runs it, undefined before it is started. Workers run one thread after another. */
  get nativeId(): number | undefined {
    return this.#ident === undefined ? undefined : slotOf(this.#ident) + 1
  }

  /** Whether it was started and has not ended. */
  isAlive(): boolean {
    return this.#ident !== undefined && isAlive(this.#ident)
  }

  /**
   * Starts the thread. Throws RuntimeError when it was started before or when no worker is free, TypeError or
   * MemoryError when its arguments cannot be stored. After an error, except when it was started before, `start` can be
   * called again.
   */
  start(): void {
    if (this.#ident !== undefined) throw new RuntimeError('a thread can be started only once')
    const call = { target: this.#target ?? '', args: this.#args }
    const options = { name: this.#name, daemon: this.#daemon, call, ownedObject: this.ownedObject }
    beforeOperation(0, 'start')
    const ident = startInSlot(options) ?? (addWorker() ? startInSlot(options) : undefined)
    if (ident === undefined) throw new RuntimeError(`no worker is free for ${this.#name}`)
    this.#ident = ident
    afterOperation(slotOf(ident), 'start', ident)
    if (!this.#daemon) keepAliveFor(ident)
  }

  /**
   * Waits until the thread has ended, at most `timeout` milliseconds (undefined: without limit). Call `isAlive`
   * afterwards to see whether it has. Its error is not thrown here. Throws RuntimeError before it is started, when a
   * thread joins itself, and for an adopted thread.
   */
  join(timeout?: number): void {
    const ident = this.#checkJoinable()
    const time = normalizeTimeout(timeout)
    beforeOperation(slotOf(ident), 'join')
    waitForEnd(ident, time)
    afterOperation(slotOf(ident), 'join', () => (isAlive(ident) ? operationFailed : 1))
  }

  /** Like `join`, for threads that must not block. */
  async joinAsync(timeout?: number): Promise<void> {
    const ident = this.#checkJoinable()
    const time = normalizeTimeout(timeout)
    await waitForEndAsync(ident, time)
    afterOperation(slotOf(ident), 'join', () => (isAlive(ident) ? operationFailed : 1))
  }

  /** The id of an object that is disposed of at the end of the thread. */
  protected get ownedObject(): number | undefined {
    return undefined
  }

  get #record(): number {
    return threadAt(slotOf(this.#ident ?? 1))
  }

  /** Whether the thread was started, and its slot has had no other thread since. */
  #hasRecord(): boolean {
    return this.#ident !== undefined && words[this.#record + thread.ident] === this.#ident
  }

  #checkJoinable(): number {
    if (this.#ident === undefined) throw new RuntimeError('a thread cannot be joined before it is started')
    if (this.#ident === me) throw new RuntimeError('a thread cannot join itself')
    if (isAdoptedThread(this.#ident)) throw new RuntimeError('an adopted thread cannot be joined')
    return this.#ident
  }
}

/** The name of a thread that is given none: Python's. */
export function defaultThreadName(target: string | undefined): string {
  const number = (add(header.namedThreads, 1) >>> 0) + 1
  return target === undefined ? `Thread-${number}` : `Thread-${number} (${target})`
}

/** The thread that runs this code. */
export function currentThread(): Thread {
  requireMemory()
  return new Thread(new HandleRef(me))
}

/** The ident of the thread that runs this code. Python's get_ident. */
export function getIdent(): number {
  requireMemory()
  return me
}

/** All threads that are alive, main first, then in the order of their start. */
export function enumerate(): Thread[] {
  if (!hasMemory()) return [currentThread()]
  const identIn = (slotNumber: number) => words[threadAt(slotNumber) + thread.ident]!
  return Array.from({ length: maxThreads }, (_, slotNumber) => slotNumber)
    .sort(compareStarts)
    .map(identIn)
    .filter((ident) => ident !== 0 && isAlive(ident))
    .map((ident) => new Thread(new HandleRef(ident)))
}

/** The number of threads that are alive. */
export const activeCount = (): number => enumerate().length

/** The main thread of the process. */
export function mainThread(): Thread {
  requireMemory()
  return new Thread(new HandleRef(1))
}
