import { hash } from 'node:crypto'
import { readPictureHeader } from './picture-header.ts'

export interface Picture {
  readonly type: string
  /** Pixels. */
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}

/** Larger pictures are not shown: they would stall a window that lists hundreds of tracks. */
export const maxPictureBytes = 16 * 1024 * 1024

/** A larger picture takes more than 160 MB in the window, however few bytes it has in the file. */
export const maxPicturePixels = 40_000_000

/**
 * Returns the picture in `bytes`; undefined if it cannot be shown, is too large, or is animated. The type that a tag claims
 * does not count.
 */
export function asPicture(bytes: Uint8Array): Picture | undefined {
  const header = bytes.length > maxPictureBytes ? undefined : readPictureHeader(bytes)
  if (header === undefined || header.isAnimated) return undefined
  const { type, width, height } = header
  return width * height > maxPicturePixels ? undefined : { type, width, height, bytes }
}

/** Returns a key in base64. Equal pictures have equal keys. */
export function pictureKey(picture: Picture): string {
  return hash('sha1', picture.bytes, 'base64')
}
