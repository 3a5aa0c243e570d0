import { m } from '../../i18n/messages.js'
import { compareTexts, sortableText } from '../sorting/compare-texts.ts'
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

/** An album and the indexes of its tracks, from the first song to the last. */
export interface AlbumEntry {
  readonly album: Album
  readonly rows: readonly number[]
}

/** The albums of tracks that have indexes. Each track can change the albums with its title. */
export class Albums {
  readonly #trackAt: (index: number) => Track | undefined
  #members = new AlbumMembers()
  /** The album and the disc of each track, as they were at the last `update`. A missing disc counts as 1. */
  #albums: (Album | undefined)[] = []
  #discs: number[] = []
  /** The key of each track's album title; undefined for a track without one, which is an album by itself. */
  #titles: (string | undefined)[] = []
  #rowsByTitle = new Map<string, Set<number>>()
  #entriesByTitle = new Map<string, readonly AlbumEntry[]>()
  #looseEntries = new Map<number, AlbumEntry>()
  readonly #changedTitles = new Set<string>()
  readonly #changedLooseRows = new Set<number>()

  constructor(trackAt: (index: number) => Track | undefined) {
    this.#trackAt = trackAt
  }

  /** The track at an index is new or different. */
  set(index: number, track: Track): void {
    const title = track.album === undefined ? undefined : this.#members.fold(track.album)
    if (this.#titles[index] !== title || title === undefined) this.delete(index)
    this.#titles[index] = title
    if (title === undefined) this.#changedLooseRows.add(index)
    else {
      const rows = this.#rowsByTitle.get(title)
      if (rows === undefined) this.#rowsByTitle.set(title, new Set([index]))
      else rows.add(index)
      this.#changedTitles.add(title)
    }
  }

  delete(index: number): void {
    const title = this.#titles[index]
    this.#titles[index] = undefined
    this.#changedLooseRows.delete(index)
    this.#looseEntries.delete(index)
    if (title === undefined) return
    this.#rowsByTitle.get(title)?.delete(index)
    this.#changedTitles.add(title)
  }

  clear(): void {
    this.#members = new AlbumMembers()
    this.#albums = []
    this.#discs = []
    this.#titles = []
    this.#rowsByTitle.clear()
    this.#entriesByTitle.clear()
    this.#looseEntries.clear()
    this.#changedTitles.clear()
    this.#changedLooseRows.clear()
  }

  /** Groups what has changed into albums. */
  update(): void {
    for (const title of this.#changedTitles) this.#updateTitle(title)
    this.#changedTitles.clear()
    for (const index of this.#changedLooseRows) this.#updateLoose(index)
    this.#changedLooseRows.clear()
  }

  albumAt(index: number): Album {
    return this.#albums[index] as Album
  }

  discAt(index: number): number {
    return this.#discs[index] as number
  }

  /** Returns all albums in any order. */
  entries(): AlbumEntry[] {
    const entries = [...this.#looseEntries.values()]
    for (const ofTitle of this.#entriesByTitle.values()) for (const entry of ofTitle) entries.push(entry)
    return entries
  }

  /** Compares two tracks by disc, side, number and path. */
  compareInAlbum(a: number, b: number): number {
    const disc = this.discAt(a) - this.discAt(b)
    if (disc !== 0) return disc
    const one = this.#trackAt(a) as Track
    const other = this.#trackAt(b) as Track
    return (
      compareStrings(one.side ?? '', other.side ?? '') ||
      (one.number ?? Number.POSITIVE_INFINITY) - (other.number ?? Number.POSITIVE_INFINITY) ||
      compareStrings(one.path, other.path) ||
      one.id - other.id
    )
  }

  #updateLoose(index: number): void {
    const member = this.#memberAt(index)
    if (member === undefined) return
    this.#albums[index] = albumOfLooseTrack(member)
    this.#discs[index] = member.disc
    this.#looseEntries.set(index, { album: this.albumAt(index), rows: [index] })
  }

  #updateTitle(title: string): void {
    const rows = this.#rowsByTitle.get(title) ?? []
    const members = [...rows].flatMap((index) => this.#memberAt(index) ?? [])
    if (members.length === 0) {
      this.#rowsByTitle.delete(title)
      this.#entriesByTitle.delete(title)
      return
    }
    const variousArtists = this.#members.fold(m.library_various_artists())
    const entries = groupIntoAlbums(members, variousArtists).map((group): AlbumEntry => {
      const album = createAlbum(title, group, this.#members)
      for (const { index, disc } of group.members) {
        this.#albums[index] = album
        this.#discs[index] = disc
      }
      const indexes = group.members.map(({ index }) => index)
      return { album, rows: indexes.sort((a, b) => this.compareInAlbum(a, b)) }
    })
    this.#entriesByTitle.set(title, entries)
  }

  #memberAt(index: number): AlbumMember | undefined {
    const track = this.#trackAt(index)
    return track && this.#members.create(index, track)
  }
}

function compareStrings(a: string, b: string): number {
  return a === b ? 0 : compareTexts(sortableText(a), sortableText(b))
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
