import { type IPicture, parseStream, selectCover } from 'music-metadata'
import { type AudioKind, parserMimeTypes } from './audio-kind.ts'
import { openUserFileAsync } from './open-user-file.ts'
import { asPicture, type Picture } from './picture.ts'

/** Returns a tag's front cover if it can be shown, else the first picture that can. */
export function choosePicture(pictures: IPicture[] | undefined): Picture | undefined {
  const front = selectCover(pictures)
  for (const candidate of [front, ...(pictures ?? [])]) {
    const picture = candidate === null ? undefined : asPicture(candidate.data)
    if (picture !== undefined) return picture
  }
  return undefined
}

/** Reads the picture to show from an audio file. Rejects if the file cannot be read. */
export async function readTagPicture(file: string, kind: AudioKind): Promise<Picture | undefined> {
  const stream = (await openUserFileAsync(file)).file.createReadStream()
  try {
    // As a stream: in most files the picture is at the beginning, and the rest is not read.
    const { common } = await parseStream(stream, { mimeType: parserMimeTypes[kind] })
    return choosePicture(common.picture)
  } finally {
    stream.destroy()
  }
}
