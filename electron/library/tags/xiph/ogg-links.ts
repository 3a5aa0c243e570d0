import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { findPage, type OggPage } from '../../../../shared/sound/ogg/ogg-pages.ts'
import { detectOggCodec, type OggCodec } from './ogg-codecs.ts'
import { readPackets } from './ogg-packets.ts'

/** A stream with sound. */
export interface OggStream {
  readonly serial: number
  readonly codec: OggCodec
  /** The position of its first page. */
  readonly start: number
}

/** One link of a chain: streams that begin together. Most files have one. */
export interface OggLink {
  /** The numbers of all streams, those without sound included. */
  readonly serials: ReadonlySet<number>
  /** The stream that is played; undefined if none has sound. */
  readonly audio: OggStream | undefined
  /** The position after the first pages of all streams. */
  readonly end: number
}

/** No program multiplexes more streams. */
const maxStreams = 64

/** Returns the link whose first page is at `start` or after it; undefined if there is none before `limit`. */
export function readLink(source: ByteReader, start: number, limit: number): OggLink | undefined {
  const serials = new Set<number>()
  const streams: OggStream[] = []
  let end = start
  for (
    let page = findPage(source, start, limit);
    page !== undefined && serials.size < maxStreams;
    page = findPage(source, page.end, limit)
  ) {
    // A file that was cut out of a stream does not begin with the first page.
    if (!page.isFirst || serials.has(page.serial)) break
    serials.add(page.serial)
    end = page.end
    const codec = readCodec(source, page)
    if (codec !== undefined) streams.push({ serial: page.serial, codec, start: page.position })
  }
  if (serials.size === 0) return undefined
  return { serials, audio: streams.find(({ codec }) => codec.isPlayable) ?? streams[0], end }
}

function readCodec(source: ByteReader, page: OggPage): OggCodec | undefined {
  const [packet] = readPackets(source, { serial: page.serial, start: page.position, limit: page.end })
  return packet === undefined ? undefined : detectOggCodec(packet.bytes)
}
