import type { AlacConfiguration } from './alac-configuration.ts'
import { BitReader } from './bit-reader.ts'
import { addDifferences, addPredictions, type Predictor } from './linear-prediction.ts'
import { readRiceCodes } from './rice-coding.ts'

/** The elements of a packet by their three bits. */
const elements = { single: 0, pair: 1, lowFrequency: 3, data: 4, fill: 6, end: 7 } as const

/**
 * The channels of WAVE's sequence (front left, front right, centre, low frequency, …) by the sequence of the elements,
 * which begins with the centre; by the number of channels.
 */
const channelOrders: readonly (readonly number[])[] = [
  [],
  [0],
  [0, 1],
  [2, 0, 1],
  [2, 0, 1, 3],
  [2, 0, 1, 3, 4],
  [2, 0, 1, 4, 5, 3],
  [2, 0, 1, 4, 5, 6, 3],
  [2, 6, 7, 0, 1, 4, 5, 3],
]

/** What is in the packet cannot be. */
function reject(): never {
  throw new RangeError('The packet is damaged.')
}

/**
 * Decodes Apple Lossless packets, each independently of the others. Written from the description of the format and
 * Apple's reference decoder (https://github.com/macosforge/alac, Apache License 2.0).
 */
export class AlacDecoder {
  readonly #configuration: AlacConfiguration
  readonly #bits = new BitReader()
  /** The samples of the element's channels. */
  readonly #values: readonly [Int32Array, Int32Array]
  /** The low bits of the samples, which are stored as they are; those of both channels alternate. */
  readonly #lowBits: Uint16Array

  constructor(configuration: AlacConfiguration) {
    this.#configuration = configuration
    const { framesPerPacket } = configuration
    this.#values = [new Int32Array(framesPerPacket), new Int32Array(framesPerPacket)]
    this.#lowBits = new Uint16Array(framesPerPacket * 2)
  }

  /** Returns the channels of a packet. Throws RangeError if it is damaged. */
  decode(packet: Uint8Array): Float32Array<ArrayBuffer>[] {
    const { channelCount, framesPerPacket } = this.#configuration
    const order = channelOrders[channelCount] ?? reject()
    const channels: Float32Array<ArrayBuffer>[] = []
    const bits = this.#bits
    bits.reset(packet)
    let decoded = 0
    let frames = framesPerPacket
    for (let element = bits.read(3); element !== elements.end; element = bits.read(3)) {
      if (element === elements.data) this.#skipData()
      else if (element === elements.fill) this.#skipFill()
      else {
        const width = this.#elementWidth(element)
        if (decoded + width > channelCount) reject()
        frames = this.#decodeElement(width, frames)
        for (let channel = 0; channel < width; channel++)
          channels[order[decoded + channel] as number] = this.#toFloats(
            this.#values[channel as 0 | 1],
            frames,
          )
        decoded += width
      }
      if (bits.isBeyondEnd) reject()
    }
    if (decoded !== channelCount || channels.some(({ length }) => length !== frames)) reject()
    // Packets have no checksum. Where the codes of a damaged one end is chance.
    bits.alignToByte()
    if (bits.position !== packet.length * 8) reject()
    return channels
  }

  #elementWidth(element: number): 1 | 2 {
    if (element === elements.pair) return 2
    return element === elements.single || element === elements.lowFrequency ? 1 : reject()
  }

  #skipData(): void {
    const bits = this.#bits
    bits.position += 4
    const isAligned = bits.read(1) === 1
    const short = bits.read(8)
    const count = short === 255 ? short + bits.read(8) : short
    if (isAligned) bits.alignToByte()
    bits.position += count * 8
  }

  #skipFill(): void {
    const short = this.#bits.read(4)
    this.#bits.position += (short === 15 ? short + this.#bits.read(8) - 1 : short) * 8
  }

  /** Decodes one channel or a pair into `#values`, and returns the number of frames. */
  #decodeElement(width: 1 | 2, packetFrames: number): number {
    const bits = this.#bits
    bits.position += 4
    if (bits.read(12) !== 0) reject()
    const hasFrames = bits.read(1) === 1
    const lowBytes = bits.read(2)
    const isPlain = bits.read(1) === 1
    const frames = hasFrames ? bits.read(32) : packetFrames
    if (frames > this.#configuration.framesPerPacket || lowBytes === 3) reject()
    if (isPlain) this.#readPlain(width, frames)
    else this.#readPredicted(width, frames, lowBytes * 8)
    return frames
  }

  #readPlain(width: 1 | 2, frames: number): void {
    const { bitDepth } = this.#configuration
    for (let frame = 0; frame < frames; frame++)
      for (let channel = 0; channel < width; channel++)
        this.#values[channel as 0 | 1][frame] = this.#bits.readSigned(bitDepth)
  }

  #readPredicted(width: 1 | 2, frames: number, lowBitCount: number): void {
    const bits = this.#bits
    const sampleBits = this.#configuration.bitDepth - lowBitCount + width - 1
    if (sampleBits < 1 || sampleBits > 32) reject()
    const mixShift = bits.read(8)
    const mixWeight = bits.readSigned(8)
    const channels = Array.from({ length: width }, () => this.#readChannelHeader())
    const lowBitsStart = bits.position
    bits.position += lowBitCount * width * frames
    for (const [channel, { mode, adaptionFactor, predictor }] of channels.entries()) {
      const values = this.#values[channel as 0 | 1]
      this.#readDifferences(values, frames, sampleBits, adaptionFactor)
      if (mode !== 0) addDifferences(values, frames, sampleBits)
      addPredictions(values, frames, sampleBits, predictor)
    }
    if (width === 2 && mixWeight !== 0) this.#unmix(frames, mixShift, mixWeight)
    if (lowBitCount > 0) this.#addLowBits(width, frames, lowBitCount, lowBitsStart)
  }

  #readChannelHeader(): { mode: number; adaptionFactor: number; predictor: Predictor } {
    const bits = this.#bits
    const mode = bits.read(4)
    const shift = bits.read(4)
    const adaptionFactor = bits.read(3)
    const coefficients = new Int16Array(bits.read(5))
    for (let index = 0; index < coefficients.length; index++) coefficients[index] = bits.readSigned(16)
    return { mode, adaptionFactor, predictor: { coefficients, shift } }
  }

  #readDifferences(values: Int32Array, count: number, width: number, adaptionFactor: number): void {
    const { initialMean, adaption, maxRiceBits } = this.#configuration
    const parameters = { initialMean, adaption: (adaption * adaptionFactor) >> 2, maxBits: maxRiceBits }
    readRiceCodes(this.#bits, parameters, values, { count, width })
  }

  /** Turns a weighted sum and a difference back into left and right. */
  #unmix(frames: number, shift: number, weight: number): void {
    const [first, second] = this.#values
    for (let frame = 0; frame < frames; frame++) {
      const difference = second[frame] as number
      const left = ((first[frame] as number) + difference - (Math.imul(weight, difference) >> shift)) | 0
      first[frame] = left
      second[frame] = left - difference
    }
  }

  #addLowBits(width: 1 | 2, frames: number, count: number, start: number): void {
    const bits = this.#bits
    const end = bits.position
    bits.position = start
    const low = this.#lowBits
    for (let index = 0; index < frames * width; index++) low[index] = bits.read(count)
    bits.position = end
    for (let channel = 0; channel < width; channel++) {
      const values = this.#values[channel as 0 | 1]
      for (let frame = 0; frame < frames; frame++)
        values[frame] = ((values[frame] as number) << count) | (low[frame * width + channel] as number)
    }
  }

  #toFloats(values: Int32Array, frames: number): Float32Array<ArrayBuffer> {
    const scale = 2 ** (1 - this.#configuration.bitDepth)
    const floats = new Float32Array(frames)
    for (let frame = 0; frame < frames; frame++) floats[frame] = (values[frame] as number) * scale
    return floats
  }
}
