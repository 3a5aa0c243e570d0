import { enumerate, killThread, type Thread } from '@skein/threading'
import type { Claim, ReaderBoard } from './reader-board.ts'

/** Milliseconds between two checks of the threads. */
export const pollInterval = 250
/** Milliseconds after which the files behind a slow one go to another thread. */
const slowTime = 1000
/** Milliseconds that one file may take before its thread is ended. */
const fileTimeout = 5000
/** Milliseconds after which a thread that was ended is replaced, even if it is still in a system call. */
const killTimeout = 1000
/** Threads in system calls that do not return, at the same time. With more, nothing is replaced any more. */
export const maxAbandonedThreads = 12

/**
 * Why a thread no longer reads a file. `hangs`: it is in a system call that does not return. `ended` is called when it
 * returns after all.
 */
export type LossReason =
  | { readonly kind: 'died'; readonly error: string | undefined }
  | { readonly kind: 'slow' }
  | { readonly kind: 'hangs'; readonly ended: Promise<void> }

export interface ReaderThreadsOptions {
  readonly board: ReaderBoard
  readonly count: number
  /** Makes the thread of a slot, which uses a row of the board. Throws if that is not possible. */
  readonly makeThread: (slot: number, row: number) => Thread
  /** A thread takes long: its claim may be split. */
  readonly onSlow: (row: number, claim: Claim) => void
  /** A thread was lost while it read. It is replaced already. */
  readonly onLost: (claim: Claim, reason: LossReason) => void
  readonly onFailure: (error: unknown) => void
}

interface ReaderSlot {
  ident: number | undefined
  row: number
  claim: Claim | undefined
  /** Milliseconds for which the claim was the same. Counted in polls: time in which `main` is busy does not count. */
  age: number
  wasKilled: boolean
}

interface AbandonedThread {
  readonly row: number
  readonly onEnd: () => void
}

/** Returns the number of rows that the board of `count` threads needs. */
export const boardRows = (count: number): number => count + maxAbandonedThreads

/** Threads that read what others made. Each has a deadline for each file, and is replaced if it dies or hangs. */
export class ReaderThreads {
  readonly #options: ReaderThreadsOptions
  readonly #slots: ReaderSlot[]
  readonly #freeRows: number[]
  readonly #abandoned = new Map<number, AbandonedThread>()

  constructor(options: ReaderThreadsOptions) {
    const { count } = options
    this.#options = options
    this.#slots = Array.from({ length: count }, (_, row) => newSlot(row))
    this.#freeRows = Array.from({ length: maxAbandonedThreads }, (_, index) => count + index)
  }

  /** The threads that are in a system call which does not return. */
  get abandoned(): number {
    return this.#abandoned.size
  }

  start(): void {
    for (const index of this.#slots.keys()) this.#startThread(index)
  }

  /** Whether no thread reads a file. */
  get isIdle(): boolean {
    return this.#slots.every(({ row }) => this.#options.board.claimOf(row) === undefined)
  }

  /** Waits for the threads to end by themselves, but no longer than `timeout` milliseconds. */
  async join(timeout: number): Promise<void> {
    const idents = new Set(this.#slots.map(({ ident }) => ident))
    const threads = enumerate().filter(({ ident }) => idents.has(ident))
    await Promise.all(threads.map((thread) => thread.joinAsync(timeout)))
  }

  /** Call it for every thread that ends. Replaces it if it is one of these. */
  handleThreadEnd(ident: number, error: string | undefined): void {
    const abandoned = this.#abandoned.get(ident)
    if (abandoned !== undefined) {
      this.#abandoned.delete(ident)
      this.#options.board.release(abandoned.row)
      this.#freeRows.push(abandoned.row)
      abandoned.onEnd()
    }
    const index = this.#slots.findIndex((slot) => slot.ident === ident)
    const slot = this.#slots[index]
    if (slot === undefined) return
    const claim = this.#options.board.claimOf(slot.row)
    this.#options.board.release(slot.row)
    const reason: LossReason = slot.wasKilled ? { kind: 'slow' } : { kind: 'died', error }
    this.#slots[index] = newSlot(slot.row)
    this.#startThread(index)
    if (claim !== undefined) this.#options.onLost(claim, reason)
  }

  /** Call it every `pollInterval` while there is work. */
  poll(): void {
    for (const [index, slot] of this.#slots.entries()) {
      const claim = this.#options.board.claimOf(slot.row)
      const isSame = claim?.batch === slot.claim?.batch && claim?.index === slot.claim?.index
      slot.claim = claim
      slot.age = isSame ? slot.age + pollInterval : 0
      if (claim === undefined || slot.ident === undefined) continue
      if (slot.age === slowTime) this.#options.onSlow(slot.row, claim)
      if (slot.age === fileTimeout) {
        slot.wasKilled = true
        killThread(slot.ident)
      }
      if (slot.age >= fileTimeout + killTimeout) this.#abandon(index, slot, slot.ident, claim)
    }
  }

  #abandon(index: number, slot: ReaderSlot, ident: number, claim: Claim): void {
    const row = this.#freeRows.pop()
    if (row === undefined) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#abandoned.set(ident, { row: slot.row, onEnd: resolve })
    this.#slots[index] = newSlot(row)
    this.#startThread(index)
    this.#options.onLost(claim, { kind: 'hangs', ended: promise })
  }

  #startThread(index: number): void {
    const slot = this.#slots[index]
    if (slot === undefined) return
    try {
      const thread = this.#options.makeThread(index, slot.row)
      thread.start()
      slot.ident = thread.ident
    } catch (error) {
      this.#options.onFailure(error)
    }
  }
}

function newSlot(row: number): ReaderSlot {
  return { ident: undefined, row, claim: undefined, age: 0, wasKilled: false }
}
