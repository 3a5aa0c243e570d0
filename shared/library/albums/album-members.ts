import { creditedNames, NameKeys } from '../names.ts'
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
  /** The key of the first album artist, or else of the first artist; undefined without any. */
  readonly artistKey: string | undefined
  /** The folded names of all artists. */
  readonly allArtists: string
  /** The folder, without folders for single discs below an album. */
  readonly folder: string
  readonly disc: number
  /** Disc, side and number, which no other track of an album has; undefined if the number is missing. */
  readonly slot: string | undefined
}

const discFolder = /^(?:cd|dis[ck]|disque|disco)[\s._-]*(\d{1,3})\b/i

/** Derives the members of albums from tracks. Folds every name once. */
export class AlbumMembers {
  readonly #keys = new NameKeys()

  create(index: number, track: Track): AlbumMember {
    const disc = track.disc ?? discOfFolder(track.path.split('/').at(-2))
    const albumArtistName = joinNames(track.albumArtists)
    const artistName = track.artists[0] === undefined ? undefined : creditedNames(track.artists[0])[0]
    return {
      index,
      track,
      albumArtistName,
      artistName,
      albumArtist: this.fold(albumArtistName),
      artist: this.fold(artistName),
      artistKey: this.fold(creditedNames(track.albumArtists[0] ?? artistName ?? '')[0]) || undefined,
      allArtists: this.fold(joinNames(track.artists)),
      folder: albumFolder(track.path),
      disc: disc ?? 1,
      slot: track.number === undefined ? undefined : `${disc ?? 1} ${track.side ?? ''} ${track.number}`,
    }
  }

  fold(name?: string): string {
    return this.#keys.keyOf(name)
  }
}

/** Returns the folder of an album's track by the track's path, without a folder for a single disc. */
export function albumFolder(path: string): string {
  const folders = path.split('/').slice(0, -1)
  if (discOfFolder(folders.at(-1)) !== undefined) folders.pop()
  return folders.join('/')
}

function discOfFolder(name: string | undefined): number | undefined {
  const number = discFolder.exec(name ?? '')?.[1]
  return number === undefined ? undefined : Number(number)
}
