import type { ByteSource } from '../../../shared/sound/audio-stream.ts'
import { FileWindow } from '../../../shared/sound/bytes/file-window.ts'
import { type DsdLayout, findDsdLayout } from '../../../shared/sound/containers/dsd-layout.ts'
import { parseSource } from '../../../shared/sound/containers/read-source.ts'
import { codecNames } from '../../../shared/sound/engine-codecs.ts'
import { DecodeError, UnsupportedFormat } from '../../../shared/sound/stream-error.ts'
import type { ChunkedSound, DecodedChunk } from '../chunks/chunked-sound.ts'
import { DecimationFilter } from './decimation-filter.ts'

/** The rates of the samples, for the two families of bit rates. Above 20 kHz is the noise of DSD only. */
const sampleRates: readonly number[] = [88_200, 96_000]
const framesPerChunk = 4096
/** The alternating bits of silence, for what is in front of the sound and behind it. */
const silentByte = 0x69

/** Opens a DSF or DSDIFF file. Throws UnsupportedFormat, DecodeError and SourceError. */
export async function openDsd(source: ByteSource, start: number): Promise<ChunkedSound> {
  const layout = await parseSource(source, findDsdLayout(source.size, start))
  if (layout === undefined) throw new DecodeError('The file has no DSD sound')
  if (layout.isCompressed) throw new UnsupportedFormat('dsd-dst')
  const sampleRate = sampleRates.find((rate) => layout.bitRate % (rate * 8) === 0)
  if (sampleRate === undefined) throw new UnsupportedFormat(`dsd-${layout.bitRate}`)
  return new DsdSound(source, layout, sampleRate)
}

/** DSD, which can be decoded from any frame on. */
class DsdSound implements ChunkedSound {
  readonly codec = codecNames.dsd
  readonly sampleRate: number
  readonly channelCount: number
  readonly frames: number
  readonly #source: ByteSource
  readonly #file: FileWindow
  readonly #layout: DsdLayout
  readonly #bytesPerFrame: number
  readonly #filter: DecimationFilter
  #frame = 0

  constructor(source: ByteSource, layout: DsdLayout, sampleRate: number) {
    this.#source = source
    this.#file = new FileWindow(source)
    this.#layout = layout
    const ratio = layout.bitRate / sampleRate
    this.#bytesPerFrame = ratio / 8
    this.#filter = new DecimationFilter(ratio, layout.isLeastSignificantFirst)
    this.sampleRate = sampleRate
    this.channelCount = layout.channelCount
    this.frames = Math.floor(layout.bits / ratio)
  }

  async restart(frame: number): Promise<number> {
    this.#frame = frame
    return frame
  }

  async next(): Promise<DecodedChunk | undefined> {
    const frames = Math.min(framesPerChunk, this.frames - this.#frame)
    if (frames <= 0) return undefined
    const { reach } = this.#filter
    const first = this.#frame * this.#bytesPerFrame - reach
    const bytes = await this.#readChannels(first, frames * this.#bytesPerFrame + 2 * reach)
    this.#frame += frames
    return {
      sampleRate: this.sampleRate,
      channels: bytes.map((channel) => this.#filter.filter(channel, frames)),
    }
  }

  close(): void {
    this.#source.close?.()
  }

  /** Resolves with `count` bytes of each channel from its byte `first`, with silence beyond the ends. */
  async #readChannels(first: number, count: number): Promise<Uint8Array[]> {
    const { blockBytes, channelCount, bits, start, length } = this.#layout
    const from = Math.max(0, first)
    const to = Math.min(first + count, Math.floor(bits / 8))
    const firstBlock = Math.floor(from / blockBytes)
    const endBlock = Math.max(firstBlock, Math.ceil(to / blockBytes))
    const blockGroup = blockBytes * channelCount
    const position = firstBlock * blockGroup
    const wanted = Math.min((endBlock - firstBlock) * blockGroup, length - position)
    const bytes = await this.#file.view(start + position, wanted)
    return Array.from({ length: channelCount }, (_, channel) => {
      const found = new Uint8Array(count).fill(silentByte)
      for (let index = from; index < to; index++) {
        const block = Math.floor(index / blockBytes)
        const offset = (block - firstBlock) * blockGroup + channel * blockBytes + (index - block * blockBytes)
        if (offset < bytes.length) found[index - first] = bytes[offset] as number
      }
      return found
    })
  }
}
