import { closeSync } from 'node:fs'
import { BlockReader, makeBlocks } from '../tags/block-reader.ts'
import { openUserFile } from '../tags/open-user-file.ts'
import type { Picture } from '../tags/picture.ts'
import { detectAudioKind } from './detect-audio-kind.ts'
import { choosePicture, readPictureFile } from './pictures.ts'
import { readMedia } from './read-media.ts'
import type { TrackCover } from './read-track.ts'

/** Reads the picture to show from a picture or a track. Returns undefined if there is none, or if it cannot be read. */
export async function readCover(
  file: string,
  location: TrackCover['location'],
): Promise<Picture | undefined> {
  try {
    return location === 'beside' ? readPictureFile(file) : await readTagPicture(file)
  } catch {
    // The track is shown without a picture.
    return undefined
  }
}

async function readTagPicture(path: string): Promise<Picture | undefined> {
  const { file, size } = openUserFile(path)
  try {
    const reader = new BlockReader(file, size, makeBlocks())
    const detected = detectAudioKind(reader)
    const reading = detected && (await readMedia(reader, detected))
    return reading && choosePicture(reader, reading.pictures)
  } finally {
    closeSync(file)
  }
}
