/** A picture in a comment, with its type by ID3: 3 is the front cover. */
export interface CommentPicture {
  readonly type: number
  readonly bytes: Uint8Array
}

/** Where the picture is in a structure. */
export interface PictureLocation {
  readonly type: number
  readonly offset: number
  /** Shorter than the structure states if the bytes end before. */
  readonly length: number
}

/** The fixed fields around the two texts: type, two lengths, four numbers, and the length of the picture. */
const fixedBytes = 32

/**
 * Returns where the picture is in a FLAC picture structure; undefined if there is none, or only an address (`-->`).
 * `available` is the structure's length if `bytes` are only its beginning.
 */
export function parsePictureStructure(
  bytes: Uint8Array,
  available = bytes.length,
): PictureLocation | undefined {
  if (bytes.length < fixedBytes) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const mediaTypeLength = view.getUint32(4)
  const descriptionStart = 8 + mediaTypeLength
  if (descriptionStart + 4 > bytes.length) return undefined
  const mediaType = Buffer.from(bytes.subarray(8, descriptionStart)).toString('latin1')
  const numbers = descriptionStart + 4 + view.getUint32(descriptionStart)
  if (mediaType === '-->' || numbers + 20 > bytes.length) return undefined
  const offset = numbers + 20
  const stated = view.getUint32(numbers + 16)
  return { type: view.getUint32(0), offset, length: Math.min(stated, available - offset) }
}

/** A picture of the maximum size in base64, with its structure around it. */
const maxBase64Bytes = 24 * 1024 * 1024

/** Returns the bytes of base64, with or without line breaks; empty if there are too many. */
export function decodeBase64(text: Uint8Array): Uint8Array {
  if (text.length > maxBase64Bytes) return new Uint8Array()
  return Buffer.from(Buffer.from(text.buffer, text.byteOffset, text.length).toString('latin1'), 'base64')
}
