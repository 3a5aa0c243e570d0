import { createHash } from 'node:crypto'

export interface Picture {
  readonly type: string
  readonly bytes: Uint8Array
}

/** Larger pictures are not shown: they would stall a window that lists hundreds of tracks. */
export const maxPictureBytes = 16 * 1024 * 1024

/** Returns a picture's media type by its first bytes; undefined for a format that the window does not show. */
export function pictureType(bytes: Uint8Array): string | undefined {
  const text = String.fromCharCode(...bytes.subarray(0, 12))
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (/^GIF8[79]a/.test(text)) return 'image/gif'
  if (/^RIFF.{4}WEBP/s.test(text)) return 'image/webp'
  return undefined
}

/** Returns the picture in `bytes`; undefined if it cannot be shown. The type that a tag claims does not count. */
export function asPicture(bytes: Uint8Array): Picture | undefined {
  const type = bytes.length > maxPictureBytes ? undefined : pictureType(bytes)
  return type === undefined ? undefined : { type, bytes }
}

/** Returns a key in base64. Equal pictures have equal keys. */
export function pictureKey(picture: Picture): string {
  return createHash('sha1').update(picture.bytes).digest('base64')
}
