import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { findPage, type OggPage } from '../../../../shared/sound/ogg/ogg-pages.ts'
import { OggClock } from './ogg-clock.ts'
import { type OggLink, type OggStream, readLink } from './ogg-links.ts'

/** How long an Ogg file is. */
export interface OggLength {
  /** Seconds of the links of a chain that are played; undefined if they are unknown. */
  readonly seconds: number | undefined
  /** Whether there is any page with sound. */
  readonly hasSound: boolean
  /** Whether links follow that are not played. */
  readonly hasUnplayedLinks: boolean
  /** Whether the end of the last page is missing. */
  readonly isCut: boolean
}

/** Smaller files are read whole, which is exact for any file. */
const maxSmallBytes = 512 * 1024
/** What is read of a chain at most. The rest is estimated. */
const maxWalkBytes = 256 * 1024 * 1024
const tailBytes = 64 * 1024
/** A stream with sound has a page at least this often, whatever is multiplexed with it. */
const maxTailBytes = 4 * 1024 * 1024
const probeFractions = [0.25, 0.5, 0.75]
/** Pages of one file are of similar size, so that their numbers grow with their positions. */
const minPageRatio = 0.8
const maxHeaderSearchBytes = 32 * 1024 * 1024

/** Determines the duration of the sound in a file whose first link begins at `start`. */
export function readOggDuration(source: ByteReader, start: number, first: OggLink): OggLength {
  if (source.size - start <= maxSmallBytes) return walkPages(source, start)
  const tail = readTail(source, first)
  const clock = tail === undefined ? undefined : startClock(source, first)
  if (clock === undefined || tail === undefined || isProbablyChained(source, first, clock, tail))
    return walkPages(source, start)
  for (const page of tail.pages) clock.add(page)
  return { seconds: clock.seconds(), hasSound: true, hasUnplayedLinks: false, isCut: tail.isCut }
}

interface OggTail {
  /** The last pages of the first link's stream with sound. */
  readonly pages: readonly OggPage[]
  readonly isCut: boolean
}

/** Returns the pages of the first link's sound at the end of the file; undefined if another link ends there. */
function readTail(source: ByteReader, { audio, serials }: OggLink): OggTail | undefined {
  const { size } = source
  for (let end = size, start = size; start > 0 && size - start < maxTailBytes; end = start) {
    start = Math.max(0, end - tailBytes)
    const pages: OggPage[] = []
    let last: OggPage | undefined
    for (
      let page = findPage(source, start, end);
      page !== undefined;
      page = findPage(source, page.end, end)
    ) {
      if (!serials.has(page.serial) || page.isFirst) return undefined
      if (page.serial === audio?.serial && page.granule > 0) pages.push(page)
      last = page
    }
    if (pages.length > 0) return { pages, isCut: last !== undefined && last.end > size }
  }
  return undefined
}

/** Returns a clock with the first page with sound; undefined if there is none. */
function startClock(source: ByteReader, { audio, end }: OggLink): OggClock | undefined {
  if (audio === undefined) return undefined
  const clock = new OggClock(source, audio)
  const limit = Math.min(source.size, end + maxHeaderSearchBytes)
  for (
    let page = findPage(source, end, limit);
    page !== undefined;
    page = findPage(source, page.end, limit)
  ) {
    clock.add(page)
    if (clock.hasStarted) return clock
  }
  return undefined
}

/**
 * Whether page numbers contradict a single link. Links of a chain should have different serial numbers, but a file that
 * was appended to itself, or two files of one program, have not.
 */
function isProbablyChained(
  source: ByteReader,
  { audio, serials }: OggLink,
  clock: OggClock,
  tail: OggTail,
): boolean {
  const first = clock.lastPage
  const last = tail.pages.at(-1)
  if (audio === undefined || first === undefined || last === undefined) return true
  const perByte = (last.sequence - first.sequence) / (last.position - first.position)
  let previous = first
  for (const fraction of probeFractions) {
    const position = Math.floor(first.position + fraction * (last.position - first.position))
    let page = findPage(source, position, position + tailBytes)
    while (page !== undefined && page.serial !== audio.serial) {
      if (!serials.has(page.serial)) return true
      page = findPage(source, page.end, position + tailBytes)
    }
    if (page === undefined) continue
    const growth = page.sequence - previous.sequence
    const expected = perByte * (page.position - previous.position)
    if (growth < 0 || growth < minPageRatio * expected - 2 || page.sequence > last.sequence) return true
    previous = page
  }
  return false
}

/** Adds up the links of a chain from the headers of all pages. */
function walkPages(source: ByteReader, start: number): OggLength {
  const limit = Math.min(source.size, start + maxWalkBytes)
  let seconds = 0
  let isCut = false
  let clock: OggClock | undefined
  let follows = true
  for (
    let page = findPage(source, start, limit);
    page !== undefined;
    page = findPage(source, page.end, limit)
  ) {
    const next = page.isFirst && follows ? readLink(source, page.position, limit)?.audio : undefined
    if (next !== undefined) {
      if (clock !== undefined && !continues(clock.stream, next)) return finish(true)
      seconds += clock?.seconds() ?? 0
      clock = new OggClock(source, next)
    }
    // The first pages of a link's streams are together.
    follows = !page.isFirst
    clock?.add(page)
    isCut = page.end > source.size
  }
  return finish(false)

  function finish(hasUnplayedLinks: boolean): OggLength {
    const read = seconds + (clock?.seconds() ?? 0)
    const isWhole = hasUnplayedLinks || limit === source.size
    const total = isWhole ? read : (read * (source.size - start)) / (limit - start)
    const hasSound = total > 0 || clock?.hasSound === true
    return { seconds: total > 0 ? total : undefined, hasSound, hasUnplayedLinks, isCut }
  }
}

/** Whether Chromium plays a link after another: it has one decoder, and FLAC's is not set up again. */
function continues({ codec: last }: OggStream, { codec: next }: OggStream): boolean {
  return (
    next.codec === last.codec &&
    next.codec !== 'FLAC' &&
    next.granuleRate === last.granuleRate &&
    next.channels === last.channels
  )
}
