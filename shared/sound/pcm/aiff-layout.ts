import { type ByteParser, request } from '../bytes/byte-parser.ts'
import { type SampleCoding, sampleCoding } from './sample-coding.ts'

/** The content of the chunk COMM. */
export interface AiffFormat {
  readonly channels: number
  /** Frames per second. */
  readonly rate: number
  /** The four letters of the kind of compression; `NONE` in a plain AIFF file. */
  readonly compression: string
  /** The number of frames that the file states. */
  readonly statedFrames: number
  /** Bits of a sample. */
  readonly bits: number
  /** Undefined for a compression that WAVE does not have. */
  readonly coding: SampleCoding | undefined
}

/** Bytes of a file. */
export interface ByteSpan {
  readonly start: number
  readonly length: number
}

/** What is where in an AIFF or AIFF-C file. */
export interface AiffLayout {
  readonly format: AiffFormat
  readonly sound: ByteSpan
  /** The contents of the chunks with texts, by the names of the chunks. */
  readonly texts: readonly { readonly id: string; readonly span: ByteSpan }[]
  readonly id3Tags: readonly ByteSpan[]
  /** Whether the file ends before its sound does. */
  readonly isCut: boolean
}

/** The chunks that are found, of which the layout is made. */
interface Found {
  format: AiffFormat | undefined
  sound: ByteSpan | undefined
  readonly texts: { readonly id: string; readonly span: ByteSpan }[]
  readonly id3Tags: ByteSpan[]
  isCut: boolean
}

interface Chunk {
  readonly id: string
  /** Where its content begins. */
  readonly start: number
  /** The length of its content as stated, which may exceed the file. */
  readonly length: number
}

/** No program writes more chunks. */
const maxChunks = 2000
const maxTexts = 100
const headerBytes = 8
/** The part of COMM that is needed. */
const contentBytes = 22
/** From this length on, a size that exceeds the file is a placeholder that was never replaced, not a lost end. */
const minPlaceholder = 0x7fff0000
const textIds: ReadonlySet<string> = new Set(['NAME', 'AUTH'])
const idPattern = /^[ -~]{4}$/

/**
 * Finds the parts of an AIFF or AIFF-C file; undefined if it has no sound. Sizes in the file are limited by its length.
 * The number of frames is ignored: the size of the chunk with the samples is more reliable.
 *
 * Formats: Audio Interchange File Format 1.3 and AIFF-C draft of 1991-08-26 (Apple Computer).
 */
export function* findAiffLayout(size: number): ByteParser<AiffLayout | undefined> {
  const found: Found = { format: undefined, sound: undefined, texts: [], id3Tags: [], isCut: false }
  let position = 12
  for (let count = 0; count < maxChunks && position + headerBytes <= size; count++) {
    const head = yield* request(position, headerBytes + contentBytes)
    if (head.length < headerBytes) break
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
    const chunk = { id: ascii(head, 0), start: position + headerBytes, length: view.getUint32(4) }
    readContent(chunk, head.subarray(headerBytes), size, found)
    const end = chunk.id === 'SSND' && found.sound ? soundEnd(chunk, found.sound) : chunk.start + chunk.length
    position = yield* nextChunk(end, size)
  }
  const { format, sound } = found
  return format === undefined || sound === undefined ? undefined : { ...found, format, sound }
}

function soundEnd(chunk: Chunk, sound: ByteSpan): number {
  return chunk.length === 0 ? sound.start + sound.length : chunk.start + chunk.length
}

/** Reads a chunk, whose content begins with `content`. */
function readContent(chunk: Chunk, content: Uint8Array, size: number, found: Found): void {
  const span = { start: chunk.start, length: Math.max(0, Math.min(chunk.length, size - chunk.start)) }
  if (chunk.id === 'COMM') found.format ??= readFormat(content.subarray(0, span.length))
  else if (chunk.id === 'SSND') readSound(chunk, content, size, found)
  else if (textIds.has(chunk.id) && found.texts.length < maxTexts) found.texts.push({ id: chunk.id, span })
  else if (/^id3 $/i.test(chunk.id) && found.id3Tags.length < maxTexts) found.id3Tags.push(span)
}

/** The samples follow two numbers and a gap. A length of 0 stands for the rest of the file. */
function readSound(chunk: Chunk, content: Uint8Array, size: number, found: Found): void {
  if (found.sound !== undefined || content.length < 8) return
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  const end = chunk.length === 0 ? size : chunk.start + chunk.length
  const start = chunk.start + 8 + view.getUint32(0)
  found.sound = { start, length: Math.max(0, Math.min(end, size) - start) }
  found.isCut = end > size && chunk.length < minPlaceholder
}

/** Returns the position of the next chunk. Chunks begin at even positions, but some programs leave out the padding. */
function* nextChunk(end: number, size: number): ByteParser<number> {
  if (end % 2 === 0 || end + 1 >= size) return end
  const bytes = yield* request(end, 5)
  return idPattern.test(ascii(bytes, 1)) || !idPattern.test(ascii(bytes, 0)) ? end + 1 : end
}

/** Reads the chunk COMM. In an AIFF-C file the kind of compression is at its end. */
function readFormat(content: Uint8Array): AiffFormat | undefined {
  if (content.length < 18) return undefined
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  const channels = view.getUint16(0)
  const compression = content.length < contentBytes ? 'NONE' : ascii(content, 18)
  const rate = Math.round(extendedFloat(view))
  // Chromium plays no more channels and no higher rate.
  if (!(channels >= 1 && channels <= 32 && rate >= 1 && rate <= 768_000)) return undefined
  const bits = view.getUint16(6)
  const coding = sampleCoding(compression, bits)
  return { channels, rate, compression, statedFrames: view.getUint32(2), bits, coding }
}

/** Reads the number in 80 bits of IEEE 754's extended precision at 8. A negative one becomes infinite or NaN. */
function extendedFloat(view: DataView): number {
  const exponent = view.getUint16(8) - 16_383
  return (view.getUint32(10) + view.getUint32(14) / 2 ** 32) * 2 ** (exponent - 31)
}

function ascii(bytes: Uint8Array, start: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + 4))
}
