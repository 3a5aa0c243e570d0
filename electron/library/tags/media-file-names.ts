import { extname, parse } from 'node:path'
import { audioTypes, otherAudioTypes, unplayedAudioTypes } from '../../../shared/library/track.ts'

/** Returns the media type of a file by its name; undefined if the name is not one of an audio file. */
export function audioMimeType(name: string): string | undefined {
  const extension = extname(name).toLowerCase()
  return audioTypes[extension] ?? otherAudioTypes[extension] ?? unplayedAudioTypes[extension]
}

const pictureExtensions = ['.jpg', '.jpeg', '.jpe', '.jfif', '.png', '.webp', '.gif', '.bmp']

/** What pictures of an album's front are called, the best names first. Words are separated by single blanks. */
const pictureNames: readonly RegExp[] = [
  /^cover$/,
  /^folder$/,
  /^front$/,
  /^album$/,
  /^(?:album ?art|artwork)$/,
  // Windows Media Player: AlbumArt_{GUID}_Large.jpg
  /^album ?art .*large$/,
  /^(?:cover|folder|front)(?: ?(?:cover|front|art|image|large|\d{1,3}))+$/,
  // `Artist - Album (Front)`
  / (?:front|cover)(?: \d{1,3})?$/,
  /^(?:front|cover) /,
  /^album ?art/,
]

/** Other pictures of an album, which may have one of the words above too. */
const otherPictures =
  /(?:^| )(?:back|rear|inlay|inside|inner|booklet|tray|spine|obi|matrix|cd|disc|disk)(?: |\d|$)/

/** Returns the file name that by convention is the album's front, in any case; of equally good ones, the first by name. */
export function findFolderPicture(names: readonly string[]): string | undefined {
  let best: string | undefined
  let bestRank = pictureNames.length
  for (const name of names) {
    const rank = rankOfPicture(name)
    if (rank > bestRank || rank === pictureNames.length) continue
    if (rank < bestRank || best === undefined || name < best) best = name
    bestRank = rank
  }
  return best
}

function rankOfPicture(name: string): number {
  const { name: stem, ext } = parse(name.toLowerCase())
  if (!pictureExtensions.includes(ext) || stem.length > 200) return pictureNames.length
  const words = stem.replace(/[\s_.,;()[\]{}-]+/g, ' ').trim()
  const rank = pictureNames.findIndex((pattern) => pattern.test(words))
  return rank < 0 || otherPictures.test(words) ? pictureNames.length : rank
}

/** Whether a folder is one disc of an album by its name, so that the album's picture may be in the folder above it. */
export function isDiscFolder(name: string): boolean {
  return /^(?:cd|dis[ck]|disque|disco|vinyl|lp|side|seite|part|volume|vol)[\s_.-]*(?:\d{1,3}|[a-h])(?:[\s_.:-].*)?$/i.test(
    name,
  )
}
