// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid needs rows with free positions, which a table does not allow
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect } from 'react'
import { positionOf, savePosition } from '../../store/list-positions.ts'
import type { LibraryListView } from '../list/use-library-list.ts'
import type { ScrollFrame } from '../scrolling/page-scroller.tsx'
import { useItemFocus } from '../scrolling/use-item-focus.ts'
import { useRememberedOffset } from '../scrolling/use-remembered-offset.ts'
import { selectOnly } from '../selection/list-selection.ts'
import { useListSelection } from '../selection/use-list-selection.ts'
import { type CardLayout, shapeOf } from './card-layout.ts'
import { ItemCard } from './item-card.tsx'
import styles from './item-grid.module.css'
import { useCardEvents } from './use-card-events.ts'

interface ItemGridProps {
  readonly view: LibraryListView
  readonly frame: ScrollFrame
  /** The address of the list, whose position is remembered. */
  readonly address: string
  /** The accessible name. */
  readonly name: string
  readonly layout: CardLayout
}

/** A grid of albums, artists, genres or years. Only the visible ones are in the document. */
export function ItemGrid({ view, frame, address, name, layout }: ItemGridProps) {
  const { scroller, leadHeight } = frame
  const { count = 0, request } = view.summary ?? {}
  const { columns, rowHeight } = shapeOf(layout, frame.width)
  const remembered = positionOf(address)
  const { selection, select } = useListSelection(view, remembered.focused)
  const focused = Math.min(Math.max(selection.focused, 0), Math.max(count - 1, 0))
  const shouldFocus = useItemFocus(
    () => scroller.current?.querySelector<HTMLElement>(`[role=gridcell][data-index="${focused}"]`),
    remembered.focused >= 0,
  )
  const rowCount = Math.ceil(count / columns)
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 2,
    initialOffset: remembered.offset,
    scrollMargin: leadHeight,
    rangeExtractor: (range) => withRow(range, Math.floor(focused / columns)),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another shape invalidates the measurements
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight, leadHeight, columns])
  useRememberedOffset(scroller, request, address)
  const first = (virtualizer.range?.startIndex ?? 0) * columns
  useEffect(
    () => savePosition(address, { first, focused: selection.focused }),
    [address, first, selection.focused],
  )
  const goTo = (index: number) => {
    shouldFocus.current = true
    select(selectOnly(index))
    virtualizer.scrollToIndex(Math.floor(index / columns))
  }
  const rowsPerPage = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight)
  const remember = (index: number) => savePosition(address, { focused: index })
  const events = useCardEvents({ view, shape: { count, columns, rowsPerPage }, goTo, select, remember })
  return (
    <div
      className={styles.grid}
      style={{
        height: virtualizer.getTotalSize(),
        '--card-columns': columns,
        '--card-row': `${rowHeight}px`,
      }}
      role="grid"
      aria-label={name}
      aria-rowcount={rowCount}
      aria-colcount={columns}
      {...events}
    >
      {virtualizer.getVirtualItems().map(({ index: row, start }) => (
        <div
          key={row}
          className={styles.row}
          role="row"
          aria-rowindex={row + 1}
          tabIndex={-1}
          style={{ transform: `translateY(${start - leadHeight}px)` }}
        >
          {indexesOfRow(row, columns, count).map((index) => (
            <ItemCard
              key={index}
              item={view.itemAt(index)}
              index={index}
              column={index - row * columns}
              isTabStop={index === focused}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

const indexesOfRow = (row: number, columns: number, count: number): number[] =>
  Array.from({ length: Math.min(columns, count - row * columns) }, (_, column) => row * columns + column)

/** The row with the tab stop stays in the document, or scrolling would lose the focus. */
function withRow(range: Range, row: number): number[] {
  const rows = defaultRangeExtractor(range)
  if (row >= range.count || rows.includes(row)) return rows
  return row < (rows[0] ?? 0) ? [row, ...rows] : [...rows, row]
}
