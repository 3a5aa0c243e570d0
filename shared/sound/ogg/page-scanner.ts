import { type FileWindow, joinBytes } from '../bytes/file-window.ts'
import { hasRightChecksum, maxPageBytes, type OggPage, parsePage } from './ogg-pages.ts'

/** A page that is intact, with its contents. */
export interface WholePage extends OggPage {
  /** The parts of packets on the page. Only the last one can be continued on the next page. */
  readonly parts: readonly { readonly bytes: Uint8Array<ArrayBuffer>; readonly isEnd: boolean }[]
}

const headerBytes = 27
const searchBytes = 32 * 1024
const firstByte = 0x4f

/** Finds pages. One whose checksum is wrong does not count. */
export class PageScanner {
  readonly #window: FileWindow

  constructor(window: FileWindow) {
    this.#window = window
  }

  get size(): number {
    return this.#window.size
  }

  /** Reads a range at once that is about to be scanned. */
  async load(start: number, end: number): Promise<void> {
    await this.#window.view(start, end - start)
  }

  /** Resolves with the first intact page that begins at `position` or behind it and before `limit`. */
  async next(position: number, limit = this.size): Promise<WholePage | undefined> {
    for (let start = position; start < limit; ) {
      const page = await this.#pageAt(start)
      if (page !== undefined) return page
      const found = await this.#search(start + 1, limit)
      if (found === undefined) return undefined
      start = found
    }
    return undefined
  }

  async #pageAt(position: number): Promise<WholePage | undefined> {
    const head = await this.#window.view(position, headerBytes + 255)
    const page = parsePage(head, position)
    if (page === undefined || page.end > this.size) return undefined
    const bytes = await this.#window.view(position, Math.min(maxPageBytes, page.end - position))
    return hasRightChecksum(bytes) ? { ...page, parts: splitParts(bytes, page) } : undefined
  }

  async #search(position: number, limit: number): Promise<number | undefined> {
    for (let start = position; start < limit; start += searchBytes) {
      const bytes = await this.#window.view(start, Math.min(searchBytes, limit - start) + headerBytes + 255)
      for (
        let at = bytes.indexOf(firstByte);
        at >= 0 && at < searchBytes;
        at = bytes.indexOf(firstByte, at + 1)
      )
        if (start + at < limit && parsePage(bytes.subarray(at), start + at) !== undefined) return start + at
    }
    return undefined
  }
}

function splitParts(bytes: Uint8Array<ArrayBuffer>, { position, bodyPosition }: OggPage): WholePage['parts'] {
  const parts: { bytes: Uint8Array<ArrayBuffer>; isEnd: boolean }[] = []
  let start = bodyPosition - position
  let end = start
  const lacing = bytes.subarray(headerBytes, start)
  for (const [index, length] of lacing.entries()) {
    end += length
    if (length === 255 && index < lacing.length - 1) continue
    parts.push({ bytes: bytes.subarray(start, end), isEnd: length < 255 })
    start = end
  }
  return parts
}

/** Joins the packets of one stream, page by page. */
export class PacketJoiner {
  #parts: Uint8Array<ArrayBuffer>[] = []
  #sequence: number | undefined

  /** Forgets what was read. The next page may begin with the end of a packet, which is left out. */
  reset(): void {
    this.#parts = []
    this.#sequence = undefined
  }

  /** Returns the packets that end on the next page, and whether the page follows the one before it. */
  add(page: WholePage): { readonly packets: readonly Uint8Array<ArrayBuffer>[]; readonly follows: boolean } {
    const follows = this.#sequence !== undefined && page.sequence === this.#sequence + 1
    this.#sequence = page.sequence
    if (!follows || !page.isContinued) this.#parts = []
    let isSkipping = page.isContinued && this.#parts.length === 0
    const packets: Uint8Array<ArrayBuffer>[] = []
    for (const { bytes, isEnd } of page.parts) {
      if (!isSkipping) this.#parts.push(bytes)
      if (!isEnd) continue
      if (!isSkipping) packets.push(joinBytes(this.#parts))
      this.#parts = []
      isSkipping = false
    }
    return { packets, follows }
  }
}
