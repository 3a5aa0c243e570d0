import type { RingBuffer } from '@skein/threading'
import { blockFrames, type PcmBlock } from '../../shared/sound/audio-stream.ts'

/** The seconds of sound that the ring holds at most. */
const maxSeconds = 4

/** The share of these that is read before a full ring is written to again: `decoder` wakes about once a second. */
const refillShare = 0.25

interface Mark {
  readonly index: number
  readonly resolve: () => void
}

/** The writer's side of the ring `pcm`. */
export class RingOutput {
  readonly #ring: RingBuffer
  readonly #marks = new Set<Mark>()
  /** The index for which the ring waits; undefined if it does not wait. */
  #awaited: number | undefined

  constructor(ring: RingBuffer) {
    this.#ring = ring
  }

  /** The index of the next frame that will be written. */
  get writeIndex(): number {
    return this.#ring.framesWritten
  }

  /** Discards what was not read. What is written from now on is heard next. */
  reset(): void {
    this.#ring.reset()
  }

  /** States that no frame follows for now: the reader then counts no underrun. */
  end(): void {
    this.#ring.end()
  }

  /** Writes a block as there is room for it. `onWait` is called when the ring is full. Ends when `signal` is aborted. */
  async write(block: PcmBlock, signal: AbortSignal, onWait: () => void): Promise<void> {
    const limit = Math.min(this.#ring.capacity, maxSeconds * block.sampleRate)
    const frames = blockFrames(block)
    for (let written = 0; written < frames && !signal.aborted; ) {
      const room = Math.max(0, limit - this.#ring.framesBuffered)
      const end = Math.min(frames, written + room)
      if (end > written) written += this.#ring.write(block.channels, written, end)
      if (written === frames) break
      onWait()
      await this.whenRead(this.writeIndex - Math.floor(limit * (1 - refillShare)), signal)
    }
  }

  /** Resolves when all frames before `index` were read or skipped, or when `signal` is aborted. */
  whenRead(index: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#ring.framesRead >= index) return Promise.resolve()
    return new Promise((resolve) => {
      const mark = { index, resolve: () => end() }
      const end = () => {
        this.#marks.delete(mark)
        signal.removeEventListener('abort', end)
        resolve()
      }
      signal.addEventListener('abort', end)
      this.#marks.add(mark)
      void this.#waitForMarks()
    })
  }

  /** The ring waits for one index at a time: a new wait ends the one before. */
  async #waitForMarks(): Promise<void> {
    const first = Math.min(...Array.from(this.#marks, ({ index }) => index))
    if (first === Number.POSITIVE_INFINITY || first === this.#awaited) return
    this.#awaited = first
    await this.#ring.waitUntilReadAsync(first)
    if (this.#awaited !== first) return
    this.#awaited = undefined
    const read = this.#ring.framesRead
    for (const mark of [...this.#marks]) if (mark.index <= read) mark.resolve()
    void this.#waitForMarks()
  }
}
