import { compareAndSet, load } from '../core/atomic.ts'
import { slotState, thread, threadAt, workerState } from '../core/layout.ts'
import { processName, readName, words } from '../core/memory.ts'
import { recoverFromThreadDeath } from '../recovery/thread-death-recovery.ts'
import { writeError } from './thread-slots.ts'

/** A worker of the platform. */
export interface WorkerHandle {
  terminate(): void
  /** Whether the process stays alive for it. */
  keepAlive(on: boolean): void
  /** Whether it is known that it can no longer run. Also while main blocks, where the platform allows that. */
  hasStopped(): boolean
}

/** A worker's message to main: its thread ended, so that it can run another, or started another thread. */
export type WorkerMessage =
  | { readonly kind: 'ended'; readonly ident: number; readonly error: string | undefined }
  | { readonly kind: 'started'; readonly ident: number }

/** How a worker of the platform reports to the pool. */
export interface WorkerEvents {
  readonly onMessage: (message: WorkerMessage) => void
  /** An error that it did not catch ends the worker, on a platform that lets it run on. */
  readonly onFailure: () => void
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

/** A worker that main made, in its slot. */
export class PooledWorker {
  readonly slotNumber: number
  /** Undefined until the platform has made it. */
  handle: WorkerHandle | undefined
  #isTerminated = false
  #isRecovering = false
  #isRecovered = false
  #ended: { readonly ident: number; readonly name: string } | undefined
  #hasBooted = false
  #wasKilled = false

  constructor(slotNumber: number) {
    this.slotNumber = slotNumber
  }

  get isTerminated(): boolean {
    return this.#isTerminated
  }

  /** Whether recovery from its death is complete. */
  get isRecovered(): boolean {
    return this.#isRecovered
  }

  /** Whether its successor would not die in the same way. */
  get isReplaceable(): boolean {
    return this.#hasBooted || this.#wasKilled
  }

  get #record(): number {
    return threadAt(this.slotNumber)
  }

  get isKilled(): boolean {
    return load(this.#record + thread.killed) === 1
  }

  /** Lets no thread begin in it any more, and ends the one that it runs. */
  retire(): void {
    const word = this.#record + thread.slotState
    for (let state = load(word); state >= 0 && state !== slotState.recovering; state = load(word))
      compareAndSet(word, state, slotState.recovering)
  }

  terminate(): void {
    this.#isTerminated = true
    this.handle?.terminate()
  }

  hasStopped(): boolean {
    return this.handle?.hasStopped() ?? false
  }

  /**
   * Repairs what its thread left. Returns false when that has to be repeated later: see `recoverFromThreadDeath`. Main
   * polls while it waits for a guard in the middle of this. The recovery must not be run again then: it would give the
   * slot to the next worker, and go on with that one's memory.
   */
  recover(): boolean {
    if (this.#isRecovered) return true
    if (this.#isRecovering) return false
    this.#isRecovering = true
    try {
      this.#repair()
    } finally {
      this.#isRecovering = false
    }
    return this.#isRecovered
  }

  #repair(): void {
    this.#noteEnd()
    this.#isRecovered = recoverFromThreadDeath(this.slotNumber)
    if (this.#isRecovered && this.#ended !== undefined) writeError(this.slotNumber, this.#reason(undefined))
  }

  /** The end of the thread that it ran when it died; undefined when it ran none. `error` is the platform's reason. */
  describeEnd(error: string | undefined): ThreadEnd | undefined {
    return this.#ended && { ...this.#ended, error: this.#reason(error) }
  }

  /** Replaces the error that `recover` wrote, which is not known there while main blocks. */
  writeReason(error: string): void {
    const isUnchanged = load(this.#record + thread.slotState) === slotState.dead
    if (isUnchanged && this.#ended?.ident === words[this.#record + thread.ident])
      writeError(this.slotNumber, error)
  }

  reportFailedBoot(error: string | undefined): void {
    console.error(`A worker of ${processName()} could not start: ${this.#reason(error)}`)
  }

  #noteEnd(): void {
    const record = this.#record
    this.#wasKilled ||= this.isKilled
    const state = load(record + thread.worker)
    this.#hasBooted ||= state === workerState.running || state === workerState.exiting
    if (load(record + thread.slotState) !== slotState.taken) return
    this.#ended = { ident: words[record + thread.ident]!, name: readName(record + thread.name) }
  }

  #reason(error: string | undefined): string {
    return error ?? (this.#wasKilled ? 'ended from outside' : 'its worker ended')
  }
}
