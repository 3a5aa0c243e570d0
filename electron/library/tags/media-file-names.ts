import { extname, parse } from 'node:path'
import { audioTypes } from '../../../shared/library/track.ts'

/** The media type of a file with an audio name, undefined for every other name. */
export function audioMimeType(name: string): string | undefined {
  return audioTypes[extname(name).toLowerCase()]
}

const pictureNames = ['cover', 'folder', 'front', 'album', 'albumart']
const pictureExtensions = ['.jpg', '.jpeg', '.png', '.webp', '.gif']

/** Of a folder's file names the one that by custom is the album's cover: `cover` before `folder`, any case. */
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
