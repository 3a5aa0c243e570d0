// biome-ignore-all lint/a11y/useSemanticElements: a virtual list needs rows with free positions, which a table does not allow
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { KeyboardEvent, MouseEvent } from 'react'
import type { SortOrder } from '../../../shared/library/sort.ts'
import { openDialog } from '../../session/actions.ts'
import { nextSort } from './next-sort.ts'
import type { TrackColumn } from './track-columns.ts'
import styles from './track-grid.module.css'

interface GridHeaderProps {
  /** The columns that fit, of the chosen ones. */
  readonly columns: readonly TrackColumn[]
  readonly chosen: readonly TrackColumn[]
  readonly sort: readonly SortOrder[]
  readonly hasOwnOrder: boolean
  /** Undefined if the sequence cannot be changed. */
  readonly onSort: ((sort: readonly SortOrder[]) => void) | undefined
  /** Moves the focus to the rows. */
  readonly onLeave: () => void
}

/**
 * The column headers. A click sorts by the column, another click reverses it, and with Shift the column is sorted by in
 * addition. One tab stop; the arrow keys move between the headers. A context menu chooses the columns.
 */
export function GridHeader({ columns, chosen, sort, hasOwnOrder, onSort, onLeave }: GridHeaderProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'ArrowDown') onLeave()
    else if (event.key === 'ArrowRight') focusNeighbour(event.target, 'nextElementSibling')
    else if (event.key === 'ArrowLeft') focusNeighbour(event.target, 'previousElementSibling')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault()
    openDialog('columns')
  }
  const tabStop = columns.find((column) => column.sort === sort[0]?.column) ?? columns[0]
  return (
    <div role="rowgroup" className={styles.head} onContextMenu={onContextMenu}>
      <div className={styles.headings} role="row" aria-rowindex={1} tabIndex={-1} onKeyDown={onKeyDown}>
        {columns.map((column) => {
          const order = sort.find((order) => order.column === column.sort)
          return (
            <div
              key={column.id}
              className={styles.heading}
              role="columnheader"
              aria-colindex={chosen.indexOf(column) + 1}
              aria-sort={order ? (order.descending ? 'descending' : 'ascending') : 'none'}
              data-column={column.id}
              data-align={column.align}
              tabIndex={-1}
            >
              {onSort === undefined || column.sort === undefined ? (
                <span className={styles.sort}>
                  <span className={styles.label}>{column.label()}</span>
                </span>
              ) : (
                <SortButton
                  column={column}
                  sort={sort}
                  isTabStop={column === tabStop}
                  onClick={(isAdded) =>
                    column.sort && onSort(nextSort(sort, column.sort, { isAdded, hasOwnOrder }))
                  }
                />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

interface SortButtonProps {
  readonly column: TrackColumn
  readonly sort: readonly SortOrder[]
  readonly isTabStop: boolean
  readonly onClick: (isAdded: boolean) => void
}

/** The label of a column, with its direction, and its rank among several. */
function SortButton({ column, sort, isTabStop, onClick }: SortButtonProps) {
  const rank = sort.findIndex((order) => order.column === column.sort)
  const order = sort[rank]
  return (
    <button
      type="button"
      className={styles.sort}
      tabIndex={isTabStop ? 0 : -1}
      onClick={({ shiftKey }) => onClick(shiftKey)}
    >
      <span className={styles.label}>{column.label()}</span>
      {order && (order.descending ? <ArrowDown aria-hidden="true" /> : <ArrowUp aria-hidden="true" />)}
      {order && sort.length > 1 && (
        <span className={styles.rank} aria-hidden="true">
          {rank + 1}
        </span>
      )}
    </button>
  )
}

/** Moves the focus to the next header on one side. */
function focusNeighbour(from: EventTarget, side: 'nextElementSibling' | 'previousElementSibling'): void {
  const heading = from instanceof Element ? from.closest('[role=columnheader]')?.[side] : undefined
  heading?.querySelector('button')?.focus()
}
