import { m } from '../../i18n/messages.js'
import { joinNames, type Track } from '../track.ts'
import { type AlbumMember, AlbumMembers } from './album-members.ts'
import { type AlbumGroup, groupIntoAlbums } from './group-into-albums.ts'

/** What the tracks of an album have in common. A field is undefined if no track has it. */
export interface Album {
  /** Different for each album. */
  readonly key: string
  readonly title: string | undefined
  /** The album artist, or “Various artists”. */
  readonly artist: string | undefined
  /** The key of the first album artist; undefined for various artists. */
  readonly artistKey: string | undefined
  readonly titleSort: string | undefined
  readonly artistSort: string | undefined
  readonly date: string | undefined
  readonly originalDate: string | undefined
  readonly genre: string | undefined
}

/** A track and the album that it belongs to. A track without an album's title is an album by itself. */
export interface AlbumTrack {
  readonly track: Track
  /** Counts a missing disc as 1. */
  readonly disc: number
  readonly album: Album
}

/** The albums of a growing list of tracks. Each track can change the albums with its title. */
export class Albums {
  #members = new AlbumMembers()
  #tracks: AlbumTrack[] = []
  /** The members by folded title. */
  #byTitle = new Map<string, AlbumMember[]>()
  /** The albums of each title as they were last, by key. */
  #albumsByTitle = new Map<string, ReadonlyMap<string, Album>>()
  readonly #changedTitles = new Set<string>()
  readonly #changedTracks = new Set<number>()

  /** Adds a track. `index` is the number of tracks added before. */
  add(index: number, track: Track): void {
    const member = this.#members.create(index, track)
    this.#tracks[index] = { track, disc: member.disc, album: albumOfLooseTrack(member) }
    this.#changedTracks.add(index)
    if (track.album === undefined) return
    const title = this.#members.fold(track.album)
    const members = this.#byTitle.get(title)
    if (members === undefined) this.#byTitle.set(title, [member])
    else members.push(member)
    this.#changedTitles.add(title)
  }

  /** Returns the track at an index. Its album is that of the last `update`. */
  get(index: number): AlbumTrack | undefined {
    return this.#tracks[index]
  }

  clear(): void {
    this.#members = new AlbumMembers()
    this.#tracks = []
    this.#byTitle.clear()
    this.#albumsByTitle.clear()
    this.#changedTitles.clear()
    this.#changedTracks.clear()
  }

  /** Groups what was added into albums. Returns the indexes of the tracks that are new or whose album has changed. */
  update(): readonly number[] {
    for (const title of this.#changedTitles) this.#updateTitle(title)
    this.#changedTitles.clear()
    const changed = [...this.#changedTracks]
    this.#changedTracks.clear()
    return changed
  }

  #updateTitle(title: string): void {
    const previous = this.#albumsByTitle.get(title)
    const albums = new Map<string, Album>()
    const variousArtists = this.#members.fold(m.library_various_artists())
    for (const group of groupIntoAlbums(this.#byTitle.get(title) ?? [], variousArtists)) {
      const album = keepEqual(createAlbum(title, group, this.#members), previous)
      albums.set(album.key, album)
      for (const { index, track, disc } of group.members) {
        if (this.#tracks[index]?.album === album) continue
        this.#tracks[index] = { track, disc, album }
        this.#changedTracks.add(index)
      }
    }
    this.#albumsByTitle.set(title, albums)
  }
}

/** Returns the equal album among the previous ones, so that its tracks count as unchanged. */
function keepEqual(album: Album, previous: ReadonlyMap<string, Album> | undefined): Album {
  const known = previous?.get(album.key)
  const isEqual =
    known?.title === album.title &&
    known?.artist === album.artist &&
    known?.artistKey === album.artistKey &&
    known?.titleSort === album.titleSort &&
    known?.artistSort === album.artistSort &&
    known?.originalDate === album.originalDate &&
    known?.date === album.date &&
    known?.genre === album.genre
  return known !== undefined && isEqual ? known : album
}

function albumOfLooseTrack({ track, albumArtistName, artistKey }: AlbumMember): Album {
  return {
    key: `\n${track.id}`,
    title: undefined,
    artist: albumArtistName ?? joinNames(track.artists),
    artistKey,
    titleSort: undefined,
    artistSort: joinNames(albumArtistName === undefined ? track.artistSorts : track.albumArtistSorts),
    date: track.date,
    originalDate: track.originalDate,
    genre: joinNames(track.genres),
  }
}

function createAlbum(title: string, { artist, key, members }: AlbumGroup, names: AlbumMembers): Album {
  const artistName = artist === '' ? undefined : nameOf(artist, members)
  const ofArtist = members.filter((member) => member.albumArtist === artist || member.artist === artist)
  return {
    key: `${title}\n${key}`,
    title: firstText(members, ({ track }) => track.album),
    artist: artist === '' ? undefined : (artistName ?? m.library_various_artists()),
    artistKey: isVariousArtists(artist, artistName, names) ? undefined : ofArtist[0]?.artistKey,
    titleSort: firstText(members, ({ track }) => track.albumSort),
    artistSort: firstText(ofArtist, ({ track, albumArtist }) =>
      joinNames(albumArtist === artist ? track.albumArtistSorts : track.artistSorts.slice(0, 1)),
    ),
    // A collection contains older recordings: its own date is the latest.
    date: commonestText(members, ({ track }) => track.date, 'latest'),
    originalDate: commonestText(members, ({ track }) => track.originalDate, 'first'),
    genre: commonestText(members, ({ track }) => joinNames(track.genres), 'first'),
  }
}

function isVariousArtists(artist: string, name: string | undefined, names: AlbumMembers): boolean {
  return artist === '' || name === undefined || artist === names.fold(m.library_various_artists())
}

type TextOf = (member: AlbumMember) => string | undefined

/** Returns the name of an artist as the tracks write it; undefined if none of them has it. */
function nameOf(artist: string, members: readonly AlbumMember[]): string | undefined {
  return firstText(members, (member) => {
    if (member.albumArtist === artist) return member.albumArtistName
    return member.artist === artist ? member.artistName : undefined
  })
}

/** Returns the first text by code units, which does not depend on the sequence of the tracks. */
function firstText(members: readonly AlbumMember[], textOf: TextOf): string | undefined {
  let first: string | undefined
  for (const member of members) {
    const text = textOf(member)
    if (text !== undefined && (first === undefined || text < first)) first = text
  }
  return first
}

/** Returns the text that most tracks have. Of equally common ones, returns the first or the last. */
function commonestText(
  members: readonly AlbumMember[],
  textOf: TextOf,
  tie: 'first' | 'latest',
): string | undefined {
  const counts = new Map<string, number>()
  for (const member of members) {
    const text = textOf(member)
    if (text !== undefined) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  let commonest: string | undefined
  let highest = 0
  for (const [text, count] of counts) {
    const wins = commonest === undefined || (tie === 'first' ? text < commonest : text > commonest)
    if (count < highest || (count === highest && !wins)) continue
    commonest = text
    highest = count
  }
  return commonest
}
