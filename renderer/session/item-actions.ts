import type { LibraryList, ListItem } from '../../shared/library/library-list.ts'
import type { Track } from '../../shared/library/track.ts'
import type { QueueEnd } from '../../shared/player/messages.ts'
import type { MenuTarget } from '../store/menu-request.ts'
import { selectionOf } from '../store/shown-list.ts'
import { useWindow } from '../store/window-store.ts'
import { send } from './actions.ts'
import { resolveList, resolveSelection } from './list-requests.ts'

interface Position {
  readonly x: number
  readonly y: number
}

/** Opens the context menu of items of the shown list. `item` is the one that it was opened for. */
export function openItemsMenu(position: Position, item: ListItem, ranges: readonly number[]): void {
  const selection = selectionOf(useWindow.getState().shownList, ...ranges)
  let count = 0
  for (let pair = 0; pair < ranges.length; pair += 2) count += (ranges[pair + 1] ?? 0) - (ranges[pair] ?? 0)
  openMenu(position, { kind: 'items', selection, count, item })
}

/** Opens the context menu of a list, such as an album. */
export const openListMenu = (position: Position, list: LibraryList, item: ListItem): void =>
  openMenu(position, { kind: 'list', list, item })

/** Opens the context menu of a track that is in no list, such as one of Up next. */
export const openTrackMenu = (position: Position, track: Track): void =>
  openMenu(position, { kind: 'tracks', tracks: [track.id], track })

function openMenu(position: Position, target: MenuTarget): void {
  useWindow.setState({ menu: { ...position, target } })
}

export const closeMenu = (): void => useWindow.setState({ menu: undefined })

/** Plays tracks from the first one; with shuffle from any. */
export async function playTarget(target: MenuTarget): Promise<void> {
  if (target.kind === 'items') playSelection(target)
  else playTracks(await tracksOf(target))
}

/** A single track is followed by the rest of the list, like after a double click. */
function playSelection({ selection, count, item }: Extract<MenuTarget, { kind: 'items' }>): void {
  const { request, version, ranges } = selection
  const [index] = ranges
  if (count === 1 && item.kind === 'track' && index !== undefined)
    send({ kind: 'playItem', request, version, index })
  else send({ kind: 'playItems', ...selection })
}

export async function enqueueTarget(target: MenuTarget, at: QueueEnd): Promise<void> {
  if (target.kind === 'items') send({ kind: 'enqueueItems', at, ...target.selection })
  else {
    const tracks = await tracksOf(target)
    if (tracks.length > 0) send({ kind: 'enqueue', tracks, at })
  }
}

/** Returns the tracks that the actions apply to. */
export async function tracksOf(target: MenuTarget): Promise<Int32Array> {
  switch (target.kind) {
    case 'items':
      return await resolveSelection(target.selection)
    case 'list':
      return await resolveList(target.list)
    case 'tracks':
      return Int32Array.from(target.tracks)
  }
}

function playTracks(tracks: Int32Array): void {
  if (tracks.length > 0) send({ kind: 'playTracks', tracks })
}

/** Turns shuffle on if it is off. */
export function shuffleNext(): void {
  if (!useWindow.getState().player.shuffle) send({ kind: 'toggleShuffle' })
}

/** Returns the track that the menu is about, if it is about one. */
export function singleTrackOf(target: MenuTarget): Track | undefined {
  if (target.kind === 'tracks') return target.track
  return target.kind === 'items' && target.count === 1 && target.item.kind === 'track'
    ? target.item.track
    : undefined
}
