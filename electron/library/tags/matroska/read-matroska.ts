import { m } from '../../../../shared/i18n/messages.js'
import type { ByteReader } from '../byte-reader.ts'
import type { MediaReading, PictureSource } from '../media-reading.ts'
import { noSound } from '../sound-sample.ts'
import { unplayableWarning } from '../unplayable-warning.ts'
import { readAttachedPictures } from './attachments.ts'
import {
  childrenOf,
  type Element,
  elementsIn,
  ids,
  readElement,
  readFloat,
  readNumber,
  readText,
} from './elements.ts'
import { sampleBlocks } from './first-blocks.ts'
import { isCluster, lastBlockEnd, lastCuedCluster } from './last-block.ts'
import { readTargetTags, toTagValues } from './target-tags.ts'
import { chooseSoundTrack, type SoundTrack } from './tracks.ts'

/** The elements of a segment that are of use. */
interface SegmentParts {
  readonly found: Map<number, Element>
  readonly firstCluster: Element | undefined
}

/** Reads a Matroska or WebM file that begins at `start`; undefined if it has no track with sound. */
export function readMatroska(reader: ByteReader, start = 0): MediaReading | undefined {
  const segment = findSegment(reader, start)
  if (segment === undefined) return undefined
  const parts = readSegment(reader, segment)
  const { found } = parts
  const tracks = found.get(ids.tracks)
  const track = tracks && chooseSoundTrack(reader, tracks)
  if (track === undefined) return undefined
  const info = readInfo(reader, found.get(ids.info))
  const isCut = segment.statedEnd !== Number.POSITIVE_INFINITY && segment.statedEnd > reader.size
  const { name, isPlayable } = track.codec
  const warnings: string[] = []
  const unplayable = unplayableWarning({ isPlayable, isProtected: track.isProtected }, name)
  if (unplayable !== undefined) warnings.push(unplayable)
  if (isCut) warnings.push(m.host_file_cut())
  const tags = found.get(ids.tags)
  const attachments = found.get(ids.attachments)
  const pictures: PictureSource[] = attachments === undefined ? [] : readAttachedPictures(reader, attachments)
  return {
    tags: toTagValues(tags === undefined ? [] : readTargetTags(reader, tags, track.uid), info.title),
    duration: (isCut ? 0 : info.seconds) || blockSeconds(reader, segment, parts, track, info.tick),
    codec: name,
    isPlayable: isPlayable && !track.isProtected,
    sound:
      parts.firstCluster === undefined
        ? noSound
        : sampleBlocks(reader, parts.firstCluster.start, segment.end, info.seconds),
    pictures,
    warnings,
  }
}

function findSegment(reader: ByteReader, start: number): Element | undefined {
  for (const element of elementsIn(reader, start, reader.size)) if (element.id === ids.segment) return element
  return undefined
}

/** The kinds that count once; the seek head says where they are. */
const wanted: ReadonlySet<number> = new Set([ids.info, ids.tracks, ids.tags, ids.attachments, ids.cues])

/** Finds the elements before the first cluster, and those that the seek head names. Without one, reads to the end. */
function readSegment(reader: ByteReader, segment: Element): SegmentParts {
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
    let id = 0
    let position: number | undefined
    for (const element of childrenOf(reader, seek)) {
      if (element.id === ids.seekId) id = readNumber(reader, element)
      else if (element.id === ids.seekPosition) position = readNumber(reader, element)
    }
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

interface SegmentInfo {
  readonly title: string | undefined
  /** 0 if the file does not have its duration. */
  readonly seconds: number
  /** Seconds of a unit of time. */
  readonly tick: number
}

function readInfo(reader: ByteReader, info: Element | undefined): SegmentInfo {
  let scale = 1_000_000
  let duration = 0
  let title: string | undefined
  if (info !== undefined) {
    for (const element of childrenOf(reader, info)) {
      if (element.id === ids.timestampScale) scale = readNumber(reader, element) || scale
      else if (element.id === ids.duration) duration = readFloat(reader, element)
      else if (element.id === ids.title) title = readText(reader, element)
    }
  }
  const tick = scale / 1e9
  return { title, tick, seconds: duration > 0 && Number.isFinite(duration) ? duration * tick : 0 }
}

/** Returns the time at which the last block ends; undefined without blocks. */
function blockSeconds(
  reader: ByteReader,
  segment: Element,
  { found, firstCluster }: SegmentParts,
  track: SoundTrack,
  tick: number,
): number | undefined {
  if (firstCluster === undefined) return undefined
  const cues = found.get(ids.cues)
  const cued = cues && lastCuedCluster(reader, cues)
  const position = cued === undefined ? undefined : segment.content + cued
  const from = position !== undefined && isCluster(reader, position) ? position : firstCluster.start
  const end = lastBlockEnd(reader, from, segment.end, {
    number: track.number,
    isOpus: track.codec.name === 'Opus',
    frameDuration: track.frameSeconds / tick,
    ticksPerMillisecond: 0.001 / tick,
  })
  return end === undefined || end <= 0 ? undefined : end * tick
}
