import type { ByteSource } from '../audio-stream.ts'
import { FileWindow } from '../bytes/file-window.ts'
import type { Packet, PacketFormat, PacketReader } from '../packets.ts'
import { findOggChain, findOggPosition, type PlacedLink } from './ogg-chain.ts'
import { openOggLink } from './ogg-link.ts'
import { PacketJoiner, PageScanner, type WholePage } from './page-scanner.ts'

/** Opens an Ogg file; undefined if it has no sound that can be decoded. */
export async function openOggPackets(source: ByteSource): Promise<OggPackets | undefined> {
  const scanner = new PageScanner(new FileWindow(source))
  const links = await findOggChain(scanner)
  const [first] = links
  return first && new OggPackets(scanner, links, first)
}

/** The packets of an Ogg file. The timeline is that of what is heard, so that packets can begin before a link's sound. */
export class OggPackets implements PacketReader {
  readonly begin = 0
  readonly end = undefined
  readonly format: PacketFormat
  readonly frames: number | undefined
  readonly #scanner: PageScanner
  readonly #links: readonly PlacedLink[]
  readonly #joiner = new PacketJoiner()
  readonly #packets: Packet[] = []
  #link: PlacedLink
  #position: number
  /** The granule position at which the next packet begins; undefined after a seek. */
  #granule: number | undefined
  /** Whether pages are lost before the next packet. */
  #isInterrupted = false

  constructor(scanner: PageScanner, links: readonly PlacedLink[], first: PlacedLink) {
    this.#scanner = scanner
    this.#links = links
    this.#link = first
    this.#position = first.start
    this.#granule = first.granule
    this.format = first.codec.format
    const last = links.at(-1)
    this.frames = last?.frames === undefined ? undefined : last.offset + last.frames
    first.codec.restart()
  }

  async next(): Promise<Packet | undefined> {
    for (;;) {
      const packet = this.#packets.shift()
      if (packet !== undefined) return packet
      const page = await this.#scanner.next(this.#position, this.#link.end)
      if (page !== undefined) {
        if (page.isFirst && page.position > this.#link.start) await this.#enterUnexpectedLink(page)
        else {
          this.#position = page.end
          if (page.serial === this.#link.serial) this.#readPage(page)
        }
      } else if (!this.#enterNextLink()) return undefined
    }
  }

  async seek(frame: number): Promise<void> {
    const link = this.#links.findLast(({ offset }) => offset <= frame) ?? this.#links[0]
    if (link === undefined) return
    const granule = frame - link.offset + link.begin - link.codec.preRoll
    const position = await findOggPosition(this.#scanner, link, granule)
    this.#enter(link, position)
  }

  /** Links whose streams have the same number are not found before their beginning is read. */
  async #enterUnexpectedLink({ position, end }: WholePage): Promise<void> {
    const link = await openOggLink(this.#scanner, position)
    this.#position = end
    if (link === undefined) return
    const offset = this.#timeOf(this.#granule ?? this.#link.begin)
    this.#enter({ ...link, offset, frames: undefined, end: this.#link.end }, link.start)
  }

  #enterNextLink(): boolean {
    const next = this.#links[this.#links.indexOf(this.#link) + 1]
    if (next === undefined) return false
    this.#enter(next, next.start)
    return true
  }

  #enter(link: PlacedLink, position: number): void {
    this.#link = link
    this.#position = position
    this.#granule = position === link.start ? link.granule : undefined
    this.#packets.length = 0
    this.#isInterrupted = false
    this.#joiner.reset()
    link.codec.restart()
  }

  #readPage(page: WholePage): void {
    const { codec } = this.#link
    const { packets: joined, follows } = this.#joiner.add(page)
    // Some programs end a stream with an empty packet.
    const packets = joined.filter(({ length }) => length > 0)
    if (!follows && this.#granule !== undefined && page.position > this.#link.start)
      this.#isInterrupted = true
    if (packets.length === 0) return
    const isInterrupted = this.#isInterrupted
    this.#isInterrupted = false
    if (isInterrupted) codec.restart()
    const counted = packets.map((bytes) => ({ bytes, frames: codec.count(bytes) }))
    const frames = counted.reduce((sum, packet) => sum + packet.frames, 0)
    const granule = this.#startOfPage(page, frames, isInterrupted)
    let next = granule
    const end = page.isLast && page.granule >= 0 ? { end: this.#timeOf(page.granule) } : {}
    for (const packet of counted) {
      this.#packets.push({ format: codec.format, start: this.#timeOf(next), ...packet, ...end })
      next += packet.frames
    }
    this.#granule = next
  }

  /** Returns where the packets of a page begin. After pages that are lost, silence comes first. */
  #startOfPage(page: WholePage, frames: number, isInterrupted: boolean): number {
    const expected = this.#granule
    const stated = page.granule - frames
    if (expected === undefined) return stated
    if (!isInterrupted || page.granule < 0 || page.isLast || stated <= expected) return expected
    const { format } = this.#link.codec
    const start = this.#timeOf(expected)
    this.#packets.push({ format, bytes: undefined, start, frames: stated - expected })
    return stated
  }

  /** Returns the frame of the timeline at a granule position. */
  #timeOf(granule: number): number {
    return this.#link.offset + granule - this.#link.begin
  }
}
