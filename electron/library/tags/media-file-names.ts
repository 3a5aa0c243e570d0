import { extname, parse } from 'node:path'
import { audioTypes } from '../../../shared/library/track.ts'

/** Returns the media type of a file by its name; undefined if the name is not one of an audio file. */
export function audioMimeType(name: string): string | undefined {
  return audioTypes[extname(name).toLowerCase()]
}

const pictureNames = ['cover', 'folder', 'front', 'album', 'albumart']
const pictureExtensions = ['.jpg', '.jpeg', '.png', '.webp', '.gif']

/** Returns the file name that by convention is the album's cover, in any case; `cover` comes before `folder`. */
export function findFolderPicture(names: readonly string[]): string | undefined {
  let best: string | undefined
  let bestRank = pictureNames.length
  for (const name of names) {
    const { name: stem, ext } = parse(name.toLowerCase())
    const rank = pictureNames.indexOf(stem)
    if (rank < 0 || rank >= bestRank || !pictureExtensions.includes(ext)) continue
    best = name
    bestRank = rank
  }
  return best
}
