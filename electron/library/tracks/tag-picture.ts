import { closeSync } from 'node:fs'
import { BlockTokenizer, makeBlocks } from '../tags/block-tokenizer.ts'
import type { ByteReader } from '../tags/byte-reader.ts'
import type { PictureSource } from '../tags/media-reading.ts'
import { openUserFile } from '../tags/open-user-file.ts'
import { asPicture, maxPictureBytes, type Picture } from '../tags/picture.ts'
import { detectAudioKind } from './detect-audio-kind.ts'
import { readMedia } from './read-media.ts'

/** Returns the first of a file's pictures that can be shown. */
export function choosePicture(reader: ByteReader, pictures: readonly PictureSource[]): Picture | undefined {
  for (const source of pictures) {
    const picture = asPicture('bytes' in source ? source.bytes : readPicture(reader, source))
    if (picture !== undefined) return picture
  }
  return undefined
}

/** Returns the bytes, which stay valid; none if there are too many. */
function readPicture(reader: ByteReader, { offset, length }: { offset: number; length: number }): Uint8Array {
  return length > maxPictureBytes ? new Uint8Array() : reader.view(offset, length).slice()
}

/** Reads the picture to show from an audio file. Rejects if the file cannot be read. */
export async function readTagPicture(path: string): Promise<Picture | undefined> {
  const { file, size } = openUserFile(path)
  try {
    const tokenizer = new BlockTokenizer(file, size, makeBlocks())
    const detected = detectAudioKind(tokenizer)
    const reading = detected && (await readMedia(tokenizer, detected))
    return reading && choosePicture(tokenizer, reading.pictures)
  } finally {
    closeSync(file)
  }
}
