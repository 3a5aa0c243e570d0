import { blockFrames, type PcmBlock } from '../../shared/sound/audio-stream.ts'
import type { DecoderSong } from '../../shared/sound/playing/decoder-messages.ts'
import type { RateConverter } from './rate-converter.ts'
import type { SongInput } from './song-input.ts'

/** Where a song is being read: its frames at the ring's rate. */
export class SongCursor {
  readonly song: DecoderSong
  readonly input: SongInput
  readonly converter: RateConverter
  /** Blocks that were converted and not taken. */
  readonly #converted: PcmBlock[] = []

  /** A song that follows another one at the same rate goes on with its converter. */
  constructor(song: DecoderSong, input: SongInput, converter: RateConverter) {
    this.song = song
    this.input = input
    this.converter = converter
  }

  /**
   * Returns the next frames, made of at most `limit` frames of the song; undefined at its end. The converter may keep the
   * last milliseconds.
   */
  async pull(limit: number): Promise<PcmBlock | undefined> {
    for (;;) {
      const block = this.#converted.shift()
      if (block !== undefined && blockFrames(block) > 0) return block
      if (block !== undefined) continue
      const read = await this.input.read(limit)
      if (read === undefined) return undefined
      this.#converted.push(...this.converter.convert(read))
    }
  }

  /** Returns exactly this number of frames; silence follows the end of the song. */
  async pullExactly(frames: number): Promise<PcmBlock> {
    const channels = [new Float32Array(frames), new Float32Array(frames)]
    let filled = 0
    while (filled < frames) {
      const block = (await this.pull(frames)) ?? this.#takeRest()
      if (block === undefined) break
      const length = Math.min(blockFrames(block), frames - filled)
      for (const [index, target] of channels.entries())
        target.set(block.channels[index]!.subarray(0, length), filled)
      if (length < blockFrames(block))
        this.#converted.unshift({
          ...block,
          channels: block.channels.map((samples) => samples.subarray(length)),
        })
      filled += length
    }
    return { sampleRate: this.converter.to, channels }
  }

  /** Returns what the converter still has at the end of the song; undefined if it has nothing. */
  #takeRest(): PcmBlock | undefined {
    const rest = this.converter.flush()
    return blockFrames(rest) === 0 ? undefined : rest
  }
}
