import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { readBytes } from '../read-numbers.ts'
import { childrenOf, type Element, ids, readElement, readNumber } from './elements.ts'

/** The elements of a segment that are of use. */
export interface SegmentParts {
  readonly found: Map<number, Element>
  readonly firstCluster: Element | undefined
}

/** The kinds that count once; the seek head says where they are. */
const wanted: ReadonlySet<number> = new Set([ids.info, ids.tracks, ids.tags, ids.attachments, ids.cues])

/** Finds the elements before the first cluster, and those that the seek head names. Without one, reads to the end. */
export function findParts(reader: ByteReader, segment: Element): SegmentParts {
  const found = new Map<number, Element>()
  let firstCluster: Element | undefined
  let isComplete = false
  for (const element of childrenOf(reader, segment)) {
    if (wanted.has(element.id) && !found.has(element.id)) found.set(element.id, element)
    else if (element.id === ids.seekHead)
      isComplete = followSeekHead(reader, segment, element, found) || isComplete
    else if (element.id === ids.cluster) firstCluster ??= element
    if (firstCluster !== undefined && isComplete) break
  }
  return { found, firstCluster }
}

const maxSeeks = 200

/** Adds the elements that a seek head names. Returns whether all of them are where it says. */
function followSeekHead(
  reader: ByteReader,
  segment: Element,
  seekHead: Element,
  found: Map<number, Element>,
  depth = 0,
): boolean {
  let isComplete = true
  let count = 0
  for (const seek of childrenOf(reader, seekHead)) {
    if (seek.id !== ids.seek || count++ >= maxSeeks) continue
    const { id, position } = readSeek(reader, seek)
    if (position === undefined || (!wanted.has(id) && id !== ids.seekHead)) continue
    const target = readElement(reader, segment.content + position, segment.end)
    if (target?.id !== id) isComplete = false
    else if (id === ids.seekHead) {
      if (depth < 3 && target.start !== seekHead.start)
        isComplete = followSeekHead(reader, segment, target, found, depth + 1) && isComplete
    } else if (!found.has(id)) found.set(id, target)
  }
  return isComplete && count > 0
}

function readSeek(reader: ByteReader, seek: Element): { id: number; position: number | undefined } {
  let id = 0
  let position: number | undefined
  for (const element of childrenOf(reader, seek)) {
    if (element.id === ids.seekId) id = readNumber(reader, element)
    else if (element.id === ids.seekPosition) position = readNumber(reader, element)
  }
  return { id, position }
}

/** Damage that no other reader gets over is not searched further. */
const maxSearchedBytes = 4 * 1024 * 1024
const searchBlock = 32 * 1024
const idBytes = 4

/**
 * Finds the elements by the four bytes of their IDs instead of the sizes before them, because a damaged size hides
 * everything behind it. An element ends where the next one begins, whatever its size says. Of several with the same ID
 * the longest counts: a damaged seek head contains IDs, too.
 */
export function searchParts(reader: ByteReader, start: number): SegmentParts {
  const found = new Map<number, Element>()
  let firstCluster: Element | undefined
  let last: Element | undefined
  const add = (element: Element | undefined, end: number) => {
    if (element === undefined) return
    const longest = found.get(element.id)
    if (longest === undefined || end - element.content > longest.end - longest.content)
      found.set(element.id, { ...element, end })
  }
  for (const position of topLevelIds(reader, start)) {
    const element = readElement(reader, position, reader.size)
    if (element === undefined) continue
    add(last, position)
    last = element.id === ids.cluster ? undefined : element
    if (element.id === ids.cluster) firstCluster ??= element
  }
  add(last, last?.end ?? 0)
  return { found, firstCluster }
}

/** Yields the positions of bytes that are the ID of an element. */
function* topLevelIds(reader: ByteReader, start: number): Generator<number> {
  const end = Math.min(reader.size, start + maxSearchedBytes)
  for (let block = start; block < end; block += searchBlock) {
    const bytes = readBytes(reader, block, searchBlock + idBytes - 1)
    for (let offset = 0; offset + idBytes <= bytes.byteLength; offset++) {
      const id = bytes.getUint32(offset)
      if (wanted.has(id) || id === ids.cluster) yield block + offset
    }
  }
}
