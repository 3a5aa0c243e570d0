import { Empty, type Queue, ShutDown } from '@skein/threading'
import type { BatchListener, FileBatch, FileRequest } from './readers/scan-messages.ts'

/** Files that were given to the threads, and the listener for their results. */
export interface Batch {
  readonly run: number
  readonly files: readonly FileRequest[]
  readonly onResults: BatchListener
}

/**
 * The batches that have not come back, by their numbers, and the queue to the threads. Only `main` fills the queue, and it
 * never waits for room: so it can take every batch back.
 */
export class BatchQueue {
  readonly #queue: Queue<FileBatch>
  readonly #outstanding = new Map<number, Batch>()
  /** The outstanding batches that are not in the queue yet. */
  #waiting: number[] = []
  #onRoom: (() => void)[] = []
  #last = 0

  constructor(queue: Queue<FileBatch>) {
    this.#queue = queue
  }

  /** The number of batches that have not come back. */
  get size(): number {
    return this.#outstanding.size
  }

  /** Whether every outstanding batch was taken by a thread. */
  get isEmpty(): boolean {
    return this.#waiting.length === 0 && this.#queue.empty()
  }

  get(number: number): Batch | undefined {
    return this.#outstanding.get(number)
  }

  add(batch: Batch): void {
    const number = ++this.#last
    this.#outstanding.set(number, batch)
    this.#waiting.push(number)
    this.fill()
  }

  /** Cuts a batch after this number of files, and returns the others. */
  split(number: number, files: number): Batch | undefined {
    const batch = this.#outstanding.get(number)
    if (batch === undefined || batch.files.length <= files) return undefined
    this.#outstanding.set(number, { ...batch, files: batch.files.slice(0, files) })
    return { ...batch, files: batch.files.slice(files) }
  }

  remove(number: number): Batch | undefined {
    const batch = this.#outstanding.get(number)
    this.#outstanding.delete(number)
    return batch
  }

  removeWhere(test: (batch: Batch) => boolean): void {
    for (const [number, batch] of this.#outstanding) if (test(batch)) this.#outstanding.delete(number)
  }

  /** Removes the batches that no thread has taken, and returns them. */
  removeUntaken(): Batch[] {
    const numbers: number[] = []
    try {
      for (;;) numbers.push(this.#queue.getNowait().batch)
    } catch (error) {
      if (!(error instanceof Empty) && !(error instanceof ShutDown)) throw error
    }
    numbers.push(...this.#waiting)
    this.#waiting = []
    return numbers.flatMap((number) => this.remove(number) ?? [])
  }

  /** Puts every outstanding batch into the queue again. */
  resend(): void {
    this.#waiting = [...this.#outstanding.keys()]
    this.fill()
  }

  /** Call it whenever there may be room. */
  fill(): void {
    let sent = 0
    for (const number of this.#waiting) {
      if (this.#queue.isShutdown || this.#queue.full()) break
      sent++
      const batch = this.#outstanding.get(number)
      if (batch !== undefined) this.#queue.putNowait({ run: batch.run, batch: number, files: batch.files })
    }
    this.#waiting = this.#waiting.slice(sent)
    if (this.#waiting.length === 0) for (const resolve of this.#onRoom.splice(0)) resolve()
  }

  /** Resolves when all batches are in the queue. */
  async room(): Promise<void> {
    if (this.#waiting.length > 0) await new Promise<void>((resolve) => this.#onRoom.push(resolve))
  }
}
