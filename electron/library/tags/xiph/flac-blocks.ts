import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { maxFrameHeaderBytes, parseFlacFrame } from '../../../../shared/sound/flac/flac-frames.ts'
import { parsePictureStructure } from './picture-structure.ts'
import { createComments, mergeComments, parseVorbisComments, type VorbisComments } from './vorbis-comments.ts'

/** What STREAMINFO states. Each number may be 0: unknown. */
export interface StreamInfo {
  readonly maxBlockSamples: number
  readonly sampleRate: number
  readonly totalSamples: number
  readonly channels: number
  readonly bits: number
}

/** A picture block's picture. */
export interface FlacPicture {
  readonly type: number
  readonly offset: number
  readonly length: number
}

/** The metadata in front of a FLAC file's frames. */
export interface FlacMetadata {
  readonly info: StreamInfo | undefined
  readonly comments: VorbisComments
  readonly pictures: readonly FlacPicture[]
  /** False if a block is broken. */
  readonly isIntact: boolean
  /** The position of the first frame. */
  readonly end: number
}

const blockHeaderBytes = 4
const maxBlocks = 1000
const maxPictures = 20
const infoBytes = 34
/** A picture structure without its picture. Descriptions are not longer. */
const pictureHeadBytes = 32 * 1024

export const blockTypes = { info: 0, comments: 4, picture: 6 }
const maxBlockType = 6

/** Reads the blocks that begin at `start`, after the mark `fLaC`. */
export function readFlacBlocks(source: ByteReader, start: number): FlacMetadata {
  const blocks = new BlockReader(source)
  let position = start
  for (let count = 0; count < maxBlocks; count++) {
    const header = readBlockHeader(source, position)
    if (header === undefined) break
    position = blocks.read(header)
    if (header.isLast) break
  }
  return { ...blocks, end: position }
}

class BlockReader {
  info: StreamInfo | undefined
  readonly comments = createComments()
  readonly pictures: FlacPicture[] = []
  isIntact = true
  readonly #source: ByteReader
  #commentBytes = 0

  constructor(source: ByteReader) {
    this.#source = source
  }

  /** Reads a block and returns where the next one or the first frame begins. */
  read(header: BlockHeader): number {
    const { body, length } = header
    // The size may be wrong, and some contents state their own.
    const ends = [body + length, this.#readContent(header)].filter((end) => end !== undefined)
    const next = ends.find((end) => isContinuedAt(this.#source, header, end, maxDepth))
    if (next !== body + length) this.isIntact = false
    return next ?? (body + length < this.#source.size ? body + length : body)
  }

  /** Returns where the content ends by its own fields, if it has such. */
  #readContent(header: BlockHeader): number | undefined {
    const { type, body } = header
    if (type === blockTypes.info) this.info ??= parseStreamInfo(this.#source.view(body, infoBytes))
    if (type === blockTypes.comments) return this.#readComments(header)
    return type === blockTypes.picture ? this.#readPicture(body) : undefined
  }

  #readComments(header: BlockHeader): number | undefined {
    const { body, length } = header
    if (this.#commentBytes > maxCommentBytes) return undefined
    const bytes = this.#source.view(body, Math.max(length, minCommentBytes))
    this.#commentBytes += bytes.length
    const stated = parseVorbisComments(bytes.subarray(0, length))
    if (stated.isIntact) {
      mergeComments(this.comments, stated.comments)
      return body + stated.end
    }
    this.isIntact = false
    const beyond = parseVorbisComments(bytes)
    const isSizeWrong = beyond.isIntact && isContinuedAt(this.#source, header, body + beyond.end, maxDepth)
    mergeComments(this.comments, isSizeWrong ? beyond.comments : stated.comments)
    return isSizeWrong ? body + beyond.end : undefined
  }

  #readPicture(body: number): number | undefined {
    const bytes = this.#source.view(body, pictureHeadBytes)
    const picture = parsePictureStructure(bytes, this.#source.size - body)
    if (picture === undefined) return undefined
    const offset = body + picture.offset
    if (this.pictures.length < maxPictures) this.pictures.push({ ...picture, offset })
    return offset + picture.length
  }
}

/** Comments of a block whose size is too small are read as far as this. */
const minCommentBytes = 64 * 1024
const maxCommentBytes = 32 * 1024 * 1024

/** Returns the numbers of a STREAMINFO block; undefined if it is too short. */
export function parseStreamInfo(bytes: Uint8Array): StreamInfo | undefined {
  if (bytes.length < 18) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return {
    maxBlockSamples: view.getUint16(2),
    sampleRate: view.getUint32(10) >>> 12,
    channels: ((view.getUint8(12) >> 1) & 7) + 1,
    bits: ((view.getUint16(12) >> 4) & 31) + 1,
    totalSamples: (view.getUint8(13) & 15) * 2 ** 32 + view.getUint32(14),
  }
}

interface BlockHeader {
  readonly type: number
  /** The position of the content. */
  readonly body: number
  readonly length: number
  readonly isLast: boolean
}

/** Returns the header at `position`; undefined if it is not one of metadata, like a frame. */
function readBlockHeader(source: ByteReader, position: number): BlockHeader | undefined {
  const bytes = source.view(position, blockHeaderBytes)
  const [first = 0, high = 0, middle = 0, low = 0] = bytes
  const type = first & 0x7f
  if (bytes.length < blockHeaderBytes || type > maxBlockType) return undefined
  return {
    type,
    body: position + blockHeaderBytes,
    length: high * 65_536 + middle * 256 + low,
    isLast: (first & 0x80) !== 0,
  }
}

/** How many blocks must follow each other, so that bytes of a picture do not pass for a block. */
const maxDepth = 2

/** Whether metadata or a frame continues at `position` after a block. */
function isContinuedAt(
  source: ByteReader,
  { isLast }: Pick<BlockHeader, 'isLast'>,
  position: number,
  depth: number,
): boolean {
  if (position >= source.size) return false
  if (depth === 0 || parseFlacFrame(source.view(position, maxFrameHeaderBytes), 0) !== undefined) return true
  if (isLast) return false
  const header = readBlockHeader(source, position)
  return header !== undefined && isContinuedAt(source, header, header.body + header.length, depth - 1)
}
