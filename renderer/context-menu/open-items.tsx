import { Disc3, FolderOpen, type LucideIcon, UserRound } from 'lucide-react'
import { m } from '../../shared/i18n/messages.js'
import type { LibraryList, ListItem, TrackItem } from '../../shared/library/library-list.ts'
import { creditedNames, NameKeys } from '../../shared/library/names.ts'
import { openList } from '../session/navigation.ts'
import type { MenuTarget } from '../store/menu-request.ts'
import { useWindow } from '../store/window-store.ts'
import { ActionItem } from './action-item.tsx'

interface Opening {
  readonly list: LibraryList
  readonly name: string
  readonly icon: LucideIcon
}

/** The pages that belong to the item. */
export function OpenItems({ target }: { readonly target: MenuTarget }) {
  const shown = useWindow((state) => state.list)
  if (target.kind === 'items' && target.count > 1) return null
  const openings =
    target.kind === 'tracks'
      ? openingsOfTrack({ track: target.track, albumKey: undefined })
      : openingsOf(target.item)
  return openings
    .filter(({ list }) => JSON.stringify(list) !== JSON.stringify(shown))
    .map(({ list, name, icon }) => (
      <ActionItem key={list.kind} icon={icon} name={name} onAction={() => openList(list)} />
    ))
}

function openingsOf(item: ListItem): Opening[] {
  switch (item.kind) {
    case 'track':
      return openingsOfTrack(item)
    case 'album':
      return [
        albumOpening(item.key),
        ...(item.artistKey === undefined ? [] : [artistOpening(item.artistKey)]),
      ]
    case 'heading':
      return item.of.kind === 'album' ? [albumOpening(item.of.key)] : []
    case 'artist':
      return [artistOpening(item.key)]
    case 'folder':
      return [{ list: { kind: 'folder', path: item.path }, name: m.library_go_to_folder(), icon: FolderOpen }]
    default:
      return []
  }
}

function openingsOfTrack({ track, albumKey }: Omit<TrackItem, 'kind'>): Opening[] {
  const [credit] = track.artists.length > 0 ? track.artists : track.albumArtists
  const [artist] = credit === undefined ? [] : creditedNames(credit)
  return [
    ...(albumKey === undefined ? [] : [albumOpening(albumKey)]),
    ...(artist === undefined ? [] : [artistOpening(new NameKeys().keyOf(artist))]),
  ]
}

const albumOpening = (key: string): Opening => ({
  list: { kind: 'album', key },
  name: m.library_go_to_album(),
  icon: Disc3,
})

const artistOpening = (key: string): Opening => ({
  list: { kind: 'artist', key },
  name: m.library_go_to_artist(),
  icon: UserRound,
})
