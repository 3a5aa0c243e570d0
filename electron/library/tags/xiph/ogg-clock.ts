import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { isPageIntact, type OggPage, readLacing } from '../../../../shared/sound/ogg/ogg-pages.ts'
import { opusPacketFrames } from '../../../../shared/sound/ogg/opus-packets.ts'
import type { OggStream } from './ogg-links.ts'

/** Pages that may be the last valid one. */
const maxCandidates = 8

/** Determines a stream's duration from some of its pages, which are added in the order of the file. */
export class OggClock {
  readonly stream: OggStream
  readonly #source: ByteReader
  /** The granule position where the sound begins; undefined before the first page with sound. */
  #start: number | undefined
  readonly #last: OggPage[] = []

  constructor(source: ByteReader, stream: OggStream) {
    this.#source = source
    this.stream = stream
  }

  /** Whether a page with sound was added. */
  hasSound = false

  /** Whether a page with sound and a granule position was added. */
  get hasStarted(): boolean {
    return this.#start !== undefined
  }

  /** The last page with sound that was added. */
  get lastPage(): OggPage | undefined {
    return this.#last.at(-1)
  }

  add(page: OggPage): void {
    // Headers have the granule position 0, and a page on which no packet ends has −1.
    if (page.serial !== this.stream.serial || page.granule === 0) return
    if (page.completedPackets > 0 && page.end <= this.#source.size) this.hasSound = true
    if (page.granule < 0) return
    this.#start ??= this.#startGranule(page)
    this.#last.push(page)
    if (this.#last.length > maxCandidates) this.#last.shift()
  }

  /** Returns seconds; undefined without a page with sound. */
  seconds(): number | undefined {
    const { codec } = this.stream
    // A damaged page is not decoded, and its granule position may be anything.
    const end =
      this.#last.findLast((page) => isPageIntact(this.#source, page)) ??
      this.#last.findLast((page) => page.end <= this.#source.size)
    if (end === undefined || this.#start === undefined || codec.granuleRate === 0) return undefined
    const start = this.#start < end.granule ? this.#start : 0
    const granules = end.granule - start - codec.preSkip
    return granules > 0 ? granules / codec.granuleRate : undefined
  }

  /** A recording of a live stream does not begin at 0 but where the first page does. */
  #startGranule(page: OggPage): number {
    const { codec } = this.stream
    const granules =
      codec.codec === 'Opus' ? this.#countOpusGranules(page) : page.completedPackets * codec.maxPacketGranules
    return codec.maxPacketGranules === 0 ? 0 : Math.max(0, page.granule - granules)
  }

  #countOpusGranules(page: OggPage): number {
    let granules = 0
    let position = page.bodyPosition
    let length = 0
    for (const segment of readLacing(this.#source, page)) {
      length += segment
      if (segment === 255) continue
      granules += opusPacketFrames(this.#source.view(position, 2))
      position += length
      length = 0
    }
    return granules
  }
}
