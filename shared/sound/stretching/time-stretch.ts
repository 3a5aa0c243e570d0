import { blockFrames, type PcmBlock } from '../audio-stream.ts'
import { findSimilar } from './find-similar.ts'

/** Changes the speed and keeps the pitch. It keeps its state between blocks, so a join stays a join. */
export interface TimeStretch {
  /** Returns what is complete. The rest follows with the next block. */
  process(block: PcmBlock): PcmBlock
  /** Returns the rest, as if silence followed. The next block begins a new signal. */
  flush(): PcmBlock
}

/** Seconds of each segment, over which one passage fades into the next one. */
const segmentDuration = 0.02
/** Seconds by which a passage may begin before or after its time. */
const tolerance = 0.015

export function createTimeStretch(channels: number, rate: number, speed: number): TimeStretch {
  if (!(speed > 0)) throw new RangeError(`${speed} is not a speed`)
  return speed === 1 ? new NormalSpeed(channels, rate) : new WaveformOverlap(channels, rate, speed)
}

class NormalSpeed implements TimeStretch {
  readonly #channels: number
  readonly #rate: number

  constructor(channels: number, rate: number) {
    this.#channels = channels
    this.#rate = rate
  }

  process(block: PcmBlock): PcmBlock {
    return block
  }

  flush(): PcmBlock {
    return { sampleRate: this.#rate, channels: silence(this.#channels, 0) }
  }
}

/**
 * WSOLA (waveform similarity overlap-add), as Chromium uses it for media elements: each segment of the output continues
 * the one before, and fades into the passage near its own time that is most similar to that continuation.
 */
class WaveformOverlap implements TimeStretch {
  readonly #rate: number
  readonly #speed: number
  readonly #segmentFrames: number
  readonly #toleranceFrames: number
  readonly #fadeIn: Float32Array
  /** The input that is still needed, and the frame with which it begins. Frames are counted since the last flush. */
  #input: Float32Array<ArrayBuffer>[]
  #first = 0
  #end = 0
  #segments = 0
  /** Where the last segment would continue. */
  #continuation = 0
  #outputFrames = 0

  constructor(channels: number, rate: number, speed: number) {
    this.#rate = rate
    this.#speed = speed
    this.#segmentFrames = Math.round(rate * segmentDuration)
    this.#toleranceFrames = Math.round(rate * tolerance)
    this.#fadeIn = Float32Array.from(
      { length: this.#segmentFrames },
      (_, frame) => Math.sin((Math.PI / 2) * ((frame + 0.5) / this.#segmentFrames)) ** 2,
    )
    this.#input = silence(channels, 0)
  }

  process(block: PcmBlock): PcmBlock {
    if (block.channels.length !== this.#input.length)
      throw new RangeError(`a block has ${block.channels.length} channels instead of ${this.#input.length}`)
    this.#append(block.channels)
    return this.#produce(Number.POSITIVE_INFINITY)
  }

  flush(): PcmBlock {
    const total = Math.ceil(this.#end / this.#speed)
    const missing = this.#segmentFrames * 2 + this.#toleranceFrames
    this.#append(silence(this.#input.length, missing + Math.ceil(this.#segmentFrames * this.#speed)))
    const rest = this.#produce(total - this.#outputFrames)
    this.#input = silence(this.#input.length, 0)
    this.#first = 0
    this.#end = 0
    this.#segments = 0
    this.#continuation = 0
    this.#outputFrames = 0
    return rest
  }

  #append(channels: readonly Float32Array[]): void {
    this.#input = this.#input.map((input, channel) => {
      const joined = new Float32Array(input.length + channels[channel]!.length)
      joined.set(input)
      joined.set(channels[channel]!, input.length)
      return joined
    })
    this.#end += blockFrames({ sampleRate: this.#rate, channels: channels as PcmBlock['channels'] })
  }

  /** Returns the segments for which there is enough input, at most so many frames. */
  #produce(maxFrames: number): PcmBlock {
    const segments: Float32Array<ArrayBuffer>[][] = []
    let frames = 0
    while (frames < maxFrames && this.#isComplete) {
      segments.push(this.#nextSegment())
      frames += this.#segmentFrames
    }
    this.#dropUsedInput()
    frames = Math.min(frames, maxFrames)
    this.#outputFrames += frames
    return {
      sampleRate: this.#rate,
      channels: this.#input.map((_, channel) => joinSegments(segments, channel, frames)),
    }
  }

  /** The time of the next segment, as a frame of the input. */
  get #ideal(): number {
    return Math.round(this.#segments * this.#segmentFrames * this.#speed)
  }

  get #isComplete(): boolean {
    const last = Math.max(this.#ideal + this.#toleranceFrames, this.#continuation)
    return last + this.#segmentFrames <= this.#end
  }

  #nextSegment(): Float32Array<ArrayBuffer>[] {
    const from = this.#continuation - this.#first
    const to = this.#findPassage()
    this.#segments += 1
    this.#continuation = to + this.#segmentFrames
    return this.#input.map((input) => this.#fade(input, from, to - this.#first))
  }

  /** Returns the frame of the input with which the next segment ends its fade. */
  #findPassage(): number {
    // The first segment is the beginning itself.
    if (this.#segments === 0) return 0
    const earliest = Math.max(this.#ideal - this.#toleranceFrames, this.#first)
    const latest = this.#ideal + this.#toleranceFrames
    // Nothing is more similar to the continuation than itself.
    if (this.#continuation >= earliest && this.#continuation <= latest) return this.#continuation
    const found = findSimilar(this.#input, {
      target: this.#continuation - this.#first,
      from: earliest - this.#first,
      to: latest - this.#first,
      frames: this.#segmentFrames,
    })
    return found + this.#first
  }

  #fade(input: Float32Array, from: number, to: number): Float32Array<ArrayBuffer> {
    if (from === to) return Float32Array.from(input.subarray(from, from + this.#segmentFrames))
    return Float32Array.from(
      this.#fadeIn,
      (gain, frame) => gain * input[to + frame]! + (1 - gain) * input[from + frame]!,
    )
  }

  #dropUsedInput(): void {
    const needed = Math.min(this.#ideal - this.#toleranceFrames, this.#continuation, this.#end)
    const used = Math.max(0, needed - this.#first)
    this.#input = this.#input.map((input) => input.slice(used))
    this.#first += used
  }
}

const silence = (channels: number, frames: number): Float32Array<ArrayBuffer>[] =>
  Array.from({ length: channels }, () => new Float32Array(frames))

function joinSegments(
  segments: readonly Float32Array[][],
  channel: number,
  frames: number,
): Float32Array<ArrayBuffer> {
  const joined = new Float32Array(frames)
  let start = 0
  for (const segment of segments) {
    const samples = segment[channel]!
    joined.set(samples.subarray(0, frames - start), start)
    start += samples.length
  }
  return joined
}
