import { useEffect, useRef, useState } from 'react'
import { type ItemIdentity, identityOf } from '../../../shared/library/library-list.ts'
import { locateItems } from '../../session/list-requests.ts'
import type { LibraryListView } from '../list/use-library-list.ts'
import {
  countSelected,
  type ListSelection,
  noSelection,
  selectAll,
  selectedIndexes,
  selectIndexes,
} from './list-selection.ts'

/** Of a larger selection only this many items stay selected when the list changes. */
const maxFollowed = 1000

interface ListSelectionControl {
  readonly selection: ListSelection
  readonly select: (selection: ListSelection) => void
}

/** Selects items of a list. When the list changes, the selection stays on its items, and ends for those that are gone. */
export function useListSelection(
  { summary, itemAt }: LibraryListView,
  focused: number,
): ListSelectionControl {
  const [selection, select] = useState<ListSelection>({ ...noSelection, focused, anchor: focused })
  const followed = useRef<FollowedItems>(nothingFollowed)
  const present = useRef(selection)
  present.current = selection
  const { count = 0, request, version } = summary ?? {}
  // biome-ignore lint/correctness/useExhaustiveDependencies: another request or version can have the items elsewhere
  useEffect(() => {
    const { selection, focused, items } = followed.current
    if (selection !== present.current || focused === undefined) return
    void locateItems([focused, ...items]).then(([focusedIndex = -1, ...indexes]) => {
      if (present.current !== selection) return
      const isAll = followed.current.isAll
      const next = selectIndexes(
        focusedIndex,
        indexes.filter((index) => index >= 0),
      )
      select(isAll ? selectAll(next, count) : next)
    })
  }, [request, version])
  useEffect(() => {
    if (followed.current.selection === selection && followed.current.isComplete) return
    followed.current = follow(selection, count, (index) => {
      const item = itemAt(index)
      return item && identityOf(item)
    })
  })
  return { selection, select }
}

/** The items of a selection, to find them again in a changed list. */
interface FollowedItems {
  readonly selection: ListSelection
  readonly focused: ItemIdentity | undefined
  readonly items: readonly ItemIdentity[]
  readonly isAll: boolean
  /** False while items have not arrived. */
  readonly isComplete: boolean
}

const nothingFollowed: FollowedItems = {
  selection: noSelection,
  focused: undefined,
  items: [],
  isAll: false,
  isComplete: false,
}

function follow(
  selection: ListSelection,
  count: number,
  identityAt: (index: number) => ItemIdentity | undefined,
): FollowedItems {
  const selected = countSelected(selection)
  const isAll = selected > 1 && selected === count
  const indexes = isAll ? [] : selectedIndexes(selection, maxFollowed)
  const items = indexes.map(identityAt).filter((item) => item !== undefined)
  const focused = selection.focused < 0 ? undefined : identityAt(selection.focused)
  const isComplete = items.length === indexes.length && (focused !== undefined || selection.focused < 0)
  return { selection, focused, items, isAll, isComplete }
}
