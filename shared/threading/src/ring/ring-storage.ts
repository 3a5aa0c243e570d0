import { load, store } from '../core/atomic.ts'
import { ValueError } from '../core/errors.ts'
import { HandleRef } from '../core/kind-registry.ts'
import { words } from '../core/memory.ts'
import { checkInteger } from '../core/numbers.ts'
import { Primitive } from '../core/primitive.ts'
import { allocate, claimBlock, free, giveBlock } from '../heap/heap.ts'
import { unitBytes } from '../heap/heap-block.ts'
import { loadCount } from './ring-counter.ts'
import {
  maxCapacity,
  maxChannels,
  type RingBufferOptions,
  ringField,
  ringWord,
  samplesOffset,
} from './ring-fields.ts'

/** The block of a ring buffer, and what any thread may read of it. See ring-fields.ts. */
export abstract class RingStorage extends Primitive {
  /** How many numbers a frame has. */
  readonly channels: number
  /** How many frames fit. */
  readonly capacity: number
  /** How many frames a ramp takes. */
  readonly rampFrames: number
  /** The first word of the block. */
  protected readonly block: number

  /**
   * Throws TypeError for a number that is not an integer, ValueError for one that is out of range, MemoryError when there
   * is no room.
   */
  constructor(options: RingBufferOptions | HandleRef) {
    if (!(options instanceof HandleRef)) checkOptions(options)
    super('RingBuffer', options)
    if (!(options instanceof HandleRef)) this.initialize(() => this.#allocate(options))
    this.channels = words[this.field(ringField.channels)]!
    this.capacity = words[this.field(ringField.capacity)]!
    this.rampFrames = words[this.field(ringField.rampFrames)]!
    this.block = words[this.field(ringField.address)]! * (unitBytes / 4)
  }

  /** Frames that were ever written. */
  get framesWritten(): number {
    this.checkLive()
    return loadCount(this.block + ringWord.written)
  }

  /** Frames that were ever read, or skipped after a reset. */
  get framesRead(): number {
    this.checkLive()
    return loadCount(this.block + ringWord.read)
  }

  /** Frames that were written and neither read nor skipped. */
  get framesBuffered(): number {
    this.checkLive()
    // Read in this order: the reader does not pass a writer that was read later.
    const read = load(this.block + ringWord.read)
    return Math.min((load(this.block + ringWord.written) - read) | 0, this.capacity)
  }

  /** Frames that can be written at once. */
  get space(): number {
    return this.capacity - this.framesBuffered
  }

  /** How often the ring was reset. It wraps after 2³¹ times. */
  get generation(): number {
    this.checkLive()
    return load(this.block + ringWord.generation)
  }

  /** Whether the reader has begun with the present generation. */
  get isAcknowledged(): boolean {
    this.checkLive()
    return load(this.block + ringWord.acknowledged) === load(this.block + ringWord.generation)
  }

  /** How often the reader found no frame in the middle of a generation. */
  get underruns(): number {
    this.checkLive()
    return load(this.block + ringWord.underruns)
  }

  /** The frames of silence that it gave instead. */
  get missingFrames(): number {
    this.checkLive()
    return load(this.block + ringWord.missingFrames)
  }

  /** Whether the last frame that the reader gave was silence: paused, empty, or not begun. */
  get isSilent(): boolean {
    this.checkLive()
    return load(this.block + ringWord.isSilent) === 1
  }

  get isPaused(): boolean {
    this.checkLive()
    return load(this.block + ringWord.isPaused) === 1
  }

  /** While the ring is paused, the reader fades out and gives silence. Any thread may set it. */
  set isPaused(paused: boolean) {
    this.checkLive()
    store(this.block + ringWord.isPaused, paused ? 1 : 0)
  }

  protected override freeBlocks(): void {
    const address = words[this.field(ringField.address)]!
    if (address === 0) return
    claimBlock(address)
    words[this.field(ringField.address)] = 0
    free(address)
  }

  #allocate({ channels, capacity, rampFrames = 0 }: RingBufferOptions): void {
    const size = samplesOffset + channels * capacity
    const address = allocate(size * 4)
    const first = address * (unitBytes / 4)
    words.fill(0, first, first + size)
    words[first + ringWord.isSilent] = 1
    words[this.field(ringField.channels)] = channels
    words[this.field(ringField.capacity)] = capacity
    words[this.field(ringField.rampFrames)] = rampFrames
    words[this.field(ringField.address)] = address
    giveBlock(address)
  }
}

function checkOptions({ channels, capacity, rampFrames = 0 }: RingBufferOptions): void {
  checkInteger(channels, 'the channels of a ring buffer', 1)
  checkInteger(capacity, 'the capacity of a ring buffer', 1)
  checkInteger(rampFrames, 'rampFrames', 0)
  if (channels > maxChannels) throw new ValueError(`a ring buffer has at most ${maxChannels} channels`)
  if (capacity > maxCapacity) throw new ValueError(`a ring buffer holds at most ${maxCapacity} frames`)
}
