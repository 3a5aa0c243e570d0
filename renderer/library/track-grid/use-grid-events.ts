import type { KeyboardEvent, MouseEvent } from 'react'
import type { HostApi } from '../../../shared/host-api.ts'
import type { ListItem } from '../../../shared/library/library-list.ts'
import { useHost } from '../../host/host-context.ts'
import { rateTracks } from '../../session/actions.ts'
import { openItemsMenu, openListMenu } from '../../session/item-actions.ts'
import { playItem, resolveItems } from '../../session/list-requests.ts'
import { openList } from '../../session/navigation.ts'
import { menuPosition } from '../../ui/utils/menu-position.ts'
import { listOfItem } from '../items/list-of-item.ts'
import type { LibraryListView } from '../list/use-library-list.ts'
import {
  countSelected,
  extendTo,
  focusOnly,
  isSelected,
  selectAll,
  selectOnly,
  toggle,
} from '../selection/list-selection.ts'
import type { GridRows } from './use-grid-rows.ts'

interface GridEvents {
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  readonly onClick: (event: MouseEvent) => void
  readonly onDoubleClick: (event: MouseEvent) => void
  readonly onContextMenu: (event: MouseEvent) => void
}

/** The keys and clicks of all rows of a grid. */
export function useGridEvents(grid: GridRows, view: LibraryListView): GridEvents {
  const host = useHost()
  const activate = (index: number) => activateItem(grid, view.itemAt(index), index)
  return {
    onKeyDown(event) {
      const index = indexOf(event.target)
      if (index !== undefined && onRowKey(event, index, { grid, view, host })) event.preventDefault()
    },
    onClick(event) {
      const index = indexOf(event.target)
      if (index === undefined) return
      grid.select(selectionAfterClick(event, index, grid))
      const link = closest(event.target, '[data-open]')
      if (closest(event.target, '[data-play]')) activate(index)
      else if (link !== null && !isModified(event)) openLinked(view.itemAt(index))
    },
    onDoubleClick(event) {
      const index = indexOf(event.target)
      if (index !== undefined && !isModified(event)) activate(index)
    },
    onContextMenu(event) {
      const index = indexOf(event.target)
      const item = index === undefined ? undefined : view.itemAt(index)
      if (index === undefined || item === undefined) return
      event.preventDefault()
      const selection = isSelected(grid.selection, index) ? grid.selection : selectOnly(index)
      grid.select(selection)
      const list = item.kind === 'heading' ? listOfItem(item) : undefined
      if (list !== undefined) openListMenu(menuPosition(event.nativeEvent), list, item)
      else if (item.kind !== 'heading') openItemsMenu(menuPosition(event.nativeEvent), item, selection.ranges)
    },
  }
}

/** Plays a track. A heading or a folder opens. */
function activateItem(grid: GridRows, item: ListItem | undefined, index: number): void {
  const list = item && listOfItem(item)
  if (item?.kind === 'track' || item?.kind === 'missing' || list === undefined) playItem(index)
  else {
    grid.remember(index)
    openList(list)
  }
}

/** Opens the album of a track, which its cell links to. */
function openLinked(item: ListItem | undefined): void {
  if (item?.kind === 'track' && item.albumKey !== undefined) openList({ kind: 'album', key: item.albumKey })
}

/** Returns whether the key does something in a row. */
function onRowKey(
  event: KeyboardEvent<HTMLElement>,
  index: number,
  { grid, view, host }: { grid: GridRows; view: LibraryListView; host: HostApi },
): boolean {
  const count = view.summary?.count ?? 0
  const { key } = event
  if (isModified(event)) {
    if (event.altKey || event.shiftKey) return false
    if (key === 'a') grid.select(selectAll(grid.selection, count))
    else if (key === ' ') grid.select(toggle(grid.selection, index))
    else return false
    return true
  }
  const target = targetOf(key, index, count, grid.rowsPerPage)
  if (key === 'ArrowUp' && index === 0 && !event.shiftKey && !event.altKey) focusHeader(event.currentTarget)
  else if (target !== undefined) {
    const next = Math.min(count - 1, Math.max(0, target))
    if (event.altKey && (key === 'ArrowUp' || key === 'ArrowDown'))
      grid.goTo(next, focusOnly(grid.selection, next))
    else if (event.altKey) return false
    else grid.goTo(next, event.shiftKey ? extendTo(grid.selection, next) : selectOnly(next))
  } else if (key === 'Enter') activateItem(grid, view.itemAt(index), index)
  else if (/^[0-5]$/.test(key) && !event.altKey) void rateSelected(host, grid, Number(key))
  else if (key === 'Escape' && countSelected(grid.selection) > 1) grid.select(selectOnly(index))
  else return false
  return true
}

/** The keys 0 to 5 rate the selected tracks. */
async function rateSelected(host: HostApi, grid: GridRows, rating: number): Promise<void> {
  const tracks = await resolveItems(...grid.selection.ranges)
  await rateTracks(host, [...tracks], rating)
}

function targetOf(key: string, index: number, count: number, rowsPerPage: number): number | undefined {
  const page = Math.max(1, rowsPerPage - 1)
  const targets: Readonly<Record<string, number>> = {
    ArrowUp: index - 1,
    ArrowDown: index + 1,
    PageUp: index - page,
    PageDown: index + page,
    Home: 0,
    End: count - 1,
  }
  return targets[key]
}

function selectionAfterClick(event: MouseEvent, index: number, { selection }: GridRows) {
  if (event.shiftKey) return extendTo(selection, index, isModified(event))
  return isModified(event) ? toggle(selection, index) : selectOnly(index)
}

const isModified = ({ ctrlKey, metaKey }: { ctrlKey: boolean; metaKey: boolean }): boolean =>
  ctrlKey || metaKey

const closest = (target: EventTarget, selector: string): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>(selector) : null

function indexOf(target: EventTarget): number | undefined {
  const row = closest(target, '[data-index]')
  return row === null ? undefined : Number(row.dataset.index)
}

const focusHeader = (grid: HTMLElement): void =>
  grid.querySelector<HTMLElement>('[role=columnheader] button[tabindex="0"]')?.focus()
