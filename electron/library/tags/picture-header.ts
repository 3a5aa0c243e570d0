/** What a picture's headers state. */
export interface PictureHeader {
  readonly type: string
  /** Pixels. */
  readonly width: number
  readonly height: number
  readonly isAnimated: boolean
}

type HeaderReader = (bytes: DataView) => PictureHeader | undefined

/**
 * Returns what a picture is by its first bytes, without decoding it; undefined for a format that the window does not
 * show, and without a size.
 */
export function readPictureHeader(bytes: Uint8Array): PictureHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [, read] = formats.find(([magic]) => magic.test(ascii(view, 0, 12))) ?? []
  try {
    const header = read?.(view)
    return header !== undefined && header.width > 0 && header.height > 0 ? header : undefined
  } catch (error) {
    // The picture is shorter than its headers.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const formats: readonly (readonly [RegExp, HeaderReader])[] = [
  [/^\xff\xd8\xff/, readJpeg],
  [/^\x89PNG\r\n.\n/, readPng],
  [/^GIF8[79]a/, readGif],
  [/^RIFF.{4}WEBP/s, readWebp],
  [/^BM/, readBmp],
]

/** Finds the first frame header. Bytes between segments are skipped, as decoders do. */
function readJpeg(view: DataView): PictureHeader | undefined {
  const startOfScan = 0xda
  for (let at = 2; ; ) {
    const marker = view.getUint8(at) === 0xff ? view.getUint8(at + 1) : 0
    if (marker === startOfScan) return undefined
    if (isJpegFrameHeader(marker))
      return {
        type: 'image/jpeg',
        width: view.getUint16(at + 7),
        height: view.getUint16(at + 5),
        isAnimated: false,
      }
    const hasLength = marker > 0xbf && marker < 0xff && !(marker >= 0xd0 && marker <= 0xd9)
    at += hasLength ? 2 + Math.max(2, view.getUint16(at + 2)) : 1
  }
}

/** SOF0 to SOF15. Three markers in that range are tables. */
function isJpegFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

/** An animated PNG has a chunk `acTL` before its pixels. */
function readPng(view: DataView): PictureHeader {
  let isAnimated = false
  for (let at = 8; at + 8 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const name = ascii(view, at + 4, 4)
    if (name === 'IDAT') break
    isAnimated ||= name === 'acTL'
  }
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20), isAnimated }
}

/** Decoders enlarge the picture if a frame does not fit into it. */
function readGif(view: DataView): PictureHeader {
  let width = view.getUint16(6, true)
  let height = view.getUint16(8, true)
  let frames = 0
  for (let at = 13 + colourTableBytes(view.getUint8(10)); at < view.byteLength && frames < 2; ) {
    const kind = view.getUint8(at)
    if (kind === 0x2c && at + 10 <= view.byteLength) {
      frames++
      width = Math.max(width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true))
      height = Math.max(height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true))
      at = skipGifBlocks(view, at + 11 + colourTableBytes(view.getUint8(at + 9)))
    } else if (kind === 0x21) at = skipGifBlocks(view, at + 2)
    else break
  }
  return { type: 'image/gif', width, height, isAnimated: frames > 1 }
}

function colourTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0
}

/** Returns the position after blocks that each begin with their length; the last one is empty. */
function skipGifBlocks(view: DataView, start: number): number {
  let at = start
  while (at < view.byteLength && view.getUint8(at) !== 0) at += 1 + view.getUint8(at)
  return at + 1
}

function readWebp(view: DataView): PictureHeader | undefined {
  const type = 'image/webp'
  switch (ascii(view, 12, 4)) {
    case 'VP8X':
      return {
        type,
        width: 1 + (view.getUint32(24, true) & 0xff_ffff),
        height: 1 + (view.getUint32(26, true) >>> 8),
        isAnimated: (view.getUint8(20) & 2) !== 0,
      }
    case 'VP8L': {
      const sizes = view.getUint32(21, true)
      return { type, width: 1 + (sizes & 0x3fff), height: 1 + ((sizes >>> 14) & 0x3fff), isAnimated: false }
    }
    case 'VP8 ':
      return {
        type,
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
        isAnimated: false,
      }
    default:
      return undefined
  }
}

/** The height is negative if the first row is the upper one. */
function readBmp(view: DataView): PictureHeader | undefined {
  if (view.getUint32(14, true) < 40) return undefined
  const height = Math.abs(view.getInt32(22, true))
  return { type: 'image/bmp', width: view.getInt32(18, true), height, isAnimated: false }
}

function ascii(view: DataView, start: number, length: number): string {
  const end = Math.min(view.byteLength, start + length)
  let text = ''
  for (let at = start; at < end; at++) text += String.fromCharCode(view.getUint8(at))
  return text
}
