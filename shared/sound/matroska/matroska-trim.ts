import type { ByteReader } from '../bytes/byte-reader.ts'

/** What a Matroska file says about the samples that its encoder added at the beginning and the end, in nanoseconds. */
export interface MatroskaTrim {
  readonly delay: number
  readonly padding: number
}

const ids = { segment: 0x18538067, tracks: 0x1654ae6b, track: 0xae, codecDelay: 0x56aa, cluster: 0x1f43b675 }
const parents: ReadonlySet<number> = new Set([ids.segment, ids.tracks, ids.track])
const maxElements = 1000
/** The last block is within so many bytes. */
const tailBytes = 16 * 1024
const maxPadding = 1e9

export function readMatroskaTrim(reader: ByteReader): MatroskaTrim {
  return { delay: readDelay(reader), padding: readPadding(reader) }
}

/** Returns the delay of the first track that has one. The tracks are in front of the first cluster. */
function readDelay(reader: ByteReader): number {
  let position = 0
  for (let count = 0; count < maxElements && position < reader.size; count++) {
    const element = readElement(reader.view(position, 12))
    if (element === undefined) return 0
    const start = position + element.head
    if (element.id === ids.codecDelay) return readNumber(reader.view(start, element.length))
    // Behind the tracks is the sound.
    if (element.id === ids.cluster) return 0
    position = parents.has(element.id) ? start : start + element.length
  }
  return 0
}

function readElement(bytes: Uint8Array) {
  const id = readVariable(bytes, 0, false)
  const size = id && readVariable(bytes, id.length, true)
  if (id === undefined || size === undefined) return undefined
  return { id: id.value, head: id.length + size.length, length: size.value }
}

/** Reads a number whose first byte shows its length; `isSize` removes the mark of the length. */
function readVariable(bytes: Uint8Array, at: number, isSize: boolean) {
  const first = bytes[at] ?? 0
  const length = Math.clz32(first) - 23
  if (length > 8 || at + length > bytes.length) return undefined
  let value = isSize ? first & (0xff >> length) : first
  for (let index = 1; index < length; index++) value = value * 256 + (bytes[at + index] ?? 0)
  return { value, length }
}

function readNumber(bytes: Uint8Array): number {
  return bytes.length > 8 ? 0 : bytes.reduce((value, byte) => value * 256 + byte, 0)
}

/** Returns the DiscardPadding of the last block. It follows the block, so it is searched from the end. */
function readPadding(reader: ByteReader): number {
  const tail = reader.view(Math.max(0, reader.size - tailBytes), tailBytes)
  for (let at = tail.lastIndexOf(0x75); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(0x75, at - 1)) {
    const length = (tail[at + 2] ?? 0) - 0x80
    if (tail[at + 1] !== 0xa2 || length < 1 || length > 8) continue
    const value = readNumber(tail.subarray(at + 3, at + 3 + length))
    if (value > 0 && value < maxPadding) return value
  }
  return 0
}
