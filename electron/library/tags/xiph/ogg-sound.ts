import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { findPage, type OggPage } from '../../../../shared/sound/ogg/ogg-pages.ts'
import { type ByteSpan, limitSpans, type SoundSample } from '../sound-sample.ts'
import type { OggStream } from './ogg-links.ts'

const firstBytes = 8 * 1024
const lastBytes = 4 * 1024
/** No page is longer, so at least one begins in the last bytes of this number. */
const tailBytes = 64 * 1024
const maxHeaderBytes = 64 * 1024 * 1024
/** A page can have a single byte, so the first ones can be many. */
const maxPages = 2000

/**
 * Returns the contents of the first pages with sound of a stream, and of the file's last ones. A change of tags changes
 * the positions, numbers and checksums of these pages, but neither their contents nor their granule positions.
 */
export function sampleOggSound(source: ByteReader, stream: OggStream, end: number): SoundSample {
  const first = firstPages(source, stream, end)
  const start = first[0]?.position ?? end
  const last = pagesIn(source, Math.max(start, end - tailBytes), end).filter(({ granule }) => granule > 0)
  return {
    spans: [
      ...limitSpans(first.map(contentOf), firstBytes),
      ...limitSpans(last.toReversed().map(contentOf), lastBytes),
    ],
    extent: last.at(-1)?.granule ?? 0,
  }
}

const contentOf = ({ bodyPosition, end }: OggPage): ByteSpan => ({
  start: bodyPosition,
  length: end - bodyPosition,
})

/** Returns pages of the stream, from the first one with sound on. Headers have the granule position 0 or −1. */
function firstPages(source: ByteReader, { serial, start }: OggStream, end: number): OggPage[] {
  const found: OggPage[] = []
  let bytes = 0
  const limit = Math.min(end, start + maxHeaderBytes)
  for (
    let page = findPage(source, start, limit);
    page !== undefined && bytes < firstBytes && found.length < maxPages;
    page = findPage(source, page.end, limit)
  ) {
    if (page.serial !== serial || (found.length === 0 && page.granule <= 0)) continue
    found.push(page)
    bytes += page.end - page.bodyPosition
  }
  return found
}

function pagesIn(source: ByteReader, start: number, end: number): OggPage[] {
  const found: OggPage[] = []
  for (let page = findPage(source, start, end); page !== undefined; page = findPage(source, page.end, end))
    found.push(page)
  return found
}
