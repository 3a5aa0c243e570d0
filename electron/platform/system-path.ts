import { isUtf8 } from 'node:buffer'

/*
 * A path is a string everywhere in Skein. Linux allows names that are not valid UTF-8. Like in Python, each byte that
 * cannot be decoded is a lone surrogate from U+DC80 to U+DCFF. JSON, queues and settings keep such a string, and
 * `toSystemPath` makes the original bytes of it.
 */

const firstEscapedByte = 0x80
const escapeOffset = 0xdc00

/** Whether this system has names of any bytes. */
const hasByteNames = process.platform !== 'win32'

/** Returns a path for a function of `node:fs`. */
export function toSystemPath(path: string): string | Buffer {
  return path.isWellFormed() || !hasByteNames ? path : encodePath(path)
}

/** Returns the bytes of a path. */
export function encodePath(path: string): Buffer {
  const parts: Buffer[] = []
  let start = 0
  for (let index = 0; index < path.length; index++) {
    const byte = escapedByte(path, index)
    if (byte === undefined) continue
    parts.push(Buffer.from(path.slice(start, index)), Buffer.from([byte]))
    start = index + 1
  }
  return Buffer.concat([...parts, Buffer.from(path.slice(start))])
}

/** Returns the byte that a lone surrogate represents. The second half of a pair is not alone. */
function escapedByte(path: string, index: number): number | undefined {
  const byte = path.charCodeAt(index) - escapeOffset
  if (byte < firstEscapedByte || byte > 0xff) return undefined
  const isPaired = index > 0 && (path.charCodeAt(index - 1) & 0xfc00) === 0xd800
  return isPaired ? undefined : byte
}

/** Returns the path with these bytes. */
export function decodePath(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString()
  const parts: string[] = []
  let start = 0
  for (let index = 0; index < bytes.length; ) {
    const length = sequenceLength(bytes, index)
    if (length === 0) {
      parts.push(
        bytes.toString('utf8', start, index),
        String.fromCharCode(escapeOffset + (bytes[index] ?? 0)),
      )
      start = index + 1
    }
    index += Math.max(1, length)
  }
  parts.push(bytes.toString('utf8', start))
  return parts.join('')
}

/** Returns the length of the UTF-8 character at an index; 0 if there is none. */
function sequenceLength(bytes: Buffer, index: number): number {
  const lead = bytes[index] ?? 0
  if (lead < 0x80) return 1
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
  const sequence = bytes.subarray(index, index + length)
  return sequence.length === length && isUtf8(sequence) ? length : 0
}

/** Returns the path as it can be shown: U+FFFD stands for each byte that cannot be decoded. */
export const displayPath = (path: string): string => path.toWellFormed()
