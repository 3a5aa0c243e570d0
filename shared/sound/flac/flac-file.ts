import type { ByteSource } from '../audio-stream.ts'
import { findAudioSpan } from '../bytes/audio-span.ts'
import type { ByteReader } from '../bytes/byte-reader.ts'
import { readWith } from '../bytes/retrying-reader.ts'
import { maxFrameHeaderBytes, parseFlacFrame } from './flac-frames.ts'

/** A frame's first sample and its position in the file. */
export interface FlacLocation {
  readonly sample: number
  readonly position: number
}

/** What the metadata of a FLAC file says about its frames (https://www.rfc-editor.org/rfc/rfc9639#section-8). */
export interface FlacFile {
  /** STREAMINFO as it is in the file. */
  readonly info: Uint8Array<ArrayBuffer>
  readonly sampleRate: number
  readonly channels: number
  /** Samples of every frame but the last; undefined if they differ. */
  readonly blockSamples: number | undefined
  /** 0: unknown. */
  readonly totalSamples: number
  /** Where the search for the first frame begins. */
  readonly start: number
  /** Where the tags behind the frames begin. */
  readonly end: number
  /** The seek table, in the sequence of the samples. Positions count from the first frame. */
  readonly table: readonly FlacLocation[]
}

const infoType = 0
const tableType = 3
const maxBlocks = 1000
const infoBytes = 34
const tableEntryBytes = 18
/** More entries are not needed, and a size can be wrong. */
const maxTableBytes = tableEntryBytes * 20_000

/** Reads the metadata; undefined if it is not that of a FLAC file. */
export async function openFlacFile(source: ByteSource): Promise<FlacFile | undefined> {
  return await readWith(source, findFlacFile)
}

function findFlacFile(reader: ByteReader): FlacFile | undefined {
  const span = findAudioSpan(reader)
  const mark = reader.view(span.start, 4)
  if (String.fromCharCode(...mark) !== 'fLaC') return undefined
  let info: Uint8Array<ArrayBuffer> | undefined
  let table: readonly FlacLocation[] = []
  let position = span.start + 4
  for (let count = 0; count < maxBlocks; count++) {
    const [first = 0xff, high = 0, middle = 0, low = 0] = reader.view(position, 4)
    const type = first & 0x7f
    const length = high * 65_536 + middle * 256 + low
    // A size that is too large does not hide the frames: they are searched from here.
    if (first === 0xff || type > 6 || position + 4 + length >= span.end) break
    if (isFrameAt(reader, position)) break
    const body = position + 4
    if (type === infoType) info ??= reader.view(body, infoBytes).slice()
    if (type === tableType) table = readTable(reader.view(body, Math.min(length, maxTableBytes)))
    position = body + length
    if ((first & 0x80) !== 0) break
  }
  return info && info.length === infoBytes ? describe(info, table, position, span.end) : undefined
}

function isFrameAt(reader: ByteReader, position: number): boolean {
  return parseFlacFrame(reader.view(position, maxFrameHeaderBytes), 0) !== undefined
}

function describe(
  info: Uint8Array<ArrayBuffer>,
  table: readonly FlacLocation[],
  start: number,
  end: number,
): FlacFile {
  const view = new DataView(info.buffer, info.byteOffset, info.length)
  const min = view.getUint16(0)
  const max = view.getUint16(2)
  return {
    info,
    sampleRate: view.getUint32(10) >>> 12,
    channels: ((view.getUint8(12) >> 1) & 7) + 1,
    blockSamples: min === max && min > 0 ? min : undefined,
    totalSamples: (view.getUint8(13) & 15) * 2 ** 32 + view.getUint32(14),
    start,
    end,
    table,
  }
}

/** Reads the entries up to the first placeholder. */
function readTable(bytes: Uint8Array): readonly FlacLocation[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const table: FlacLocation[] = []
  for (let at = 0; at + tableEntryBytes <= bytes.length; at += tableEntryBytes) {
    const sample = Number(view.getBigUint64(at))
    const position = Number(view.getBigUint64(at + 8))
    const last = table.at(-1)
    if (sample > Number.MAX_SAFE_INTEGER || position > Number.MAX_SAFE_INTEGER) break
    if (last !== undefined && (sample <= last.sample || position <= last.position)) break
    table.push({ sample, position })
  }
  return table
}

/** Returns the mark of FLAC and the block STREAMINFO as the only one. */
export function createFlacDescription(info: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const description = new Uint8Array(8 + info.length)
  description.set([0x66, 0x4c, 0x61, 0x43, 0x80, 0, 0, info.length])
  description.set(info, 8)
  return description
}
