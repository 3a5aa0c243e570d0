import { createReadStream } from 'node:fs'
import { type IPicture, parseStream, selectCover } from 'music-metadata'
import { type AudioKind, parserMimeTypes } from './audio-kind.ts'
import { asPicture, type Picture } from './picture.ts'

/** The picture to show of those in a tag: the front cover if it can be shown, else the first that can. */
export function choosePicture(pictures: IPicture[] | undefined): Picture | undefined {
  const front = selectCover(pictures)
  for (const candidate of [front, ...(pictures ?? [])]) {
    const picture = candidate === null ? undefined : asPicture(candidate.data)
    if (picture !== undefined) return picture
  }
  return undefined
}

/** The picture to show of those within an audio file. Rejects when the file cannot be read. */
export async function readTagPicture(file: string, kind: AudioKind): Promise<Picture | undefined> {
  const stream = createReadStream(file)
  try {
    // Read as a stream and not at once: a picture stands at the beginning of most files.
    const { common } = await parseStream(stream, { mimeType: parserMimeTypes[kind] })
    return choosePicture(common.picture)
  } finally {
    stream.destroy()
  }
}
