import { useLayoutEffect } from 'react'
import type { LibraryList, ListItem, ListSummary } from '../../../shared/library/library-list.ts'
import type { SortOrder } from '../../../shared/library/sort.ts'
import { isSameRequest, requestItem, showList } from '../../session/list-requests.ts'
import { itemAt } from '../../store/shown-list.ts'
import { useWindow } from '../../store/window-store.ts'

export interface LibraryListView {
  /** Undefined until the list arrives. Another search or sort order of the same list keeps the previous summary so long. */
  readonly summary: ListSummary | undefined
  /** Returns an item of the summary's list. One that has not arrived is requested and returned by a later rendering. */
  readonly itemAt: (index: number) => ListItem | undefined
}

/**
 * Shows a list of the library. The input thread contains the list; the window requests the items that it shows, in pages.
 * Only one list is shown at a time: the one of the component that was rendered last. `firstVisible` is the item that is
 * visible first. renderer/session/list-requests.ts has the actions on the items.
 */
export function useLibraryList(
  list: LibraryList,
  text: string,
  sort: readonly SortOrder[],
  firstVisible = 0,
): LibraryListView {
  const shown = useWindow((state) => state.shownList)
  const isRequested = isSameRequest(shown.requested, { list, text, sort })
  useLayoutEffect(() => {
    if (!isRequested) showList(list, text, sort, firstVisible)
  })
  const isReceived =
    shown.received !== undefined && JSON.stringify(shown.received.list) === JSON.stringify(list)
  if (!isReceived) return { summary: undefined, itemAt: () => undefined }
  return {
    summary: shown.summary,
    itemAt: (index) => {
      requestItem(index)
      return itemAt(shown, index)
    },
  }
}
