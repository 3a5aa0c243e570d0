import { type OggLink, openOggLink } from './ogg-link.ts'
import type { PageScanner, WholePage } from './page-scanner.ts'

/** A link and where its sound is on the timeline of the whole file. */
export interface PlacedLink extends OggLink {
  /** The frame at which its sound begins. */
  readonly offset: number
  /** The frames that are heard; undefined while unknown. */
  readonly frames: number | undefined
  /** The position of its end in the file. */
  readonly end: number
}

/** Between positions this close, pages are read one after the other. */
const minSearchBytes = 64 * 1024
/** The longest page, and one before it. */
const tailBytes = 128 * 1024
const maxLinks = 1000

/** Finds the links of a file. Those behind one whose sound cannot be decoded are left out. */
export async function findOggChain(scanner: PageScanner): Promise<readonly PlacedLink[]> {
  const links: PlacedLink[] = []
  let position = 0
  let offset = 0
  while (links.length < maxLinks) {
    const link = await openOggLink(scanner, position)
    if (link === undefined) break
    const { end, granule } = await findEnd(scanner, link)
    const frames = granule === undefined ? undefined : Math.max(0, granule - link.begin)
    links.push({ ...link, offset, frames, end })
    offset += frames ?? 0
    position = end
    if (frames === undefined || end >= scanner.size) break
  }
  return links
}

interface LinkEnd {
  readonly end: number
  /** The granule position at the end of the sound; undefined if no page has one. */
  readonly granule: number | undefined
}

async function findEnd(scanner: PageScanner, link: OggLink): Promise<LinkEnd> {
  // Nearly every file has one link, whose last pages are the file's.
  const start = Math.max(link.start, scanner.size - tailBytes)
  await scanner.load(start, scanner.size)
  const tail = await readToEnd(scanner, link, start)
  return tail?.granule === undefined || tail.end < scanner.size ? await bisectEnd(scanner, link) : tail
}

/** Reads pages of a link from `position` on; undefined if the first one is of another link. */
async function readToEnd(
  scanner: PageScanner,
  link: OggLink,
  position: number,
): Promise<LinkEnd | undefined> {
  let granule: number | undefined
  let end = position
  for (let page: WholePage | undefined; ; end = page.end) {
    page = await scanner.next(end)
    if (page === undefined) return { end: scanner.size, granule }
    const isOther = !link.serials.has(page.serial) || (page.isFirst && page.position > link.start)
    if (isOther) return end === position ? undefined : { end: page.position, granule }
    if (page.serial === link.serial && page.granule >= 0) granule = page.granule
  }
}

async function bisectEnd(scanner: PageScanner, link: OggLink): Promise<LinkEnd> {
  let low = link.start
  let granule: number | undefined
  let high = scanner.size
  while (high - low > minSearchBytes) {
    const middle = Math.floor((low + high) / 2)
    const page = await scanner.next(middle, high)
    if (page === undefined || !link.serials.has(page.serial)) high = middle
    else {
      low = page.position
      if (page.serial === link.serial && page.granule >= 0) granule = page.granule
    }
  }
  const rest = await readToEnd(scanner, link, low)
  return rest === undefined ? { end: low, granule } : { end: rest.end, granule: rest.granule ?? granule }
}

/**
 * Resolves with the position behind the last page of a link that ends at `granule` or before; the link's start if there
 * is none. `isBeforeLast` says that the next page must not be the last one, whose position is not that of its packets.
 */
export async function findOggPosition(
  scanner: PageScanner,
  link: PlacedLink,
  granule: number,
): Promise<number> {
  let low = link.start
  let high = link.end
  let [lowGranule, highGranule] = [link.granule, link.begin + (link.frames ?? 0)]
  for (let count = 0; high - low > minSearchBytes; count++) {
    const share = (granule - lowGranule) / (highGranule - lowGranule)
    // The bitrate can vary so much that the share of the time misleads: every other step halves what is left.
    const isUsable = count % 2 === 0 && share > 0 && share < 1
    const bounded = isUsable ? Math.min(0.98, Math.max(0.02, share - 0.01)) : 0.5
    const middle = Math.floor(low + (high - low) * bounded)
    const page = await nextOfLink(scanner, link, middle, high)
    if (page === undefined || page.granule > granule) {
      high = middle
      highGranule = page?.granule ?? highGranule
    } else {
      low = page.end
      lowGranule = page.granule
    }
  }
  let position = low
  let previous = low
  for (let next = low; ; ) {
    const page = await nextOfLink(scanner, link, next, link.end)
    if (page === undefined || page.granule > granule) return page?.isLast === true ? previous : position
    previous = position
    position = page.end
    next = page.end
  }
}

/** Resolves with the next page on which a packet of the link's sound ends. */
async function nextOfLink(scanner: PageScanner, link: PlacedLink, position: number, limit: number) {
  for (let page: WholePage | undefined, next = position; ; next = page.end) {
    page = await scanner.next(next, limit)
    if (page === undefined || (page.serial === link.serial && page.granule >= 0)) return page
  }
}
