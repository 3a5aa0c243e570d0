import { type DragEvent, type KeyboardEvent, type MouseEvent, useRef, useState } from 'react'
import type { ListItem } from '../../../shared/library/library-list.ts'
import type { Playlist } from '../../../shared/library/playlists/playlist.ts'
import { useHost } from '../../host/host-context.ts'
import { attempt } from '../../session/actions.ts'
import { openItemsMenu } from '../../session/item-actions.ts'
import { playItem, resolveEntries } from '../../session/list-requests.ts'
import { removeEntries } from '../../session/playlist-actions.ts'
import { menuPosition } from '../../ui/utils/menu-position.ts'
import {
  type EntrySelection,
  extendSelection,
  rangesOf,
  rangesOfIndexes,
  selectEntries,
  selectEntry,
  startAfterMove,
  toggleEntry,
} from './entry-selection.ts'

export interface EntryEventsOptions {
  readonly playlist: Playlist
  /** Whether all entries are shown, in the playlist's order. Others cannot be moved. */
  readonly hasOwnOrder: boolean
  readonly count: number
  readonly selection: EntrySelection
  /** Selects entries, and moves the focus to the focused one. */
  readonly select: (selection: EntrySelection) => void
  readonly rowsPerPage: () => number
  readonly itemAt: (index: number) => ListItem | undefined
}

/** The keys, clicks and drags of all entries of a playlist. Only those of a list can be moved and removed. */
export function useEntryEvents(options: EntryEventsOptions) {
  const { playlist, hasOwnOrder, count, selection, select, rowsPerPage, itemAt } = options
  const host = useHost()
  /** The index before which a drag would drop the selection. */
  const [dropIndex, setDropIndex] = useState<number>()
  const isList = playlist.kind === 'list'
  const canMove = isList && hasOwnOrder

  /** Each move names positions that the one before has led to, so the host receives them one after the other. */
  const moves = useRef(Promise.resolve())
  const move = (to: number) => {
    const start = startAfterMove(selection, to)
    const ranges = rangesOf(selection)
    const focused = start + [...selection.selected].filter((index) => index < selection.focused).length
    select({ ...selectEntries(focused, start, start + selection.selected.size), anchor: focused })
    moves.current = moves.current.then(async () => {
      const moved = await attempt(host.movePlaylistEntries(playlist.id, ranges, to))
      if (moved === undefined) select(selection)
    })
  }
  const moveBy = (step: number) => {
    const ranges = rangesOf(selection)
    const first = ranges[0]
    const last = ranges.at(-1)
    if (first === undefined || last === undefined) return
    if (step < 0 && first > 0) move(first - 1)
    else if (step > 0 && last < count) move(last + 1)
  }
  const remove = async () => {
    const shown = rangesOf(selection)
    const first = shown[0]
    if (first === undefined) return
    const ranges = hasOwnOrder ? shown : rangesOfIndexes(await resolveEntries(...shown))
    const rest = count - selection.selected.size
    select(selectEntry(Math.max(0, Math.min(first, rest - 1))))
    await removeEntries(host, playlist, ranges)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event
    const isModified = ctrlKey || metaKey
    const target = targetOf(key, selection.focused, count, rowsPerPage())
    if (altKey) {
      if (!canMove || (key !== 'ArrowUp' && key !== 'ArrowDown')) return
      moveBy(key === 'ArrowUp' ? -1 : 1)
    } else if (isModified && key === 'a') select(selectEntries(selection.focused, 0, count))
    else if (isModified && key === ' ') select(toggleEntry(selection, selection.focused))
    else if (isModified) return
    else if (target !== undefined) select(shiftKey ? extendSelection(selection, target) : selectEntry(target))
    else if (key === 'Enter') playItem(selection.focused)
    else if (isList && (key === 'Delete' || key === 'Backspace')) void remove()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const onClick = (event: MouseEvent) => {
    const index = indexOf(event.target)
    if (index === undefined) return
    if (event.shiftKey) select(extendSelection(selection, index))
    else select(event.ctrlKey || event.metaKey ? toggleEntry(selection, index) : selectEntry(index))
  }
  const onDoubleClick = (event: MouseEvent) => {
    const index = indexOf(event.target)
    if (index !== undefined) playItem(index)
  }
  const onContextMenu = (event: MouseEvent) => {
    const index = indexOf(event.target)
    const item = index === undefined ? undefined : itemAt(index)
    if (index === undefined || item === undefined) return
    event.preventDefault()
    const chosen = selection.selected.has(index) ? selection : selectEntry(index)
    select(chosen)
    openItemsMenu(menuPosition(event.nativeEvent), item, rangesOf(chosen))
  }
  const onDragStart = (event: DragEvent) => {
    const index = indexOf(event.target)
    if (index === undefined) return
    event.dataTransfer.setData('skein-entries', '')
    event.dataTransfer.effectAllowed = 'move'
    if (!selection.selected.has(index)) select(selectEntry(index))
  }
  const onDragOver = (event: DragEvent) => {
    const index = indexOf(event.target)
    if (index === undefined || !event.dataTransfer.types.includes('skein-entries')) return
    event.preventDefault()
    const { top, height } = (event.target as Element).closest('[data-index]')?.getBoundingClientRect() ?? {
      top: 0,
      height: 0,
    }
    setDropIndex(event.clientY > top + height / 2 ? index + 1 : index)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setDropIndex(undefined)
    if (dropIndex !== undefined) move(dropIndex)
  }
  const onDragEnd = () => setDropIndex(undefined)
  const dragEvents = canMove ? { onDragStart, onDragOver, onDrop, onDragEnd } : {}
  return { dropIndex, events: { onKeyDown, onClick, onDoubleClick, onContextMenu, ...dragEvents } }
}

function targetOf(key: string, focused: number, count: number, rowsPerPage: number): number | undefined {
  const targets: Readonly<Record<string, number>> = {
    ArrowUp: focused - 1,
    ArrowDown: focused + 1,
    PageUp: focused - rowsPerPage,
    PageDown: focused + rowsPerPage,
    Home: 0,
    End: count - 1,
  }
  const target = targets[key]
  return target === undefined ? undefined : Math.max(0, Math.min(count - 1, target))
}

function indexOf(target: EventTarget): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null
  return row === null ? undefined : Number(row.dataset.index)
}
