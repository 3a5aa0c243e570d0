import { foldText } from '../fold-text.ts'
import { joinNames, type Track } from '../track.ts'

/** A track as the grouping into albums compares it. */
export interface AlbumMember {
  /** The track's index in the catalogue. */
  readonly index: number
  readonly track: Track
  readonly albumArtistName: string | undefined
  /** The first artist, without guests. */
  readonly artistName: string | undefined
  /** The folded names of the album artists; empty if the tag is missing. */
  readonly albumArtist: string
  /** The folded `artistName`; empty if the tag is missing. */
  readonly artist: string
  /** The folded names of all artists. */
  readonly allArtists: string
  /** The folder, without folders for single discs below an album. */
  readonly folder: string
  readonly disc: number
  /** Disc, side and number, which no other track of an album has; undefined if the number is missing. */
  readonly slot: string | undefined
}

const guests = /\s+[([]?(?:feat|ft|featuring)\b.*$/i
const discFolder = /^(?:cd|dis[ck]|disque|disco)[\s._-]*(\d{1,3})\b/i
const notLettersOrDigits = /[^\p{L}\p{N}\p{M}]+/gu

/** Derives the members of albums from tracks. Folds every name once. */
export class AlbumMembers {
  readonly #foldedNames = new Map<string, string>()

  create(index: number, track: Track): AlbumMember {
    const folders = track.path.split('/').slice(0, -1)
    const disc = track.disc ?? discOfFolder(folders.at(-1))
    if (discOfFolder(folders.at(-1)) !== undefined) folders.pop()
    const albumArtistName = joinNames(track.albumArtists)
    const artistName = track.artists[0]?.replace(guests, '')
    return {
      index,
      track,
      albumArtistName,
      artistName,
      albumArtist: this.fold(albumArtistName),
      artist: this.fold(artistName),
      allArtists: this.fold(joinNames(track.artists)),
      folder: folders.join('/'),
      disc: disc ?? 1,
      slot: track.number === undefined ? undefined : `${disc ?? 1} ${track.side ?? ''} ${track.number}`,
    }
  }

  /** Returns a name without its punctuation, unless it has nothing else. */
  fold(name = ''): string {
    let folded = this.#foldedNames.get(name)
    if (folded === undefined) {
      const text = foldText(name)
      folded = text.replace(notLettersOrDigits, ' ').trim() || text.trim()
      this.#foldedNames.set(name, folded)
    }
    return folded
  }
}

function discOfFolder(name: string | undefined): number | undefined {
  const number = discFolder.exec(name ?? '')?.[1]
  return number === undefined ? undefined : Number(number)
}
