import { load, store } from '../core/atomic.ts'
import { RuntimeError, ValueError } from '../core/errors.ts'
import { afterOperation, beforeOperation } from '../core/instrumentation.ts'
import { classOf, HandleRef, registerKind, registerSnapshot } from '../core/kind-registry.ts'
import { canBlock, floats, words } from '../core/memory.ts'
import { checkInteger } from '../core/numbers.ts'
import { normalizeTimeout } from '../core/timeout.ts'
import { operationFailed } from '../core/vocabulary.ts'
import { firstWaiter, hintWaiter, refuseAll } from '../core/wait-list.ts'
import { attemptOrWait, attemptOrWaitAsync, type WaitStep } from '../core/waits/waiting.ts'
import { loadCount, storeCount } from './ring-counter.ts'
import { ringWord, samplesOffset } from './ring-fields.ts'
import { RingReader } from './ring-reader.ts'
import { RingStorage } from './ring-storage.ts'

export type { RingBufferOptions } from './ring-fields.ts'

/** In each list at most one thread waits, so the reader can hint at it without the guard. */
const spaceList = 0
const readList = 1

/**
 * Frames of samples on their way from one thread to another, which must not wait: an AudioWorklet. Each frame has a
 * number for each channel. One thread writes, and one reads; any thread may read the counts. The reader fades out before
 * silence and fades in after it.
 *
 * A frame exists once `framesWritten` counts it: a writer that dies in the middle of `write` has written nothing, and its
 * successor goes on behind the last frame. A reset is decided in one step as well.
 */
export class RingBuffer extends RingStorage {
  #reader: RingReader | undefined

  /** A handle on the ring buffer with this id, for a thread that cannot receive primitives. */
  static attach(id: number): RingBuffer {
    if (classOf(id) !== RingBuffer) throw new TypeError(`object ${id} is no RingBuffer`)
    return new RingBuffer(new HandleRef(id))
  }

  /**
   * Writes frames from `start` to `end` of the channels, as far as there is space. Returns how many it wrote. Throws
   * ValueError for another number of channels, or for frames that are not there.
   */
  write(channels: readonly Float32Array[], start = 0, end = channels[0]?.length ?? 0): number {
    this.checkLive()
    this.#checkFrames(channels, start, end)
    beforeOperation(this.id, 'write')
    const written = loadCount(this.block + ringWord.written)
    const count = Math.min(end - start, this.space)
    if (count > 0) {
      this.#copyIn(channels, start, count, written)
      if (words[this.block + ringWord.isEnded] !== 0) store(this.block + ringWord.isEnded, 0)
      storeCount(this.block + ringWord.written, written + count)
    }
    afterOperation(this.id, 'write', count > 0 || end === start ? this.#readFill : operationFailed)
    return count
  }

  /** States that no frame follows the last one for now: the reader that has read it counts no underrun. */
  end(): void {
    this.checkLive()
    store(this.block + ringWord.isEnded, 1)
  }

  /**
   * Begins a new generation: the reader fades out, skips the frames that it has not read, and goes on with the frames
   * that are written from now on. They begin with a ramp, unless `fadesIn` is false. Returns the number of the first of
   * these frames, as `framesRead` counts them.
   */
  reset({ fadesIn = true }: { readonly fadesIn?: boolean } = {}): number {
    this.checkLive()
    beforeOperation(this.id, 'reset')
    const written = loadCount(this.block + ringWord.written)
    const generation = (words[this.block + ringWord.generation]! + 1) | 0
    const parity = generation & 1
    store(this.block + ringWord.starts + parity, written | 0)
    store(this.block + ringWord.fadesIn + parity, fadesIn ? 1 : 0)
    store(this.block + ringWord.isEnded, 0)
    store(this.block + ringWord.generation, generation)
    afterOperation(this.id, 'reset', generation)
    return written
  }

  /**
   * Waits until `frames` can be written at once, at most `timeout` milliseconds (undefined: without limit). Returns
   * whether they can. At most one thread waits for space: a later call ends an earlier one. Throws ValueError for more
   * frames than fit.
   */
  waitForSpace(frames: number, timeout?: number): boolean {
    const step = this.#spaceFor(frames)
    return this.#wait(step, timeout, 'waitForSpaceAsync')
  }

  /** Like `waitForSpace`, for threads that must not block. */
  async waitForSpaceAsync(frames: number, timeout?: number): Promise<boolean> {
    const step = this.#spaceFor(frames)
    return this.#waitAsync(step, timeout)
  }

  /**
   * Waits until `framesRead` is `index` or more, at most `timeout` milliseconds (undefined: without limit). Returns
   * whether it is. At most one thread waits for the reader: a later call ends an earlier one.
   */
  waitUntilRead(index: number, timeout?: number): boolean {
    const step = this.#readingOf(index)
    return this.#wait(step, timeout, 'waitUntilReadAsync')
  }

  /** Like `waitUntilRead`, for threads that must not block. */
  async waitUntilReadAsync(index: number, timeout?: number): Promise<boolean> {
    const step = this.#readingOf(index)
    return this.#waitAsync(step, timeout)
  }

  /**
   * Fills the first `frames` of each target, one for each channel, and never waits. Where there is no frame, it gives
   * silence. Returns how many frames it took from the ring. Further targets get silence too.
   */
  read(targets: readonly Float32Array[], frames = targets[0]?.length ?? 0): number {
    this.checkLive()
    beforeOperation(this.id, 'read')
    this.#reader ??= new RingReader({
      block: this.block,
      channels: this.channels,
      capacity: this.capacity,
      rampFrames: this.rampFrames,
      hintWaiters: (read) => this.#hintWaiters(read),
    })
    const underruns = words[this.block + ringWord.underruns]!
    const taken = this.#reader.read(targets, frames)
    const hasFailed = words[this.block + ringWord.underruns] !== underruns
    if (taken > 0 || hasFailed) afterOperation(this.id, 'read', hasFailed ? operationFailed : this.#readFill)
    return taken
  }

  readonly #readFill = (): number => this.framesBuffered

  #checkFrames(channels: readonly Float32Array[], start: number, end: number): void {
    checkInteger(start, 'the first frame', 0)
    checkInteger(end, 'the end', start)
    if (channels.length !== this.channels)
      throw new ValueError(`${this.name} has ${this.channels} channels, not ${channels.length}`)
    if (channels.some((channel) => channel.length < end))
      throw new ValueError(`a channel has fewer than ${end} frames`)
  }

  #copyIn(channels: readonly Float32Array[], start: number, count: number, written: number): void {
    const offset = written % this.capacity
    for (let channel = 0; channel < this.channels; channel++) {
      const source = channels[channel]!
      const first = this.block + samplesOffset + channel * this.capacity
      const untilWrap = Math.min(count, this.capacity - offset)
      for (let index = 0; index < untilWrap; index++) floats[first + offset + index] = source[start + index]!
      for (let index = untilWrap; index < count; index++)
        floats[first + index - untilWrap] = source[start + index]!
    }
  }

  #spaceFor(frames: number): WaitStep {
    checkInteger(frames, 'the frames to wait for', 0)
    if (frames > this.capacity) throw new ValueError(`${this.name} holds ${this.capacity} frames`)
    this.#endWait(spaceList)
    const index = (load(this.block + ringWord.written) + frames - this.capacity) | 0
    store(this.block + ringWord.spaceIndex, index)
    return this.#reaching(spaceList, index)
  }

  #readingOf(index: number): WaitStep {
    if (!Number.isSafeInteger(index)) throw new TypeError('the index of a frame is a whole number')
    this.#endWait(readList)
    const isFar = index - loadCount(this.block + ringWord.read) > 2 ** 30
    if (isFar) throw new ValueError('the frame is too far ahead')
    store(this.block + ringWord.readIndex, index | 0)
    return { ...this.#reaching(readList, index | 0), operation: 'wait' }
  }

  /** A wait until the reader is at frame `index`. */
  #reaching(list: number, index: number): WaitStep {
    const attempt = () => ((load(this.block + ringWord.read) - index) | 0) >= 0
    return { list, operation: 'write', attempt, retriesOnHint: true }
  }

  /** Ends the wait of another call, which then returns whether it succeeded. */
  #endWait(list: number): void {
    this.checkLive()
    if (firstWaiter(this.id, list) === 0) return
    this.enter()
    refuseAll(this.id, list)
    this.leave()
  }

  #wait(step: WaitStep, timeout: number | undefined, asyncName: string): boolean {
    const limit = normalizeTimeout(timeout)
    if (step.attempt()) return true
    if (!canBlock && limit > 0) throw new RuntimeError(`this thread must not block: use ${asyncName}`)
    attemptOrWait(this.id, step, limit)
    return step.attempt()
  }

  async #waitAsync(step: WaitStep, timeout: number | undefined): Promise<boolean> {
    await attemptOrWaitAsync(this.id, step, normalizeTimeout(timeout))
    return step.attempt()
  }

  /**
   * A waiter stores the index that it waits for, queues itself, and then reads `read` again. So either it sees the new
   * `read`, or it is seen here.
   */
  #hintWaiters(read: number): void {
    this.#hint(spaceList, ringWord.spaceIndex, read)
    this.#hint(readList, ringWord.readIndex, read)
  }

  #hint(list: number, indexWord: number, read: number): void {
    const waiter = firstWaiter(this.id, list)
    if (waiter !== 0 && ((read - load(this.block + indexWord)) | 0) >= 0) hintWaiter(waiter)
  }
}
registerKind('RingBuffer', RingBuffer)
registerSnapshot('RingBuffer', (ring: RingBuffer) => ({
  depth: ring.framesBuffered,
  maxSize: ring.capacity,
  generation: ring.generation,
  underruns: ring.underruns,
}))
