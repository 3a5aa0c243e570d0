import type { SortColumn, SortOrder } from '../../../shared/library/sort.ts'

interface SortClick {
  /** Whether the column is added to the columns that the list is sorted by. */
  readonly isAdded: boolean
  /** Whether the list has a sequence of its own, to which a third click returns. */
  readonly hasOwnOrder: boolean
}

/** Returns the sort order after a click on a column. */
export function nextSort(
  sort: readonly SortOrder[],
  column: SortColumn,
  { isAdded, hasOwnOrder }: SortClick,
): readonly SortOrder[] {
  const present = sort.find((order) => order.column === column)
  const reversed = { column, descending: present !== undefined && !present.descending }
  if (!isAdded) {
    const isOver = hasOwnOrder && sort.length === 1 && present?.descending === true
    return isOver ? [] : [sort.length === 1 ? reversed : { column, descending: false }]
  }
  if (present === undefined) return [...sort, reversed]
  const others = sort.filter((order) => order !== present)
  return present.descending && others.length > 0
    ? others
    : sort.map((order) => (order === present ? reversed : order))
}
