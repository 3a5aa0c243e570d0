import { type ByteParser, request } from '../bytes/byte-parser.ts'

/** Bytes of a file. */
export interface CafSpan {
  readonly start: number
  readonly length: number
}

/** What the chunks of a Core Audio Format file state. */
export interface CafLayout {
  readonly sampleRate: number
  /** Four letters: `alac`, `lpcm`, `aac `. */
  readonly format: string
  readonly flags: number
  /** 0 if packets have different sizes or durations. */
  readonly bytesPerPacket: number
  readonly framesPerPacket: number
  readonly channelCount: number
  readonly bitsPerChannel: number
  /** The samples or packets. */
  readonly sound: CafSpan
  /** Whether the file ends before its sound does. */
  readonly isCut: boolean
  /** The decoder's configuration, the table of packets, and texts. */
  readonly cookie: CafSpan | undefined
  readonly packetTable: CafPacketTable | undefined
  readonly information: CafSpan | undefined
}

export interface CafPacketTable {
  readonly packets: number
  /** The frames of the sound, without those that the encoder added. */
  readonly frames: number
  readonly primingFrames: number
  readonly remainderFrames: number
  /** The sizes of the packets. */
  readonly entries: CafSpan
}

const maxChunks = 1000
const headerBytes = 12
const descriptionBytes = 32

/** Parses a file that begins at `start` and ends at `end`; returns undefined if it has no sound. */
export function* findCafLayout(end: number, start = 0): ByteParser<CafLayout | undefined> {
  const chunks = new Map<string, CafSpan>()
  let isCut = false
  let position = start + 8
  for (let count = 0; count < maxChunks && position + headerBytes <= end; count++) {
    const header = toView(yield* request(position, headerBytes))
    if (header.byteLength < headerBytes) break
    const type = letters(header, 0)
    const stated = Number(header.getBigInt64(4))
    const content = position + headerBytes
    // Programs that write to a pipe cannot fill in the size of the sound, which is -1 then.
    const length = stated < 0 ? end - content : stated
    if (!chunks.has(type)) chunks.set(type, { start: content, length: Math.min(length, end - content) })
    if (type === 'data') isCut = content + length > end
    position = content + length
  }
  return yield* readChunks(chunks, isCut)
}

function* readChunks(
  chunks: ReadonlyMap<string, CafSpan>,
  isCut: boolean,
): ByteParser<CafLayout | undefined> {
  const description = chunks.get('desc')
  const sound = chunks.get('data')
  if (description === undefined || sound === undefined || sound.length <= 4) return undefined
  const view = toView(yield* request(description.start, descriptionBytes))
  if (view.byteLength < descriptionBytes) return undefined
  const table = chunks.get('pakt')
  return {
    sampleRate: view.getFloat64(0),
    format: letters(view, 8),
    flags: view.getUint32(12),
    bytesPerPacket: view.getUint32(16),
    framesPerPacket: view.getUint32(20),
    channelCount: view.getUint32(24),
    bitsPerChannel: view.getUint32(28),
    // The chunk begins with a number of edits.
    sound: { start: sound.start + 4, length: sound.length - 4 },
    isCut,
    cookie: chunks.get('kuki'),
    packetTable: table && (yield* readPacketTable(table)),
    information: chunks.get('info'),
  }
}

function* readPacketTable({ start, length }: CafSpan): ByteParser<CafPacketTable | undefined> {
  const view = toView(yield* request(start, 24))
  if (view.byteLength < 24) return undefined
  return {
    packets: Number(view.getBigInt64(0)),
    frames: Number(view.getBigInt64(8)),
    primingFrames: view.getInt32(16),
    remainderFrames: view.getInt32(20),
    entries: { start: start + 24, length: Math.max(0, length - 24) },
  }
}

const toView = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const letters = (view: DataView, offset: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(offset + index)))
