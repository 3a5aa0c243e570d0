import { m } from '../../../../shared/i18n/messages.js'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import type { MediaReading, PictureSource } from '../media-reading.ts'
import { noSound } from '../sound-sample.ts'
import { unplayableWarning } from '../unplayable-warning.ts'
import { readAttachedPictures } from './attachments.ts'
import { childrenOf, type Element, elementsIn, ids, readFloat, readNumber, readText } from './elements.ts'
import { findParts, type SegmentParts, searchParts } from './find-parts.ts'
import { sampleBlocks } from './first-blocks.ts'
import { isCluster, lastBlockEnd, lastCuedCluster } from './last-block.ts'
import { readTargetTags, targetListers, toTagValues } from './target-tags.ts'
import { chooseSoundTrack, type SoundTrack } from './tracks.ts'

/** What is known of a file before its tags are read. */
interface Song {
  readonly segment: Element
  readonly parts: SegmentParts
  readonly track: SoundTrack
  /** Whether the sizes in the file lead to its parts. */
  readonly isIntact: boolean
}

/** Reads a Matroska or WebM file that begins at `start`; undefined if it has no track with sound. */
export function readMatroska(reader: ByteReader, start = 0): MediaReading | undefined {
  const song = findSong(reader, start)
  if (song === undefined) return undefined
  const { segment, parts, track, isIntact } = song
  const info = readInfo(reader, parts.found.get(ids.info))
  const isCut = isIntact && segment.statedEnd !== Number.POSITIVE_INFINITY && segment.statedEnd > reader.size
  const { name, isPlayable } = track.codec
  const warnings: string[] = []
  const unplayable = unplayableWarning({ isPlayable, isProtected: track.isProtected }, name)
  if (unplayable !== undefined) warnings.push(unplayable)
  if (!isIntact) warnings.push(m.host_file_partly_damaged())
  if (isCut) warnings.push(m.host_file_cut())
  const tagsElement = parts.found.get(ids.tags)
  const tags = tagsElement === undefined ? [] : readTargetTags(reader, tagsElement, track.uid)
  const attachments = parts.found.get(ids.attachments)
  const pictures: PictureSource[] = attachments === undefined ? [] : readAttachedPictures(reader, attachments)
  return {
    tags: toTagValues(tags, info.title),
    duration: (isCut ? 0 : info.seconds) || blockSeconds(reader, song, info.tick),
    codec: name,
    isPlayable: isPlayable && !track.isProtected,
    sound:
      parts.firstCluster === undefined
        ? noSound
        : sampleBlocks(reader, parts.firstCluster.start, segment.end, info.seconds),
    format: track.format,
    listers: targetListers(tags, info.title),
    pictures,
    warnings,
  }
}

/** Returns the segment and its track with sound. If the sizes do not lead to one, the IDs are searched. */
function findSong(reader: ByteReader, start: number): Song | undefined {
  const segment = findSegment(reader, start)
  if (segment !== undefined) {
    const parts = findParts(reader, segment)
    const track = findTrack(reader, parts)
    if (track !== undefined) return { segment, parts, track, isIntact: true }
  }
  const parts = searchParts(reader, start)
  const track = findTrack(reader, parts)
  if (track === undefined) return undefined
  const content = segment?.content ?? start
  const whole = { id: ids.segment, start, content, end: reader.size, statedEnd: reader.size }
  return { segment: whole, parts, track, isIntact: false }
}

function findSegment(reader: ByteReader, start: number): Element | undefined {
  for (const element of elementsIn(reader, start, reader.size)) if (element.id === ids.segment) return element
  return undefined
}

function findTrack(reader: ByteReader, { found }: SegmentParts): SoundTrack | undefined {
  const tracks = found.get(ids.tracks)
  return tracks && chooseSoundTrack(reader, tracks)
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
function blockSeconds(reader: ByteReader, { segment, parts, track }: Song, tick: number): number | undefined {
  const { found, firstCluster } = parts
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
