import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { readPadded } from '../read-numbers.ts'
import { childrenOf, type Element, elementsIn, ids, readElement, readNumber } from './elements.ts'

/** The track whose blocks count, and how to measure them. Times are in the segment's ticks. */
export interface BlockTrack {
  readonly number: number
  readonly isOpus: boolean
  /** The duration of a frame; 0 if the file does not have it. */
  readonly frameDuration: number
  readonly ticksPerMillisecond: number
}

/** The last clusters that are kept: a track can have no block in the last one. */
const keptClusters = 8

/** Returns the time at which the track's last block between `start` and `end` ends, in ticks; undefined without blocks. */
export function lastBlockEnd(
  reader: ByteReader,
  start: number,
  end: number,
  track: BlockTrack,
): number | undefined {
  const clusters: Element[] = []
  const open = new BlockClock(reader, track)
  for (const element of elementsIn(reader, start, end)) {
    if (element.id === ids.cluster && element.statedEnd !== Number.POSITIVE_INFINITY) {
      clusters.push(element)
      if (clusters.length > keptClusters) clusters.shift()
    } else open.handle(element)
  }
  for (const cluster of clusters.reverse()) {
    const clock = new BlockClock(reader, track)
    for (const element of childrenOf(reader, cluster)) clock.handle(element)
    if (clock.end !== undefined) return Math.max(clock.end, open.end ?? 0)
  }
  return open.end
}

/** Follows the blocks of a track. */
class BlockClock {
  readonly #reader: ByteReader
  readonly #track: BlockTrack
  #clusterTime = 0
  #previousTime: number | undefined
  /** The time at which the last block ends. */
  end: number | undefined

  constructor(reader: ByteReader, track: BlockTrack) {
    this.#reader = reader
    this.#track = track
  }

  /** Handles an element of a cluster. */
  handle(element: Element): void {
    if (element.id === ids.clusterTimestamp) this.#clusterTime = readNumber(this.#reader, element)
    else if (element.id === ids.simpleBlock) this.#addBlock(element, 0)
    else if (element.id === ids.blockGroup) this.#addGroup(element)
  }

  #addGroup(group: Element): void {
    let block: Element | undefined
    let duration = 0
    for (const element of childrenOf(this.#reader, group)) {
      if (element.id === ids.block) block = element
      else if (element.id === ids.blockDuration) duration = readNumber(this.#reader, element)
    }
    if (block !== undefined) this.#addBlock(block, duration)
  }

  #addBlock({ content }: Element, statedDuration: number): void {
    const head = readPadded(this.#reader, content, 16)
    const first = head.getUint8(0)
    const length = Math.clz32(first) - 23
    if (length > 4) return
    let number = first & (0xff >> length)
    for (let index = 1; index < length; index++) number = number * 256 + head.getUint8(index)
    if (number !== this.#track.number) return
    const time = this.#clusterTime + head.getInt16(length)
    const isLaced = (head.getUint8(length + 2) & 6) !== 0
    const frames = isLaced ? head.getUint8(length + 3) + 1 : 1
    const duration = statedDuration || this.#blockDuration(head, length + 3, isLaced, frames, time)
    this.#previousTime = time
    // Frames of video come in another sequence than they are shown in; of sound they do not.
    this.end = Math.max(this.end ?? 0, time + duration)
  }

  #blockDuration(head: DataView, offset: number, isLaced: boolean, frames: number, time: number): number {
    const { isOpus, frameDuration, ticksPerMillisecond } = this.#track
    if (frameDuration > 0) return frameDuration * frames
    if (isOpus && !isLaced)
      return opusMilliseconds(head.getUint8(offset), head.getUint8(offset + 1)) * ticksPerMillisecond
    return this.#previousTime === undefined ? 0 : Math.max(0, time - this.#previousTime)
  }
}

/** Returns the duration of an Opus packet by its first two bytes (RFC 6716, 3.1). */
function opusMilliseconds(first: number, second: number): number {
  const config = first >> 3
  const frame =
    config < 12
      ? [10, 20, 40, 60][config & 3]
      : config < 16
        ? [10, 20][config & 1]
        : [2.5, 5, 10, 20][config & 3]
  const count = [1, 2, 2, second & 0x3f][first & 3]
  return (frame ?? 20) * (count ?? 1)
}

/** Returns the position of the last cluster in the cues, from the start of the segment; undefined without cues. */
export function lastCuedCluster(reader: ByteReader, cues: Element): number | undefined {
  let last: number | undefined
  for (const point of childrenOf(reader, cues)) {
    if (point.id !== ids.cuePoint) continue
    for (const positions of childrenOf(reader, point)) {
      if (positions.id !== ids.cueTrackPositions) continue
      for (const element of childrenOf(reader, positions))
        if (element.id === ids.cueClusterPosition) last = Math.max(last ?? 0, readNumber(reader, element))
    }
  }
  return last
}

/** Returns whether a cluster begins at `position`. */
export function isCluster(reader: ByteReader, position: number): boolean {
  return readElement(reader, position, reader.size)?.id === ids.cluster
}
