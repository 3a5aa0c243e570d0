import {
  CustomSource,
  type EncodedPacket,
  EncodedPacketSink,
  Input,
  type InputAudioTrack,
  MATROSKA,
  MP4,
  QTFF,
  WEBM,
} from 'mediabunny'
import type { ByteSource } from '../../shared/sound/audio-stream.ts'
import { continueFlacCrc } from '../../shared/sound/flac/flac-crc.ts'
import {
  opusPacketFrames,
  opusPreRoll,
  opusRate,
  readOpusHeader,
} from '../../shared/sound/ogg/opus-packets.ts'
import {
  readVorbisFormat,
  splitVorbisHeaders,
  VorbisCounter,
  type VorbisFormat,
} from '../../shared/sound/ogg/vorbis-packets.ts'
import type { Packet, PacketFormat, PacketReader } from '../../shared/sound/packets.ts'
import { DecodeError, UnsupportedFormat } from '../../shared/sound/stream-error.ts'

const cacheBytes = 2 * 1024 * 1024

/** The codecs' names by those of mediabunny. */
const names: Readonly<Record<string, string>> = {
  aac: 'AAC',
  flac: 'FLAC',
  mp3: 'MP3',
  opus: 'Opus',
  vorbis: 'Vorbis',
}
/** Frames that are decoded before a target, so that the decoder's state is that of the whole stream. */
const preRolls: Readonly<Record<string, number>> = {
  aac: 4096,
  flac: 0,
  mp3: 12 * 1152,
  opus: opusPreRoll,
  vorbis: 16_384,
}
/** Matroska's times are multiples of a millisecond, so that packets seem to overlap or to have gaps. */
const timeTolerance = 0.005

/** Where the sound is within the packets, in frames. */
export interface ContainerTrim {
  /** Frames at the beginning, if the times of the packets do not show them. */
  readonly priming: number
  /** Frames of the sound, if the file says so. */
  readonly frames?: number | undefined
  /** Frames of the sound as far as known with another clock, and the length of its tick in frames. */
  readonly edit?: { readonly frames: number; readonly tick: number } | undefined
  /** Frames of the last packet that are no sound. */
  readonly padding: number
  /** Whether the times of the packets are exact to a frame. */
  readonly hasExactTimes: boolean
}

/** The format of a track. */
export interface ContainerFormat extends PacketFormat {
  /** Frames at the beginning that Opus does not let be heard. */
  readonly preSkip?: number
}

/** Opens the first track with sound of an MP4, WebM or Matroska file. `describe` reads what mediabunny does not. */
export async function openContainerPackets(
  source: ByteSource,
  describe: (format: ContainerFormat) => Promise<ContainerTrim>,
): Promise<ContainerPackets> {
  const input = new Input({
    formats: [MP4, QTFF, WEBM, MATROSKA],
    source: new CustomSource({
      getSize: () => source.size,
      read: (start, end) => source.read(start, end),
      maxCacheSize: cacheBytes,
      prefetchProfile: 'fileSystem',
    }),
  })
  const track = await input.getPrimaryAudioTrack()
  if (track === null) throw new DecodeError('No track with sound')
  const codec = await track.getCodec()
  if (codec === null || names[codec] === undefined) throw new UnsupportedFormat(String(codec))
  const format = await readFormat(track, codec)
  const trim = await describe(format)
  const sink = new EncodedPacketSink(track)
  const first = await sink.getFirstPacket()
  const last = await sink.getPacket(Number.POSITIVE_INFINITY)
  if (first === null || last === null) throw new DecodeError('No packets')
  return new ContainerPackets({ sink, first, last, format, codec, trim })
}

async function readFormat(track: InputAudioTrack, codec: string): Promise<ContainerFormat> {
  const config = await track.getDecoderConfig()
  if (config === null) throw new UnsupportedFormat(codec)
  const stored = config.description && copyBytes(config.description)
  const opus = codec === 'opus' && stored ? readOpusHeader(stored) : undefined
  const description = opus?.description ?? stored
  return {
    name: names[codec] ?? codec,
    codec: config.codec,
    sampleRate: codec === 'opus' ? opusRate : config.sampleRate,
    channels: config.numberOfChannels,
    hasMemory: codec !== 'flac',
    ...(description && { description }),
    ...(opus && { preSkip: opus.preSkip }),
  }
}

function copyBytes(source: AllowSharedBufferSource): Uint8Array<ArrayBuffer> {
  const bytes = ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source)
  return Uint8Array.from(bytes)
}

interface OpenedTrack {
  readonly sink: EncodedPacketSink
  readonly first: EncodedPacket
  readonly last: EncodedPacket
  readonly format: PacketFormat
  readonly codec: string
  readonly trim: ContainerTrim
}

/** The packets of a track, as mediabunny finds them. */
export class ContainerPackets implements PacketReader {
  readonly format: PacketFormat
  readonly begin: number
  readonly end: number
  readonly #track: OpenedTrack
  readonly #vorbis: VorbisCounter | undefined
  /** The frames of the first packet: those of every packet, if the codec has packets of one length. */
  readonly #usualFrames: number
  #next: EncodedPacket | null
  /** Where the next packet begins on the timeline; undefined after a seek. */
  #position: number | undefined

  constructor(track: OpenedTrack) {
    const { format, codec, trim, first } = track
    this.#track = track
    this.format = format
    this.#next = first
    const vorbis = codec === 'vorbis' ? vorbisFormat(format) : undefined
    this.#vorbis = vorbis && new VorbisCounter(vorbis)
    this.#usualFrames = Math.round(first.duration * format.sampleRate)
    this.begin = trim.priming
    this.end = this.#findEnd()
  }

  get frames(): number {
    return this.end - this.begin
  }

  async next(): Promise<Packet | undefined> {
    const packet = this.#next
    if (packet === null) return undefined
    this.#next = await this.#track.sink.getNextPacket(packet)
    const frames = this.#framesOf(packet)
    const start = this.#startOf(packet)
    this.#position = start + frames
    const bytes = this.#isIntact(packet) ? Uint8Array.from(packet.data) : undefined
    return { format: this.format, bytes, start, frames }
  }

  async seek(frame: number): Promise<void> {
    const { sink, first, format, codec } = this.#track
    this.#vorbis?.restart()
    this.#position = undefined
    const seconds = (frame - (preRolls[codec] ?? 0)) / format.sampleRate
    // A packet of which the target is the first frame must not be missed by a rounded time.
    this.#next = seconds <= first.timestamp ? first : await sink.getPacket(seconds + 1e-4)
  }

  /** Only frames of FLAC have a checksum. */
  #isIntact({ data }: EncodedPacket): boolean {
    return this.#track.codec !== 'flac' || continueFlacCrc(0, data, 0, data.length) === 0
  }

  /** Returns where the last packet ends, or the sound before it. */
  #findEnd(): number {
    const { last, trim, codec, format } = this.#track
    if (trim.frames !== undefined) return trim.priming + trim.frames
    const { sampleRate } = format
    if (!trim.hasExactTimes) {
      const isVorbis = codec === 'vorbis'
      const frames = isVorbis ? Math.round(last.duration * sampleRate) : this.#framesOf(last)
      return this.#startOf(last) + frames - trim.padding
    }
    const end = Math.round((last.timestamp + last.duration) * sampleRate)
    const edit = trim.edit?.frames ? trim.priming + trim.edit.frames : end
    // The clock of the edit list is coarse: only an end that is clearly earlier counts.
    return edit < end - (trim.edit?.tick ?? 0) ? Math.round(edit) : end
  }

  #framesOf({ data, duration }: EncodedPacket): number {
    const { codec, format } = this.#track
    if (codec === 'opus') return opusPacketFrames(data)
    if (this.#vorbis !== undefined) return this.#vorbis.count(data)
    return codec === 'flac' ? Math.round(duration * format.sampleRate) : this.#usualFrames
  }

  #startOf({ timestamp }: EncodedPacket): number {
    const { format, trim } = this.#track
    const stated = Math.round(timestamp * format.sampleRate)
    if (trim.hasExactTimes) return stated
    const position = this.#position
    if (position === undefined) return this.#aligned(stated)
    return Math.abs(stated - position) < timeTolerance * format.sampleRate ? position : stated
  }

  /** Returns the multiple of a packet's length that a rounded time stands for. */
  #aligned(stated: number): number {
    const { codec, first, format } = this.#track
    if (codec === 'vorbis' || this.#usualFrames === 0) return stated
    const usual = codec === 'opus' ? opusPacketFrames(first.data) : this.#usualFrames
    const nearest = Math.round(stated / usual) * usual
    return Math.abs(nearest - stated) < timeTolerance * format.sampleRate ? nearest : stated
  }
}

function vorbisFormat({ description }: PacketFormat): VorbisFormat | undefined {
  const headers = description && splitVorbisHeaders(description)
  return headers && readVorbisFormat(headers[0], headers[2])
}
