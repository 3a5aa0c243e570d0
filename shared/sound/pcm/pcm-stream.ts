import type { AudioStream, ByteSource, PcmBlock } from '../audio-stream.ts'
import { parseAsync } from '../bytes/byte-parser.ts'
import { FileWindow } from '../bytes/file-window.ts'
import { DecodeError, UnsupportedFormat } from '../stream-error.ts'
import { type AiffLayout, findAiffLayout } from './aiff-layout.ts'
import { decodeSamples } from './decode-samples.ts'
import { type SampleCoding, waveCoding } from './sample-coding.ts'
import { waveTags } from './wave-format.ts'
import { findWaveLayout, type WaveLayout } from './wave-layout.ts'

/** Frames of a block. */
const blockFrames = 4096

/** Samples in a file. */
interface StoredSound {
  readonly coding: SampleCoding
  readonly channels: number
  readonly sampleRate: number
  /** Bytes of the file. */
  readonly span: { readonly start: number; readonly length: number }
}

/** Resolves with what is where in a WAVE file. Throws DecodeError if it has no sound. */
export async function readWaveLayout(source: ByteSource): Promise<WaveLayout> {
  const layout = await parseAsync(readerOf(source), findWaveLayout(source.size))
  if (layout === undefined) throw new DecodeError('The WAVE file has no sound')
  return layout
}

/** Opens the samples of a WAVE file. Throws UnsupportedFormat if they are coded in another way than plain samples. */
export function openWaveStream(source: ByteSource, { format, sound, isLittleEndian }: WaveLayout): PcmStream {
  const { tag, bits, channels, rate } = format
  const isLaw = tag === waveTags.aLaw || tag === waveTags.muLaw
  const isPlain = isLaw || tag === waveTags.integer || tag === waveTags.float
  const coding = isPlain ? waveCoding(tag, isLaw ? 8 : bits, isLittleEndian) : undefined
  if (coding === undefined) throw new UnsupportedFormat(`wave-${tag}-${bits}`)
  return new PcmStream(source, { coding, channels, sampleRate: rate, span: sound })
}

/** Opens an AIFF or AIFF-C file. Throws DecodeError if it has no sound, and UnsupportedFormat if it is compressed. */
export async function openAiffStream(source: ByteSource): Promise<PcmStream> {
  const layout: AiffLayout | undefined = await parseAsync(readerOf(source), findAiffLayout(source.size))
  if (layout === undefined) throw new DecodeError('The AIFF file has no sound')
  const { coding, channels, rate, compression } = layout.format
  if (coding === undefined) throw new UnsupportedFormat(`aiff-${compression}`)
  return new PcmStream(source, { coding, channels, sampleRate: rate, span: layout.sound })
}

function readerOf(source: ByteSource) {
  const window = new FileWindow(source)
  return (position: number, length: number) => window.view(position, length)
}

/** Plain samples, which need no decoder. */
export class PcmStream implements AudioStream {
  readonly codec = 'PCM'
  readonly frames: number
  readonly damagedPlaces = 0
  readonly #source: ByteSource
  readonly #window: FileWindow
  readonly #sound: StoredSound
  #next = 0
  #isClosed = false

  constructor(source: ByteSource, sound: StoredSound) {
    this.#source = source
    this.#window = new FileWindow(source)
    this.#sound = sound
    this.frames = Math.floor(sound.span.length / frameBytes(sound))
  }

  get sampleRate(): number {
    return this.#sound.sampleRate
  }

  get channelCount(): number {
    return this.#sound.channels
  }

  async read(): Promise<PcmBlock | undefined> {
    const { coding, channels, sampleRate, span } = this.#sound
    const count = Math.min(blockFrames, this.frames - this.#next)
    if (count <= 0 || this.#isClosed) return undefined
    const width = frameBytes(this.#sound)
    const bytes = await this.#window.view(span.start + this.#next * width, count * width)
    if (this.#isClosed) return undefined
    this.#next += count
    // The conversion may change the bytes, which the window keeps.
    const converted = coding.convert(bytes.slice())
    return {
      sampleRate,
      channels: decodeSamples(converted, { tag: coding.tag, width: coding.waveWidth, channels }),
    }
  }

  async seek(frame: number): Promise<void> {
    this.#next = Math.max(0, frame)
  }

  close(): void {
    this.#isClosed = true
    this.#source.close?.()
  }
}

function frameBytes({ coding, channels }: StoredSound): number {
  return coding.width * channels
}
