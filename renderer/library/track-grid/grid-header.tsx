// biome-ignore-all lint/a11y/useSemanticElements: a virtual list needs rows with free positions, which a table does not allow
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import type { SortColumn, SortOrder } from '../../../shared/library/sort.ts'
import { search } from '../../session/list-requests.ts'
import { useWindow } from '../../store/window-store.ts'
import { trackColumns } from './track-columns.ts'
import styles from './track-grid.module.css'

/**
 * The column headers. A click sorts by the column, another click reverses it. One tab stop; the arrow keys
 * move between the headers.
 */
export function GridHeader({ onLeave }: { readonly onLeave: () => void }) {
  const orders = useWindow((state) => state.sort)
  const sort = orders[0]
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'ArrowDown') onLeave()
    else if (event.key === 'ArrowRight') focusNeighbour(event.target, 'nextElementSibling')
    else if (event.key === 'ArrowLeft') focusNeighbour(event.target, 'previousElementSibling')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div role="rowgroup" className={styles.head}>
      <div className={styles.headings} role="row" aria-rowindex={1} tabIndex={-1} onKeyDown={onKeyDown}>
        {trackColumns.map((column, index) => {
          const isSorted = sort?.column === column.sort
          return (
            <div
              key={column.sort}
              className={styles.heading}
              role="columnheader"
              aria-colindex={index + 1}
              aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
              data-column={column.sort}
              tabIndex={-1}
            >
              <button
                type="button"
                className={styles.sort}
                tabIndex={isSorted ? 0 : -1}
                onClick={() => search({ sort: sortedBy(column.sort, sort) })}
              >
                {column.label()}
                {isSorted &&
                  (sort.descending ? <ArrowDown aria-hidden="true" /> : <ArrowUp aria-hidden="true" />)}
              </button>
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** A click on the sorted column reverses it. */
const sortedBy = (column: SortColumn, present: SortOrder | undefined): SortOrder[] => [
  { column, descending: present?.column === column && !present.descending },
]

/** Moves the focus to the next visible header on one side. */
function focusNeighbour(from: EventTarget, side: 'nextElementSibling' | 'previousElementSibling'): void {
  let heading = from instanceof Element ? from.closest('[role=columnheader]')?.[side] : undefined
  while (heading && heading.getClientRects().length === 0) heading = heading[side]
  heading?.querySelector('button')?.focus()
}
