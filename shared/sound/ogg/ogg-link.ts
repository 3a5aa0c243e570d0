import { createFlacDescription } from '../flac/flac-file.ts'
import { parseFlacFrame } from '../flac/flac-frames.ts'
import type { PacketFormat } from '../packets.ts'
import { opusPacketFrames, opusPreRoll, opusRate, readOpusHeader } from './opus-packets.ts'
import { PacketJoiner, type PageScanner, type WholePage } from './page-scanner.ts'
import { joinVorbisHeaders, readVorbisFormat, VorbisCounter } from './vorbis-packets.ts'

/** What is the same for all packets of a stream. */
export interface OggCodec {
  readonly format: PacketFormat
  /** Frames at the beginning that are not heard. */
  readonly preSkip: number
  /** Frames that are decoded before a target. */
  readonly preRoll: number
  /** Returns the frames that a decoder returns for the next packet. */
  readonly count: (packet: Uint8Array) => number
  /** The next packet is the first one for its decoder. */
  readonly restart: () => void
}

/** A stream with sound, and what is multiplexed with it: the whole file, or one of several that follow each other. */
export interface OggLink {
  readonly codec: OggCodec
  readonly serial: number
  /** The numbers of all streams of the link. */
  readonly serials: ReadonlySet<number>
  /** The position of the first page with sound. */
  readonly start: number
  /** The granule position of the first frame that is decoded, and of the first one that is heard. */
  readonly granule: number
  readonly begin: number
}

interface FirstPackets {
  readonly serial: number
  readonly packet: Uint8Array<ArrayBuffer>
}

const maxHeaderPages = 20_000
const maxFirstPages = 100

/** Opens the link that begins at `position`; undefined if it has no sound that can be decoded. */
export async function openOggLink(scanner: PageScanner, position: number): Promise<OggLink | undefined> {
  const firsts: FirstPackets[] = []
  let next = position
  for (let count = 0; count < maxFirstPages; count++) {
    const page = await scanner.next(next)
    if (page?.isFirst !== true) break
    const packet = page.parts[0]?.bytes
    if (packet !== undefined) firsts.push({ serial: page.serial, packet })
    next = page.end
  }
  const serials = new Set(firsts.map(({ serial }) => serial))
  for (const first of firsts) {
    const headers = await readHeaders(scanner, next, first)
    const codec = headers && codecOf(headers.packets)
    if (headers === undefined || codec === undefined) continue
    const granule = await findFirstGranule(scanner, headers.end, first.serial, codec)
    const begin = codec.preSkip > 0 ? granule + codec.preSkip : Math.max(0, granule)
    return { codec, serial: first.serial, serials, start: headers.end, granule, begin }
  }
  return undefined
}

/** Returns how many header packets a stream has after its first one; undefined if its codec is unknown. */
function countHeaders(packet: Uint8Array): number | undefined {
  const mark = String.fromCharCode(...packet.subarray(0, 8))
  if (mark === 'OpusHead') return 1
  if (mark.startsWith('\x01vorbis')) return 2
  if (mark.startsWith('\x7fFLAC')) return (packet[7] ?? 0) * 256 + (packet[8] ?? 0)
  return undefined
}

async function readHeaders(scanner: PageScanner, position: number, { serial, packet }: FirstPackets) {
  const count = countHeaders(packet)
  if (count === undefined) return undefined
  const joiner = new PacketJoiner()
  const packets = [packet]
  let end = position
  for (let pages = 0; packets.length <= count && pages < maxHeaderPages; pages++) {
    const page = await scanner.next(end)
    if (page === undefined) return undefined
    end = page.end
    if (page.serial === serial) packets.push(...joiner.add(page).packets)
  }
  return { packets, end }
}

function codecOf(packets: readonly Uint8Array<ArrayBuffer>[]): OggCodec | undefined {
  const [first, comments, setup] = packets
  if (first === undefined) return undefined
  if (first[0] === 0x7f) return flacCodec(first)
  if (comments === undefined) return undefined
  return setup === undefined ? opusCodec(first) : vorbisCodec([first, comments, setup])
}

function opusCodec(first: Uint8Array): OggCodec | undefined {
  const header = readOpusHeader(first)
  if (header === undefined) return undefined
  const { channels, description, preSkip } = header
  return {
    format: { name: 'Opus', codec: 'opus', sampleRate: opusRate, channels, description, hasMemory: true },
    preSkip,
    preRoll: opusPreRoll,
    count: opusPacketFrames,
    restart: () => undefined,
  }
}

function vorbisCodec(
  headers: readonly [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>],
): OggCodec | undefined {
  const vorbis = readVorbisFormat(headers[0], headers[2])
  if (vorbis === undefined) return undefined
  const counter = new VorbisCounter(vorbis)
  const { sampleRate, channels } = vorbis
  const description = joinVorbisHeaders(headers)
  return {
    format: { name: 'Vorbis', codec: 'vorbis', sampleRate, channels, description, hasMemory: true },
    preSkip: 0,
    preRoll: 2 * vorbis.blockFrames[1],
    count: (packet) => counter.count(packet),
    restart: () => counter.restart(),
  }
}

/** The first packet has a mark, the version and the number of headers before the beginning of a FLAC file. */
function flacCodec(first: Uint8Array): OggCodec | undefined {
  const info = first.slice(17, 51)
  if (info.length < 34) return undefined
  const view = new DataView(info.buffer)
  return {
    format: {
      name: 'FLAC',
      codec: 'flac',
      sampleRate: view.getUint32(10) >>> 12,
      channels: ((view.getUint8(12) >> 1) & 7) + 1,
      description: createFlacDescription(info),
      hasMemory: false,
    },
    preSkip: 0,
    preRoll: 0,
    count: (packet) => parseFlacFrame(packet, 0)?.samples ?? 0,
    restart: () => undefined,
  }
}

/** Returns the granule position at which the first packet begins. It is 0, but not in a recording of a live stream. */
async function findFirstGranule(
  scanner: PageScanner,
  position: number,
  serial: number,
  codec: OggCodec,
): Promise<number> {
  const joiner = new PacketJoiner()
  codec.restart()
  let frames = 0
  for (let page: WholePage | undefined, next = position; ; next = page.end) {
    page = await scanner.next(next)
    if (page === undefined) return 0
    if (page.serial !== serial) continue
    for (const packet of joiner.add(page).packets) frames += codec.count(packet)
    if (page.granule < 0) continue
    codec.restart()
    // The position of the last page is that of the end of the sound, within its last packet.
    return page.isLast ? Math.max(0, page.granule - frames) : page.granule - frames
  }
}
