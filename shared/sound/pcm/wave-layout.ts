import { type ByteParser, request } from '../bytes/byte-parser.ts'
import { readWaveFormat, type WaveFormat, waveFormatBytes, waveFrameBytes } from './wave-format.ts'

/** Bytes of a file. */
export interface ByteSpan {
  readonly start: number
  readonly length: number
}

/** What is where in a WAVE file. */
export interface WaveLayout {
  readonly format: WaveFormat
  /** The content of `fmt `. */
  readonly formatSpan: ByteSpan
  readonly sound: ByteSpan
  /** The number of frames that the chunk `fact` states. */
  readonly statedFrames: number | undefined
  /** The contents of `LIST` chunks with a type of `INFO`. */
  readonly infoLists: readonly ByteSpan[]
  /** The contents of chunks with an ID3 tag. */
  readonly id3Tags: readonly ByteSpan[]
  readonly isLittleEndian: boolean
  /** Whether Chromium determines the same sound from the file's sizes. */
  readonly isRegular: boolean
  /** Whether the file ends before its sound does. */
  readonly isCut: boolean
}

interface Chunk {
  readonly id: string
  /** Where its content begins. */
  readonly start: number
  /** The length of its content as stated, which may exceed the file. */
  readonly length: number
}

/** The chunks that are found, of which the layout is made. */
interface Found {
  format: { readonly span: ByteSpan; readonly content: WaveFormat } | undefined
  sound: ByteSpan | undefined
  statedFrames: number | undefined
  /** The length of the sound by the chunk `ds64` of a file of more than 4 GB. */
  longLength: number | undefined
  readonly infoLists: ByteSpan[]
  readonly id3Tags: ByteSpan[]
  isRegular: boolean
  isCut: boolean
}

/** No program writes more chunks. */
const maxChunks = 2000
const maxLists = 20
/** From this length on, a size that exceeds the file is a placeholder that was never replaced, not a lost end. */
const minPlaceholder = 0x7fff0000
const idPattern = /^[ -~]{4}$/

/** Finds the parts of a WAVE file (RIFF, RIFX, RF64, BW64 or W64); undefined if it is not one or has no sound. */
export function* findWaveLayout(size: number): ByteParser<WaveLayout | undefined> {
  const form = readForm(yield* request(0, 40))
  if (form === undefined) return undefined
  const found: Found = {
    format: undefined,
    sound: undefined,
    statedFrames: undefined,
    longLength: undefined,
    infoLists: [],
    id3Tags: [],
    isRegular: form.headerBytes === 8 && form.isLittleEndian,
    isCut: false,
  }
  let position = form.start
  for (let count = 0; count < maxChunks && position + form.headerBytes <= size; count++) {
    const head = yield* request(position, form.headerBytes + waveFormatBytes + 8)
    const chunk = readChunk(head, position, form)
    if (chunk === undefined) break
    readContent(chunk, head.subarray(form.headerBytes), { size, form, found })
    const end = chunk.id === 'data' && found.sound ? endOf(found.sound) : chunk.start + chunk.length
    position = yield* nextChunk(end, size, form)
  }
  return makeLayout(found, form.isLittleEndian)
}

/** The kind of file: how chunks are written. */
interface Form {
  /** Where the first chunk begins. */
  readonly start: number
  readonly headerBytes: 8 | 24
  readonly isLittleEndian: boolean
}

function readForm(head: Uint8Array): Form | undefined {
  const type = ascii(head, 8)
  switch (ascii(head, 0)) {
    case 'RIFF':
    case 'RF64':
    case 'BW64':
      return type === 'WAVE' ? { start: 12, headerBytes: 8, isLittleEndian: true } : undefined
    case 'RIFX':
      return type === 'WAVE' ? { start: 12, headerBytes: 8, isLittleEndian: false } : undefined
    case 'riff':
      return ascii(head, 24) === 'wave' ? { start: 40, headerBytes: 24, isLittleEndian: true } : undefined
    default:
      return undefined
  }
}

function readChunk(head: Uint8Array, position: number, form: Form): Chunk | undefined {
  if (head.length < form.headerBytes) return undefined
  const id = ascii(head, 0)
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const start = position + form.headerBytes
  if (form.headerBytes === 8) return { id, start, length: view.getUint32(4, form.isLittleEndian) }
  // The size in a W64 file includes the header.
  const length = Number(view.getBigUint64(16, true)) - form.headerBytes
  return length < 0 ? undefined : { id, start, length }
}

interface Context {
  readonly size: number
  readonly form: Form
  readonly found: Found
}

/** Reads a chunk, whose content begins with `content`. */
function readContent(chunk: Chunk, content: Uint8Array, { size, form, found }: Context): void {
  const span = { start: chunk.start, length: Math.max(0, Math.min(chunk.length, size - chunk.start)) }
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  switch (chunk.id) {
    case 'fmt ': {
      const format = readWaveFormat(content.subarray(0, span.length), form.isLittleEndian)
      if (format !== undefined) found.format ??= { span, content: format }
      break
    }
    case 'fact':
      if (content.length >= 4) found.statedFrames ??= view.getUint32(0, form.isLittleEndian)
      break
    case 'ds64':
      if (content.length >= 16) found.longLength = Number(view.getBigUint64(8, true))
      break
    case 'data':
      if (found.sound === undefined) readSound(chunk, content, size, found)
      break
    case 'LIST':
    case 'list':
      if (found.infoLists.length < maxLists) found.infoLists.push(span)
      break
    default:
      if (/^id3 $/i.test(chunk.id) && found.id3Tags.length < maxLists) found.id3Tags.push(span)
  }
}

/** A size of 0, and one that exceeds the file, stand for all the rest: they were to be filled in at the end. */
function readSound(chunk: Chunk, content: Uint8Array, size: number, found: Found): void {
  const rest = size - chunk.start
  const isLong = chunk.length === 0xffffffff && (found.longLength ?? 0) > 0
  const stated = isLong ? (found.longLength ?? 0) : chunk.length
  const isEmpty = stated === 0 && (rest < 8 || knownIds.has(ascii(content, 0)))
  const length = isEmpty ? 0 : stated === 0 ? rest : Math.min(stated, rest)
  found.sound = { start: chunk.start, length }
  found.isCut = stated > rest && stated < minPlaceholder
  if (length !== stated) found.isRegular = false
}

/** The chunks that programs write behind the sound. */
const knownIds: ReadonlySet<string> = new Set([
  'LIST',
  'id3 ',
  'ID3 ',
  'fact',
  'bext',
  'iXML',
  'cue ',
  'smpl',
  'JUNK',
  'junk',
  'PAD ',
  'FLLR',
  'PEAK',
  '_PMX',
  'afsp',
])

/** Returns the position of the next chunk. Chunks begin at even positions, but some programs leave out the padding. */
function* nextChunk(end: number, size: number, form: Form): ByteParser<number> {
  if (form.headerBytes === 24) return Math.ceil(end / 8) * 8
  if (end % 2 === 0 || end + 1 >= size) return end
  const bytes = yield* request(end, 5)
  return idPattern.test(ascii(bytes, 1)) ? end + 1 : idPattern.test(ascii(bytes, 0)) ? end : end + 1
}

function makeLayout(found: Found, isLittleEndian: boolean): WaveLayout | undefined {
  const { format, sound, statedFrames, infoLists, id3Tags, isCut } = found
  if (format === undefined || sound === undefined) return undefined
  const frameBytes = waveFrameBytes(format.content)
  const frames = frameBytes === undefined ? undefined : Math.floor(sound.length / frameBytes)
  return {
    format: format.content,
    formatSpan: format.span,
    sound,
    statedFrames,
    infoLists,
    id3Tags,
    isLittleEndian,
    // Chromium believes the number of frames.
    isRegular:
      found.isRegular && (frames === undefined || statedFrames === undefined || statedFrames === frames),
    isCut,
  }
}

function endOf({ start, length }: ByteSpan): number {
  return start + length
}

function ascii(bytes: Uint8Array, start: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + 4))
}
