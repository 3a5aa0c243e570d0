import type { AlbumMember } from './album-members.ts'

/** The tracks of one album. */
export interface AlbumGroup {
  /** The folded artist; empty if no track has one. */
  readonly artist: string
  /** Different for each album with the same title. */
  readonly key: string
  readonly members: readonly AlbumMember[]
}

/**
 * Divides the tracks with one album title into albums. Tracks with an album artist belong to the album of this artist.
 * Others belong together if they lie in one folder, unless their numbers show that they are albums of several artists.
 * `variousArtists` is the folded artist of an album whose tracks have different artists.
 */
export function groupIntoAlbums(
  members: readonly AlbumMember[],
  variousArtists: string,
): readonly AlbumGroup[] {
  const byArtist = new Map<string, AlbumMember[]>()
  for (const inFolder of Map.groupBy(members, ({ folder }) => folder).values())
    for (const [artist, ofArtist] of divideFolder(inFolder, variousArtists))
      appendAll(byArtist, artist, ofArtist)
  return [...byArtist].flatMap(([artist, ofArtist]) => divideCopies(artist, ofArtist))
}

/** Returns the albums of one folder by their artists. */
function divideFolder(
  members: readonly AlbumMember[],
  variousArtists: string,
): ReadonlyMap<string, readonly AlbumMember[]> {
  const albums = new Map<string, AlbumMember[]>()
  const untagged: AlbumMember[] = []
  for (const member of members) {
    if (member.albumArtist === '') untagged.push(member)
    else appendAll(albums, member.albumArtist, [member])
  }
  // In a half-tagged album, the other tracks of the folder belong to the only album artist.
  const [only, ...others] = albums.keys()
  const rest =
    only === undefined || others.length > 0 ? untagged : joinAlbum(albums.get(only) ?? [], untagged)
  for (const [artist, ofArtist] of divideByArtist(rest, variousArtists)) appendAll(albums, artist, ofArtist)
  return albums
}

/** Adds the candidates with a free slot to an album and returns the others. */
function joinAlbum(album: AlbumMember[], candidates: readonly AlbumMember[]): readonly AlbumMember[] {
  const taken = new Set(album.map(({ slot }) => slot))
  taken.delete(undefined)
  const others: AlbumMember[] = []
  for (const member of candidates) {
    if (member.artist !== album[0]?.albumArtist && taken.has(member.slot)) others.push(member)
    else album.push(member)
  }
  return others
}

/** Divides tracks without an album artist. */
function divideByArtist(
  members: readonly AlbumMember[],
  variousArtists: string,
): ReadonlyMap<string, readonly AlbumMember[]> {
  const byArtist = Map.groupBy(members, ({ artist }) => artist)
  const unknown = byArtist.get('') ?? []
  if (unknown.length > 0 && byArtist.size === 2) {
    // Only some tracks have an artist.
    byArtist.delete('')
    for (const [artist, ofArtist] of byArtist) byArtist.set(artist, [...ofArtist, ...unknown])
  }
  if (byArtist.size <= 1) return byArtist
  const isCompilation = members.every(({ track }) => track.isCompilation)
  if (!isCompilation && areSeveralAlbums([...byArtist.values()])) return byArtist
  return new Map([[commonArtist([...byArtist.keys()], members) ?? variousArtists, members]])
}

/** Whether the artists' tracks have the same numbers, or have none and are several for each artist. */
function areSeveralAlbums(byArtist: readonly (readonly AlbumMember[])[]): boolean {
  if (haveCommonSlot(byArtist)) return true
  return byArtist.every((members) => members.length > 1 && members.every(({ slot }) => slot === undefined))
}

/** Returns the artist whose name is part of every track's artists, as in “A & B” and “C with A”. */
function commonArtist(artists: readonly string[], members: readonly AlbumMember[]): string | undefined {
  const shortest = artists.filter(Boolean).reduce((one, other) => (other.length < one.length ? other : one))
  const isCommon = members.every(({ allArtists }) => ` ${allArtists} `.includes(` ${shortest} `))
  return isCommon ? shortest : undefined
}

/** Two folders with the same numbers are two copies, or two albums with one title: each stays whole. */
function divideCopies(artist: string, members: readonly AlbumMember[]): readonly AlbumGroup[] {
  const byFolder = Map.groupBy(members, ({ folder }) => folder)
  if (byFolder.size === 1 || !haveCommonSlot([...byFolder.values()]))
    return [{ artist, key: artist, members }]
  return [...byFolder].map(([folder, inFolder]) => ({
    artist,
    key: `${artist}\n${folder}`,
    members: inFolder,
  }))
}

function haveCommonSlot(groups: readonly (readonly AlbumMember[])[]): boolean {
  const owners = new Map<string, number>()
  return groups.some((members, index) =>
    members.some(({ slot }) => {
      if (slot === undefined) return false
      const owner = owners.get(slot) ?? index
      owners.set(slot, owner)
      return owner !== index
    }),
  )
}

function appendAll(groups: Map<string, AlbumMember[]>, key: string, members: readonly AlbumMember[]): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [...members])
  else for (const member of members) group.push(member)
}
