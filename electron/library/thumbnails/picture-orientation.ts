import type { Pixels } from './picture-codec.ts'

/**
 * How a picture is stored, as Exif numbers it. 1 is upright. 2 to 4 are mirrored, upside down, and both; 5 to 8 have
 * rows and columns exchanged.
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

const orientationTag = 0x0112
/** The tag is among the first of the file. */
const maxEntries = 200

/** Returns the orientation that the Exif data of a JPEG, PNG or WebP file states; 1 if there is none. */
export function readOrientation(picture: Uint8Array): Orientation {
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength)
  const exif = findInJpeg(bytes) ?? findInPng(bytes) ?? findInWebp(bytes)
  const value = exif === undefined ? 1 : readTiff(exif)
  return value >= 1 && value <= 8 ? (value as Orientation) : 1
}

/** Returns the picture upright. */
export function orientPixels(pixels: Pixels, orientation: Orientation): Pixels {
  if (orientation === 1) return pixels
  const areExchanged = orientation >= 5
  const isMirrored = [2, 3, 6, 7].includes(orientation)
  const isUpsideDown = [3, 4, 7, 8].includes(orientation)
  const [width, height] = areExchanged ? [pixels.height, pixels.width] : [pixels.width, pixels.height]
  const stored = new Uint32Array(pixels.bytes.slice().buffer)
  const upright = new Uint32Array(stored.length)
  for (const [index, pixel] of stored.entries()) {
    const storedX = index % pixels.width
    const storedY = Math.floor(index / pixels.width)
    const [x, y] = areExchanged ? [storedY, storedX] : [storedX, storedY]
    upright[(isUpsideDown ? height - 1 - y : y) * width + (isMirrored ? width - 1 - x : x)] = pixel
  }
  return { width, height, bytes: new Uint8Array(upright.buffer) }
}

/** Returns the TIFF structure of the segment APP1. */
function findInJpeg(bytes: Buffer): Buffer | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined
  for (let at = 2; at + 10 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1]
    // The pixels begin.
    if (marker === 0xda) return undefined
    if (marker === 0xe1 && bytes.toString('latin1', at + 4, at + 10) === 'Exif\0\0')
      return bytes.subarray(at + 10)
  }
  return undefined
}

function findInPng(bytes: Buffer): Buffer | undefined {
  if (bytes.length < 8 || bytes.readUInt32BE(0) !== 0x89504e47) return undefined
  for (let at = 8; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const kind = bytes.toString('latin1', at + 4, at + 8)
    if (kind === 'eXIf') return bytes.subarray(at + 8)
  }
  return undefined
}

function findInWebp(bytes: Buffer): Buffer | undefined {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP')
    return undefined
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4)
    if (bytes.toString('latin1', at, at + 4) === 'EXIF') return bytes.subarray(at + 8)
    at += 8 + size + (size % 2)
  }
  return undefined
}

/** Returns the orientation in the first directory of a TIFF structure, 1 if there is none. */
function readTiff(tiff: Buffer): number {
  const byteOrder = tiff.toString('latin1', 0, 2)
  if (tiff.length < 8 || (byteOrder !== 'II' && byteOrder !== 'MM')) return 1
  const isLittle = byteOrder === 'II'
  const read16 = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (directory + 2 > tiff.length) return 1
  const count = Math.min(read16(directory), maxEntries)
  for (
    let entry = directory + 2;
    entry < directory + 2 + 12 * count && entry + 12 <= tiff.length;
    entry += 12
  )
    if (read16(entry) === orientationTag) return read16(entry + 8)
  return 1
}
