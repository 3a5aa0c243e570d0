import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect } from 'react'
import { positionOf, savePosition } from '../../store/list-positions.ts'
import type { LibraryListView } from '../list/use-library-list.ts'
import type { ScrollFrame } from '../scrolling/page-scroller.tsx'
import { useItemFocus } from '../scrolling/use-item-focus.ts'
import { useRememberedOffset } from '../scrolling/use-remembered-offset.ts'
import { type ListSelection, selectOnly } from '../selection/list-selection.ts'
import { useListSelection } from '../selection/use-list-selection.ts'

interface GridRowsOptions {
  readonly view: LibraryListView
  readonly frame: ScrollFrame
  readonly address: string
  readonly rowHeight: number
  /** The distance of the first row from the top of the scrolled area, in CSS pixels. */
  readonly top: number
  readonly headerHeight: number
}

export interface GridRows {
  /** The rows in the document. */
  readonly rows: readonly { readonly index: number; readonly start: number }[]
  /** Of all rows, in CSS pixels. */
  readonly height: number
  readonly rowsPerPage: number
  readonly selection: ListSelection
  readonly select: (selection: ListSelection) => void
  /** The row with the tab stop. */
  readonly tabStop: number
  /** Changes the selection and moves the focus to its focused row, which is scrolled into view. */
  readonly goTo: (index: number, selection?: ListSelection) => void
  /** Remembers the row to return to, before another list replaces the grid. */
  readonly remember: (index: number) => void
}

/** The rows of a grid that scrolls with `frame`: which are in the document, which are selected, and where the focus is. */
export function useGridRows({
  view,
  frame,
  address,
  rowHeight,
  top,
  headerHeight,
}: GridRowsOptions): GridRows {
  const { scroller } = frame
  const { count = 0, request } = view.summary ?? {}
  const remembered = positionOf(address)
  const { selection, select } = useListSelection(view, remembered.focused)
  const tabStop = Math.min(Math.max(selection.focused, 0), Math.max(count - 1, 0))
  const shouldFocus = useItemFocus(
    () => scroller.current?.querySelector<HTMLElement>(`[role=grid] [data-index="${tabStop}"]`),
    remembered.focused >= 0,
  )
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialOffset: remembered.offset,
    scrollMargin: top,
    scrollPaddingStart: headerHeight,
    // The row with the tab stop stays in the document, or scrolling would lose the focus.
    rangeExtractor: (range) => withIndex(range, tabStop),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row height or position invalidates the measurements
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight, top])
  useRememberedOffset(scroller, request, address)
  const first = virtualizer.range?.startIndex ?? 0
  const { focused } = selection
  useEffect(() => savePosition(address, { first, focused }), [address, first, focused])
  const goTo = (index: number, next?: ListSelection) => {
    const target = Math.min(count - 1, Math.max(0, index))
    shouldFocus.current = true
    select(next ?? selectOnly(target))
    virtualizer.scrollToIndex(target)
  }
  return {
    rows: virtualizer.getVirtualItems(),
    height: virtualizer.getTotalSize(),
    rowsPerPage: Math.floor(((scroller.current?.clientHeight ?? 0) - headerHeight) / rowHeight),
    selection,
    select,
    tabStop,
    goTo,
    remember: (index) => savePosition(address, { focused: index }),
  }
}

function withIndex(range: Range, index: number): number[] {
  const indexes = defaultRangeExtractor(range)
  if (index >= range.count || indexes.includes(index)) return indexes
  return index < (indexes[0] ?? 0) ? [index, ...indexes] : [...indexes, index]
}
