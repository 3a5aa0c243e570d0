import { decoder } from '@audio/decode-wavpack'
import type { ByteSource } from '../../../shared/sound/audio-stream.ts'
import { FileWindow } from '../../../shared/sound/bytes/file-window.ts'
import { parseSource } from '../../../shared/sound/containers/read-source.ts'
import {
  findWavPackLayout,
  readWavPackBlock,
  type WavPackBlock,
  type WavPackLayout,
  wavPackHeaderBytes,
} from '../../../shared/sound/containers/wavpack-block.ts'
import { codecNames } from '../../../shared/sound/engine-codecs.ts'
import { DecodeError } from '../../../shared/sound/stream-error.ts'
import { type ChunkedSound, type DecodedChunk, silence } from '../chunks/chunked-sound.ts'
import { hasValidChecksum } from './block-checksum.ts'
import { findBlock, findBlockOfFrame } from './find-block.ts'

type WavpackDecoder = Awaited<ReturnType<typeof decoder>>

/** Blocks of a group, each with one or two channels. */
const maxBlocksInGroup = 16

interface Span {
  readonly start: number
  readonly end: number
}

/** Opens a WavPack file. Throws DecodeError and SourceError. */
export async function openWavPack(source: ByteSource, span: Span): Promise<ChunkedSound> {
  const layout = await parseSource(source, findWavPackLayout(span.start, span.end))
  if (layout === undefined || layout.sampleRate <= 0) throw new DecodeError('The file has no WavPack block')
  return new WavPackSound(source, span, layout, await decoder())
}

/** WavPack in groups of blocks, each of which can be decoded alone. */
class WavPackSound implements ChunkedSound {
  readonly codec = codecNames.wavPack
  readonly sampleRate: number
  readonly channelCount: number
  readonly frames: number | undefined
  readonly #source: ByteSource
  readonly #file: FileWindow
  readonly #span: Span
  readonly #layout: WavPackLayout
  #decoder: WavpackDecoder | undefined
  #position: number
  #frame = 0

  constructor(source: ByteSource, span: Span, layout: WavPackLayout, first: WavpackDecoder) {
    this.#source = source
    this.#file = new FileWindow(source)
    this.#span = span
    this.#position = span.start
    this.#layout = layout
    this.#decoder = first
    this.sampleRate = layout.sampleRate
    this.channelCount = layout.channelCount
    this.frames = layout.frames
  }

  async restart(frame: number): Promise<number> {
    const found = await findBlockOfFrame(this.#file, this.#span, frame)
    this.#position = found?.position ?? this.#span.end
    this.#frame = found?.block.index ?? frame
    this.#freeDecoder()
    return this.#frame
  }

  async next(): Promise<DecodedChunk | undefined> {
    const found = await findBlock(this.#file, this.#position, this.#span.end)
    if (found === undefined) return undefined
    const { block, position } = found
    // What is between the blocks is damaged.
    if (block.index > this.#frame) return this.#silenceUntil(block, position)
    const group = await this.#readGroup(position)
    if (group === undefined) return undefined
    this.#position = position + group.length
    this.#frame = block.index + block.frames
    const channels = hasValidChecksum(group) ? await this.#decode(group, block) : undefined
    if (channels !== undefined) return { sampleRate: this.sampleRate, channels }
    this.#freeDecoder()
    return silence(block.frames, this.channelCount, this.sampleRate)
  }

  close(): void {
    this.#freeDecoder()
    this.#source.close?.()
  }

  /** A block of another file or a damaged number could stand for hours of silence. */
  #silenceUntil(block: WavPackBlock, position: number): DecodedChunk {
    const frames = Math.min(block.index - this.#frame, this.sampleRate)
    this.#frame = block.index - this.#frame > frames * 60 ? block.index : this.#frame + frames
    this.#position = position
    this.#freeDecoder()
    return silence(frames, this.channelCount, this.sampleRate)
  }

  /** Resolves with undefined if the file ends in the group. */
  async #readGroup(position: number): Promise<Uint8Array | undefined> {
    let end = position
    for (let count = 0; count < maxBlocksInGroup; count++) {
      const block = readWavPackBlock(await this.#file.view(end, wavPackHeaderBytes))
      if (block === undefined || (count > 0 && block.isFirstOfGroup)) break
      end += block.length
      if (block.isLastOfGroup) break
    }
    return end > this.#span.end ? undefined : await this.#file.view(position, end - position)
  }

  /** Resolves with undefined if the decoder does not return all frames. */
  async #decode(group: Uint8Array, block: WavPackBlock): Promise<Float32Array<ArrayBuffer>[] | undefined> {
    this.#decoder ??= await decoder()
    try {
      const { channelData } = this.#decoder.decode(group)
      const isWhole =
        channelData.length === this.channelCount && channelData.every(({ length }) => length === block.frames)
      return isWhole ? channelData.map((samples) => this.#rescale(samples)) : undefined
    } catch {
      return undefined
    }
  }

  /** The decoder divides positive integers by the largest one, and negative ones by the smallest. */
  #rescale(samples: Float32Array): Float32Array<ArrayBuffer> {
    const { bitDepth, isFloat, isDsd } = this.#layout
    const largest = 2 ** ((isDsd ? 24 : bitDepth) - 1) - 1
    const scale = 1 / (largest + 1)
    return Float32Array.from(samples, (sample) =>
      isFloat || sample <= 0
        ? sample
        : bitDepth > 24
          ? sample * largest * scale
          : Math.round(sample * largest) * scale,
    )
  }

  #freeDecoder(): void {
    this.#decoder?.free()
    this.#decoder = undefined
  }
}
