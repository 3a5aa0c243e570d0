import type { SortOrder } from '../../shared/library/sort.ts'

/** Where the user was in a list. */
export interface ListPosition {
  /** The scroll offset in CSS pixels. */
  readonly offset: number
  /** The index of the first visible item. */
  readonly first: number
  /** The index of the item with the focus, −1 for none. */
  readonly focused: number
  /** The chosen sort order; undefined for the list's own. */
  readonly sort: readonly SortOrder[] | undefined
}

const initialPosition: ListPosition = { offset: 0, first: 0, focused: -1, sort: undefined }

/** A limit on the remembered lists. The oldest are forgotten. */
const maxPositions = 500

const positions = new Map<string, ListPosition>()

/** Returns the last position in the list with this address. */
export const positionOf = (address: string): ListPosition => positions.get(address) ?? initialPosition

/** Remembers where the user is in a list, so that going back returns there. */
export function savePosition(address: string, change: Partial<ListPosition>): void {
  const position = { ...positionOf(address), ...change }
  // The last entries of the map are the newest.
  positions.delete(address)
  positions.set(address, position)
  const [oldest] = positions.keys()
  if (positions.size > maxPositions && oldest !== undefined) positions.delete(oldest)
}
