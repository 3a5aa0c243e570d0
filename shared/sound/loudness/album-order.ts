import type { Track } from '../../library/track.ts'

type AlbumPosition = Pick<
  Track,
  'album' | 'albumArtists' | 'artists' | 'isCompilation' | 'disc' | 'side' | 'number' | 'path'
>

/** Whether the second track is the next one of the same album. Then a transition is part of the album. */
export function followsOnAlbum(first: AlbumPosition, second: AlbumPosition): boolean {
  if (!isSameAlbum(first, second)) return false
  const [disc, nextDisc] = [first.disc ?? 1, second.disc ?? 1]
  if (first.number === undefined || second.number === undefined) return first.path < second.path
  if (disc === nextDisc && first.side === second.side) return second.number === first.number + 1
  // The next disc or side begins with its first track, or with the number after the last one.
  const isNextPart = nextDisc === disc + 1 || (nextDisc === disc && isNextSide(first.side, second.side))
  return isNextPart && (second.number === 1 || second.number === first.number + 1)
}

/**
 * Whether a track plays as a part of its album: it follows the track before, or is followed by the one after it.
 */
export function isAlbumInOrder(
  previous: AlbumPosition | undefined,
  current: AlbumPosition,
  next: AlbumPosition | undefined,
): boolean {
  return (
    (previous !== undefined && followsOnAlbum(previous, current)) ||
    (next !== undefined && followsOnAlbum(current, next))
  )
}

function isSameAlbum(first: AlbumPosition, second: AlbumPosition): boolean {
  if (first.album === undefined || first.album !== second.album) return false
  const artist = artistOfAlbum(first)
  // Tracks of different artists without an album artist belong together in one folder.
  return (artist !== '' && artist === artistOfAlbum(second)) || folderOf(first) === folderOf(second)
}

function artistOfAlbum({ albumArtists, artists }: AlbumPosition): string {
  return (albumArtists.length > 0 ? albumArtists : artists.slice(0, 1)).join('\n')
}

const folderOf = ({ path }: AlbumPosition): string => path.slice(0, path.lastIndexOf('/') + 1)

const isNextSide = (side: string | undefined, next: string | undefined): boolean =>
  side !== undefined && next !== undefined && next.charCodeAt(0) === side.charCodeAt(0) + 1
