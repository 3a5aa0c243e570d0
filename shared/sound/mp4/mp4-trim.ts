import type { ByteReader } from '../bytes/byte-reader.ts'

/** What an MP4 file says about the samples that its encoder added at the beginning and the end. */
export interface Mp4Trim {
  /** Whether an edit list says where the sound begins. */
  readonly hasEdit: boolean
  /** The duration by the edit list, in seconds. Its precision is that of the movie's clock. */
  readonly editSeconds: number | undefined
  /** The length of a tick of the movie's clock, in seconds. */
  readonly tick: number
  /** What iTunes writes about the sound, in frames. */
  readonly iTunes: { readonly priming: number; readonly frames: number } | undefined
}

/** A box of a file, by the positions of its content. */
export interface Mp4Box {
  readonly type: string
  readonly start: number
  readonly end: number
}

const maxBoxes = 2000
const maxItemBytes = 256

/** Reads the first track with sound. */
export function readMp4Trim(reader: ByteReader): Mp4Trim {
  const movie = findBox(reader, { start: 0, end: reader.size }, 'moov')
  const track = movie && boxes(reader, movie).find((box) => box.type === 'trak' && isSound(reader, box))
  const scale = movie && readTimescale(reader, movie)
  const edit = track && readEdit(reader, track)
  return {
    hasEdit: edit !== undefined,
    editSeconds: edit && scale ? edit.duration / scale : undefined,
    tick: scale ? 1 / scale : 0,
    iTunes: movie && readItunes(reader, movie),
  }
}

/** Yields the boxes in a part of a file. */
export function* walkBoxes(
  reader: ByteReader,
  { start, end }: Pick<Mp4Box, 'start' | 'end'>,
): Generator<Mp4Box> {
  let position = start
  for (let count = 0; count < maxBoxes && position + 8 <= end; count++) {
    const head = reader.view(position, 16)
    const view = new DataView(head.buffer, head.byteOffset, head.length)
    if (head.length < 8) return
    const type = ascii(head, 4)
    const isLong = view.getUint32(0) === 1 && head.length === 16
    const stated = isLong ? Number(view.getBigUint64(8)) : view.getUint32(0)
    const length = stated === 0 ? end - position : stated
    if (length < 8) return
    yield { type, start: position + (isLong ? 16 : 8), end: Math.min(end, position + length) }
    position += length
  }
}

function boxes(reader: ByteReader, box: Pick<Mp4Box, 'start' | 'end'>): readonly Mp4Box[] {
  return [...walkBoxes(reader, box)]
}

/** Returns the box at the end of a path of types. */
export function findBox(reader: ByteReader, box: Pick<Mp4Box, 'start' | 'end'>, ...path: readonly string[]) {
  let found: Pick<Mp4Box, 'start' | 'end'> | undefined = box
  for (const type of path) {
    if (found === undefined) return undefined
    found = walkBoxes(reader, found).find((child) => child.type === type)
  }
  return found
}

function isSound(reader: ByteReader, track: Mp4Box): boolean {
  const handler = findBox(reader, track, 'mdia', 'hdlr')
  return handler !== undefined && ascii(reader.view(handler.start, 12), 8) === 'soun'
}

function readTimescale(reader: ByteReader, movie: Pick<Mp4Box, 'start' | 'end'>): number | undefined {
  const header = findBox(reader, movie, 'mvhd')
  if (header === undefined) return undefined
  const bytes = reader.view(header.start, 32)
  const at = bytes[0] === 1 ? 20 : 12
  if (bytes.length < at + 4) return undefined
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(at) || undefined
}

/** Returns the first edit that is not empty. */
function readEdit(reader: ByteReader, track: Mp4Box): { readonly duration: number } | undefined {
  const list = findBox(reader, track, 'edts', 'elst')
  if (list === undefined) return undefined
  const bytes = reader.view(list.start, Math.min(list.end - list.start, 4096))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const isLong = bytes[0] === 1
  const width = isLong ? 20 : 12
  for (let at = 8; at + width <= bytes.length; at += width) {
    const duration = isLong ? Number(view.getBigUint64(at)) : view.getUint32(at)
    const start = isLong ? Number(view.getBigInt64(at + 8)) : view.getInt32(at + 4)
    if (start >= 0) return { duration }
  }
  return undefined
}

/** Reads the item iTunSMPB: four or more hexadecimal numbers, of which the second is the priming and the fourth the frames. */
function readItunes(reader: ByteReader, movie: Pick<Mp4Box, 'start' | 'end'>): Mp4Trim['iTunes'] {
  const meta = findBox(reader, movie, 'udta', 'meta')
  const list = meta && findBox(reader, { start: meta.start + 4, end: meta.end }, 'ilst')
  if (list === undefined) return undefined
  for (const item of walkBoxes(reader, list)) {
    if (item.type !== '----') continue
    const text = ascii(
      reader.view(item.start, maxItemBytes),
      0,
      Math.min(maxItemBytes, item.end - item.start),
    )
    if (!text.includes('iTunSMPB')) continue
    const [, priming, frames] = / [\dA-F]{8} ([\dA-F]{8}) [\dA-F]{8} ([\dA-F]{16})/i.exec(text) ?? []
    if (priming === undefined || frames === undefined) continue
    const values = { priming: Number.parseInt(priming, 16), frames: Number.parseInt(frames, 16) }
    if (values.frames > 0 && Number.isSafeInteger(values.frames)) return values
  }
  return undefined
}

function ascii(bytes: Uint8Array, start: number, length = 4): string {
  return String.fromCharCode(...bytes.subarray(start, start + length))
}
