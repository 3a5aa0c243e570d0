import { createHash } from 'node:crypto'

export interface Picture {
  readonly type: string
  readonly bytes: Uint8Array
}

/** Larger pictures are not shown: a window that lists hundreds of tracks would stall on them. */
export const maxPictureBytes = 16 * 1024 * 1024

/** The media type that a picture's first bytes prove; undefined for every format that the window does not show. */
export function pictureType(bytes: Uint8Array): string | undefined {
  const text = String.fromCharCode(...bytes.subarray(0, 12))
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (/^GIF8[79]a/.test(text)) return 'image/gif'
  if (/^RIFF.{4}WEBP/s.test(text)) return 'image/webp'
  return undefined
}

/** The picture in `bytes`, or undefined when it is none that can be shown. A claim of its type is not asked for. */
export function asPicture(bytes: Uint8Array): Picture | undefined {
  const type = bytes.length > maxPictureBytes ? undefined : pictureType(bytes)
  return type === undefined ? undefined : { type, bytes }
}

/** Same pictures have the same key, in base64. */
export function pictureKey(picture: Picture): string {
  return createHash('sha1').update(picture.bytes).digest('base64')
}
