import { blockFrames, type PcmBlock } from '../../shared/sound/audio-stream.ts'
import { cutBlock, silence } from '../../shared/sound/pcm/pcm-blocks.ts'

/** Silence for a gap comes in blocks of at most so many frames. */
const maxSilence = 16_384

/**
 * Makes a continuous sound of blocks that have a position on a timeline: cuts what is before the present position or
 * behind the end, and fills gaps with silence.
 */
export class BlockPlacer {
  readonly #blocks: PcmBlock[] = []
  #position: number
  #end = Number.POSITIVE_INFINITY

  constructor(position: number) {
    this.#position = position
  }

  /** The position of the next frame. */
  get position(): number {
    return this.#position
  }

  get isAtEnd(): boolean {
    return this.#position >= this.#end
  }

  /** Nothing is returned that is at `end` or behind it. */
  setEnd(end: number): void {
    this.#end = end
  }

  /** Continues at `position`. */
  move(position: number): void {
    this.#blocks.length = 0
    this.#position = position
  }

  /** Adds a block that begins at `start`, without what is at `end` or behind it. */
  add(block: PcmBlock, start: number, end = this.#end): void {
    this.addSilence(start, block)
    const from = this.#position - start
    const to = Math.min(blockFrames(block), Math.min(end, this.#end) - start)
    if (from >= to) return
    this.#blocks.push(from === 0 && to === blockFrames(block) ? block : cutBlock(block, from, to))
    this.#position = start + to
  }

  /** Adds silence up to `end`, with the rate and the channels of `like`. */
  addSilence(end: number, { sampleRate, channels }: PcmBlock): void {
    const stop = Math.min(end, this.#end)
    while (this.#position < stop) {
      const frames = Math.min(maxSilence, stop - this.#position)
      this.#blocks.push(silence(frames, sampleRate, channels.length))
      this.#position += frames
    }
  }

  /** Returns the next block; undefined if there is none yet. */
  take(): PcmBlock | undefined {
    return this.#blocks.shift()
  }
}
