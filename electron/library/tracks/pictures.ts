import type { ByteReader } from '../../../shared/sound/bytes/byte-reader.ts'
import type { PictureSource } from '../tags/media-reading.ts'
import { readUserFile } from '../tags/open-user-file.ts'
import { asPicture, maxPictureBytes, type Picture } from '../tags/picture.ts'

/** Returns the first of a file's pictures that can be shown. */
export function choosePicture(reader: ByteReader, pictures: readonly PictureSource[]): Picture | undefined {
  for (const source of pictures) {
    const picture = asPicture('bytes' in source ? source.bytes : readPicture(reader, source))
    if (picture !== undefined) return picture
  }
  return undefined
}

/** Returns the picture in a file of its own; undefined if it cannot be shown. Throws if the file cannot be read. */
export function readPictureFile(file: string): Picture | undefined {
  const bytes = readUserFile(file, maxPictureBytes)
  return bytes && asPicture(bytes)
}

/** Returns the bytes, which stay valid; none if there are too many. */
function readPicture(reader: ByteReader, { offset, length }: { offset: number; length: number }): Uint8Array {
  return length > maxPictureBytes ? new Uint8Array() : reader.view(offset, length).slice()
}
