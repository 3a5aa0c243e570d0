import { closeSync } from 'node:fs'
import { BlockReader, makeBlocks } from '../tags/block-reader.ts'
import { openUserFile, readUserFile } from '../tags/open-user-file.ts'
import { asPicture, maxPictureBytes, type Picture } from '../tags/picture.ts'
import { detectAudioKind } from './detect-audio-kind.ts'
import { readMedia } from './read-media.ts'
import type { CoverKey } from './read-track.ts'
import { choosePicture } from './tag-picture.ts'

/** Reads the picture to show from a picture or a track. Returns undefined if there is none, or if it cannot be read. */
export async function readCover(file: string, place: CoverKey['where']): Promise<Picture | undefined> {
  try {
    return place === 'beside' ? readPictureFile(file) : await readTagPicture(file)
  } catch {
    // The track is shown without a picture.
    return undefined
  }
}

function readPictureFile(file: string): Picture | undefined {
  const bytes = readUserFile(file, maxPictureBytes)
  return bytes && asPicture(bytes)
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
