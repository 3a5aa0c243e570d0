import { type KeyboardEvent, type MouseEvent, useRef } from 'react'
import { openItemsMenu } from '../../session/item-actions.ts'
import { findItem, playItems } from '../../session/list-requests.ts'
import { openList } from '../../session/navigation.ts'
import { menuPosition } from '../../ui/utils/menu-position.ts'
import { listOfItem } from '../items/list-of-item.ts'
import type { LibraryListView } from '../list/use-library-list.ts'
import { type ListSelection, selectOnly } from '../selection/list-selection.ts'
import { type GridShape, stepInGrid } from './grid-steps.ts'

interface CardEventsOptions {
  readonly view: LibraryListView
  readonly shape: GridShape
  /** Moves the focus to an item. */
  readonly goTo: (index: number) => void
  readonly select: (selection: ListSelection) => void
  /** Remembers the item to return to: the grid is gone before it renders again. */
  readonly remember: (index: number) => void
}

/** Milliseconds after which a letter begins another name. */
const typingPause = 800

/** The keys and clicks of all cards of a grid: they open a list, play it, or move through the grid. */
export function useCardEvents({ view, shape, goTo, select, remember }: CardEventsOptions) {
  const typed = useRef({ text: '', at: 0 })
  const open = (index: number) => {
    const item = view.itemAt(index)
    const list = item && listOfItem(item)
    if (list === undefined) return
    remember(index)
    openList(list)
  }
  const jump = async (letter: string, time: number) => {
    const isContinued = time - typed.current.at < typingPause
    typed.current = { text: (isContinued ? typed.current.text : '') + letter, at: time }
    const index = await findItem(typed.current.text)
    if (index >= 0) goTo(index)
  }
  return {
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      const index = indexOf(event.target)
      if (index === undefined || event.ctrlKey || event.metaKey || event.altKey) return
      const target = stepInGrid(event.key, index, shape)
      if (target !== undefined) goTo(target)
      else if (event.key === 'Enter') open(index)
      else if (isLetter(event.key)) void jump(event.key, event.timeStamp)
      else return
      event.preventDefault()
    },
    onClick(event: MouseEvent) {
      const index = indexOf(event.target)
      if (index === undefined) return
      if (event.target instanceof Element && event.target.closest('[data-play]')) playItems(index, index + 1)
      else open(index)
    },
    onContextMenu(event: MouseEvent) {
      const index = indexOf(event.target)
      const item = index === undefined ? undefined : view.itemAt(index)
      if (index === undefined || item === undefined) return
      event.preventDefault()
      select(selectOnly(index))
      openItemsMenu(menuPosition(event.nativeEvent), item, [index, index + 1])
    },
  }
}

const isLetter = (key: string): boolean => /^[\p{L}\p{N}]$/u.test(key)

function indexOf(target: EventTarget): number | undefined {
  const card = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null
  return card === null ? undefined : Number(card.dataset.index)
}
