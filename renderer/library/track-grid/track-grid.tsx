// biome-ignore-all lint/a11y/useSemanticElements: a virtual list needs rows with free positions, which a table does not allow
import { useMemo } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import type { SortOrder } from '../../../shared/library/sort.ts'
import type { TrackColumnId } from '../../../shared/library/track-columns.ts'
import { useWindow } from '../../store/window-store.ts'
import type { LibraryListView } from '../list/use-library-list.ts'
import type { ScrollFrame } from '../scrolling/page-scroller.tsx'
import { isSelected } from '../selection/list-selection.ts'
import { columnTemplate, fitColumns } from './column-layout.ts'
import { GridHeader } from './grid-header.tsx'
import { ItemRow } from './item-row.tsx'
import { useRowHeight } from './row-height.ts'
import { trackColumn } from './track-columns.ts'
import styles from './track-grid.module.css'
import { useGridEvents } from './use-grid-events.ts'
import { useGridRows } from './use-grid-rows.ts'

/** The height of the column headers and their line, in CSS pixels. */
const headerHeight = 37
/** The space beside the rows, in CSS pixels. */
const margins = 24

interface TrackGridProps {
  readonly view: LibraryListView
  readonly frame: ScrollFrame
  /** The address of the list, whose position is remembered. */
  readonly address: string
  readonly sort: readonly SortOrder[]
  /** Whether the list has a sequence of its own, to which a third click on a column returns. */
  readonly hasOwnOrder: boolean
  /** Undefined if the sequence cannot be changed. */
  readonly onSort: ((sort: readonly SortOrder[]) => void) | undefined
  readonly hidden: readonly TrackColumnId[]
}

/** A list of tracks, with headings and folders between them. Only the visible rows are in the document. */
export function TrackGrid(props: TrackGridProps) {
  const { view, frame, address, sort, hasOwnOrder, onSort, hidden } = props
  const current = useWindow((state) => state.player.track)
  const isPlaying = useWindow((state) => state.player.transport === 'playing')
  const chosen = useWindow((state) => state.trackColumns)
  const rowHeight = useRowHeight()
  const top = frame.leadHeight + headerHeight
  const grid = useGridRows({ view, frame, address, rowHeight, top, headerHeight })
  const events = useGridEvents(grid, view)
  const chosenColumns = useMemo(
    () => chosen.filter((id) => !hidden.includes(id)).map(trackColumn),
    [chosen, hidden],
  )
  const columns = useMemo(
    () => fitColumns(chosenColumns, frame.width - margins),
    [chosenColumns, frame.width],
  )
  const count = view.summary?.count ?? 0
  return (
    <div
      className={styles.grid}
      style={{ '--columns': columnTemplate(columns) }}
      role="grid"
      aria-label={m.library_tracks()}
      aria-rowcount={count + 1}
      aria-colcount={chosenColumns.length}
      aria-multiselectable="true"
      {...events}
    >
      <GridHeader
        columns={columns}
        chosen={chosenColumns}
        sort={sort}
        hasOwnOrder={hasOwnOrder}
        onSort={onSort}
        onLeave={() => grid.goTo(grid.tabStop)}
      />
      <div className={styles.rows} role="rowgroup" style={{ height: grid.height }}>
        {grid.rows.map(({ index, start }) => {
          const item = view.itemAt(index)
          const isCurrent = item?.kind === 'track' && item.track.id === current
          return (
            <ItemRow
              key={index}
              item={item}
              index={index}
              top={start - top}
              columns={columns}
              chosen={chosenColumns}
              isSelected={isSelected(grid.selection, index)}
              isTabStop={index === grid.tabStop}
              isCurrent={isCurrent}
              isPlaying={isPlaying && isCurrent}
            />
          )
        })}
      </div>
    </div>
  )
}
