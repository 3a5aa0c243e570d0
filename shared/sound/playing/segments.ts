import { SharedMemory } from '@skein/threading'

/** The part of a song that lies in the ring without a break. A seek and each next song begin another one. */
export interface Segment {
  /** Given by `main`; grows. */
  readonly number: number
  /** The index of its first frame in the ring. */
  readonly firstFrame: number
  /** The frame of the song that lies there. */
  readonly songFrame: number
  /** Frames of the song per second. */
  readonly songRate: number
  /** Frames of the ring per second. */
  readonly ringRate: number
  readonly speed: number
}

/** The ring's frames belong to fewer segments than this, unless songs are shorter than 0.1 s. */
const entryCount = 64
const entryDoubles = 8
const bytes = 16 + entryCount * entryDoubles * 8
/** The words before the entries. */
const countIndex = 0
const rateIndex = 1

/**
 * States which frames of the ring `pcm` belong to which segment. `decoder` writes it, and every thread may read it at
 * any time: an entry counts only once it is complete. A thread that replaces `decoder` continues from the last entry.
 */
export class Segments {
  readonly block: SharedMemory
  readonly #entries: Float64Array

  /** Main calls it without arguments; other threads pass the block. */
  constructor(block: SharedMemory = new SharedMemory({ name: 'segments', bytes })) {
    this.block = block
    this.#entries = block.float64.subarray(2)
  }

  /** The frames per second of the sound output; 0 before there is one. `main` writes it. */
  get outputRate(): number {
    return Atomics.load(this.block.int32, rateIndex)
  }

  set outputRate(rate: number) {
    Atomics.store(this.block.int32, rateIndex, rate)
  }

  get last(): Segment | undefined {
    return this.#read(this.#count - 1)
  }

  /** Adds a segment. The frames of the ring from its first one on belong to it. */
  add(segment: Segment): void {
    const count = this.#count
    const start = (count % entryCount) * entryDoubles
    const { number, firstFrame, songFrame, songRate, ringRate, speed } = segment
    this.#entries.set([number, firstFrame, songFrame, songRate, ringRate, speed], start)
    Atomics.store(this.block.int32, countIndex, count + 1)
  }

  /** Returns the segment to which a frame of the ring belongs; undefined if it is not known any more. */
  at(frame: number): Segment | undefined {
    const count = this.#count
    for (let index = count - 1; index >= 0 && index > count - entryCount; index--) {
      const segment = this.#read(index)
      if (segment === undefined) return undefined
      if (segment.firstFrame <= frame) return segment
    }
    return undefined
  }

  get #count(): number {
    return Atomics.load(this.block.int32, countIndex)
  }

  /** Returns undefined if the entry was overwritten meanwhile. */
  #read(index: number): Segment | undefined {
    if (index < 0) return undefined
    const start = (index % entryCount) * entryDoubles
    const [number = 0, firstFrame = 0, songFrame = 0, songRate = 1, ringRate = 1, speed = 1] =
      this.#entries.subarray(start, start + entryDoubles)
    if (this.#count - index >= entryCount) return undefined
    return { number, firstFrame, songFrame, songRate, ringRate, speed }
  }
}

/** Returns the position in the song, in seconds, of a frame of the ring. */
export function positionAt(segment: Segment, frame: number): number {
  const { firstFrame, songFrame, songRate, ringRate, speed } = segment
  return songFrame / songRate + (Math.max(0, frame - firstFrame) / ringRate) * speed
}
