import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { findPage, type OggPage, readLacing } from '../../../../shared/sound/ogg/ogg-pages.ts'

/** A packet of a stream, joined from the pages that it spans. */
export interface OggPacket {
  readonly bytes: Uint8Array
  /** False if a page of it is missing or it is too long: the bytes are its beginning. */
  readonly isComplete: boolean
  /** The position after the page where it ends. */
  readonly pageEnd: number
}

export interface PacketRange {
  readonly serial: number
  /** Where the search for the first page begins. */
  readonly start: number
  /** Where it ends. */
  readonly limit: number
}

const maxPacketBytes = 32 * 1024 * 1024

/** Returns the packets of one stream in sequence. */
export function* readPackets(source: ByteReader, range: PacketRange): Generator<OggPacket> {
  const packet = new PacketJoiner()
  let last: OggPage | undefined
  for (
    let page = findPage(source, range.start, range.limit);
    page !== undefined;
    page = findPage(source, page.end, range.limit)
  ) {
    if (page.serial !== range.serial) continue
    // The stream of another link of a chain may have the same number.
    if (page.isFirst && last !== undefined) break
    const follows = last === undefined || page.sequence === last.sequence + 1
    if (packet.isOpen && !(follows && page.isContinued)) yield packet.take(false, page.position)
    let skipsFirst = page.isContinued && !packet.isOpen
    let position = page.bodyPosition
    let length = 0
    for (const segment of readLacing(source, page)) {
      length += segment
      if (segment === 255) continue
      if (!skipsFirst) {
        packet.add(source.view(position, length), length)
        yield packet.take(true, page.end)
      }
      skipsFirst = false
      position += length
      length = 0
    }
    if (length > 0 && !skipsFirst) packet.add(source.view(position, length), length)
    last = page
  }
  if (packet.isOpen) yield packet.take(false, range.limit)
}

class PacketJoiner {
  #parts: Uint8Array[] = []
  #length = 0
  #isWhole = true

  get isOpen(): boolean {
    return this.#parts.length > 0
  }

  /** Adds a part that should have `stated` bytes. */
  add(part: Uint8Array, stated: number): void {
    if (part.length < stated || this.#length + part.length > maxPacketBytes) this.#isWhole = false
    if (this.#length + part.length > maxPacketBytes) return
    this.#parts.push(part.slice())
    this.#length += part.length
  }

  take(isComplete: boolean, pageEnd: number): OggPacket {
    const [first] = this.#parts
    const bytes = this.#parts.length === 1 && first !== undefined ? first : Buffer.concat(this.#parts)
    const packet = { bytes, isComplete: isComplete && this.#isWhole, pageEnd }
    this.#parts = []
    this.#length = 0
    this.#isWhole = true
    return packet
  }
}
