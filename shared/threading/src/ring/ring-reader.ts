import { load, store } from '../core/atomic.ts'
import { floats, words } from '../core/memory.ts'
import { loadCount, storeCount } from './ring-counter.ts'
import { ringWord, samplesOffset } from './ring-fields.ts'

/** The shape of the ring whose frames a reader reads. */
export interface RingShape {
  readonly block: number
  readonly channels: number
  readonly capacity: number
  readonly rampFrames: number
  /** Hints at the threads that wait for the reader, after it has moved to frame `read`. */
  readonly hintWaiters: (read: number) => void
}

/**
 * Reads the frames of a ring buffer, fades out before silence and fades in after it. It never waits, and allocates
 * nothing while it reads.
 *
 * The position in the ramp, `fade`, goes from 0 (silence) to `rampFrames` (the frames as they are). It falls while the
 * ring is paused and while a reset is pending, and rises otherwise. If frames are missing, the last one is held while it
 * fades out: a sudden silence would click.
 *
 * The reader owns `read` and `acknowledged`. A reset is pending while `acknowledged` differs from `generation`: then the
 * frames before the generation's start are old. When they have faded out, the reader skips the rest of them.
 */
export class RingReader {
  readonly #ring: RingShape
  readonly #gains: Float32Array
  /** The last frame that was read, without its gain. */
  readonly #lastFrame: Float32Array
  #fade: number
  /** No frame of this generation was read by this reader: there is nothing to fade out. */
  #isFresh = true
  /** The last frame is held until it has faded out. */
  #isHolding = false
  /** Frames are missing in the middle of a generation. */
  #isStarved = false

  constructor(ring: RingShape) {
    this.#ring = ring
    const { rampFrames } = ring
    this.#gains = Float32Array.from(
      { length: rampFrames + 1 },
      (_, index) => 0.5 - 0.5 * Math.cos((Math.PI * index) / Math.max(rampFrames, 1)),
    )
    this.#lastFrame = new Float32Array(ring.channels)
    const hasBegun = words[ring.block + ringWord.read] !== words[ring.block + ringWord.starts]
    this.#fade = hasBegun ? 0 : rampFrames
  }

  /** Fills the first `frames` of each target. Returns how many frames it took from the ring. */
  read(targets: readonly Float32Array[], frames: number): number {
    let done = 0
    let taken = 0
    while (done < frames) {
      const count = this.#step(targets, done, frames)
      if (count === 0) break
      done += Math.abs(count)
      if (count > 0) taken += count
    }
    silence(targets, done, frames, 0)
    silence(targets, 0, frames, this.#ring.channels)
    this.#publish(frames - taken)
    return taken
  }

  /**
   * Returns how many frames it wrote to the targets, negative for frames that were not in the ring. 0 if the rest is
   * silence.
   */
  #step(targets: readonly Float32Array[], done: number, frames: number): number {
    const { block } = this.#ring
    // Before the generation: what was written then does not belong to a later one.
    const written = load(block + ringWord.written)
    const generation = load(block + ringWord.generation)
    const isReset = generation !== words[block + ringWord.acknowledged]
    const end = isReset ? load(block + ringWord.starts + (generation & 1)) : written
    const isFalling = isReset || load(block + ringWord.isPaused) === 1
    if (isFalling && this.#isSilent()) {
      this.#isStarved = false
      if (!isReset) return 0
      this.#acknowledge(generation, end)
      return this.#step(targets, done, frames)
    }
    const available = (end - words[block + ringWord.read]!) | 0
    if (available === 0 || this.#isHolding) return -this.#hold(targets, done, frames, isFalling)
    return this.#copy(targets, done, Math.min(frames - done, available), isFalling)
  }

  #isSilent(): boolean {
    return this.#fade === 0 || this.#isFresh
  }

  /** Skips the old frames and begins with the new generation. */
  #acknowledge(generation: number, start: number): void {
    const { block, rampFrames } = this.#ring
    const fadesIn = load(block + ringWord.fadesIn + (generation & 1)) === 1
    const read = loadCount(block + ringWord.read)
    this.#moveTo(read + ((start - (read | 0)) | 0))
    store(block + ringWord.acknowledged, generation)
    this.#fade = fadesIn ? 0 : rampFrames
    this.#isFresh = true
    this.#isHolding = false
    this.#isStarved = false
  }

  /** Fades out the last frame. Returns how many frames that took, 0 when it has faded out. */
  #hold(targets: readonly Float32Array[], done: number, frames: number, isFalling: boolean): number {
    if (!this.#isHolding) this.#noteMissing(isFalling)
    if (this.#isSilent()) return 0
    const count = Math.min(frames - done, this.#fade)
    for (let channel = 0; channel < targets.length && channel < this.#lastFrame.length; channel++) {
      const target = targets[channel]!
      const last = this.#lastFrame[channel]!
      for (let index = 0; index < count; index++)
        target[done + index] = last * this.#gains[this.#fade - 1 - index]!
    }
    this.#fade -= count
    this.#isHolding = this.#fade > 0
    return count
  }

  #noteMissing(isFalling: boolean): void {
    const { block } = this.#ring
    const isMissing = !isFalling && !this.#isFresh && load(block + ringWord.isEnded) === 0
    if (isMissing && !this.#isStarved)
      store(block + ringWord.underruns, words[block + ringWord.underruns]! + 1)
    this.#isStarved = isMissing
  }

  #copy(targets: readonly Float32Array[], done: number, wanted: number, isFalling: boolean): number {
    const { block, channels, capacity, rampFrames } = this.#ring
    const read = loadCount(block + ringWord.read)
    const offset = read % capacity
    const isFlat = !isFalling && this.#fade === rampFrames
    const rampLeft = isFalling ? this.#fade : rampFrames - this.#fade
    const count = Math.min(wanted, capacity - offset, isFlat ? wanted : rampLeft)
    for (let channel = 0; channel < channels; channel++) {
      const first = block + samplesOffset + channel * capacity + offset
      const target = targets[channel]
      if (target !== undefined) {
        for (let index = 0; index < count; index++) target[done + index] = floats[first + index]!
        if (!isFlat) this.#ramp(target, done, count, isFalling ? -1 : 1)
      }
      this.#lastFrame[channel] = floats[first + count - 1]!
    }
    if (!isFlat) this.#fade += isFalling ? -count : count
    this.#isFresh = false
    this.#isStarved = false
    this.#moveTo(read + count)
    return count
  }

  #ramp(target: Float32Array, done: number, count: number, direction: 1 | -1): void {
    for (let index = 0; index < count; index++)
      target[done + index]! *= this.#gains[this.#fade + direction * (index + 1)]!
  }

  #moveTo(read: number): void {
    storeCount(this.#ring.block + ringWord.read, read)
    this.#ring.hintWaiters(read | 0)
  }

  #publish(notTaken: number): void {
    const { block } = this.#ring
    const isSilent = this.#isSilent() ? 1 : 0
    if (words[block + ringWord.isSilent] !== isSilent) store(block + ringWord.isSilent, isSilent)
    if (this.#isStarved && notTaken > 0)
      store(block + ringWord.missingFrames, (words[block + ringWord.missingFrames]! + notTaken) | 0)
  }
}

function silence(targets: readonly Float32Array[], start: number, end: number, firstChannel: number): void {
  for (let channel = firstChannel; channel < targets.length; channel++) targets[channel]!.fill(0, start, end)
}
