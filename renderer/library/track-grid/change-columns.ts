import type { TrackColumnId } from '../../../shared/library/track-columns.ts'

/** Shows a column after the others, or hides it. The title stays. */
export function toggleColumn(columns: readonly TrackColumnId[], id: TrackColumnId): readonly TrackColumnId[] {
  if (!columns.includes(id)) return [...columns, id]
  return id === 'title' ? columns : columns.filter((column) => column !== id)
}

/** Moves a column before its neighbour, or after it. */
export function moveColumn(
  columns: readonly TrackColumnId[],
  id: TrackColumnId,
  step: -1 | 1,
): readonly TrackColumnId[] {
  const index = columns.indexOf(id)
  const neighbour = columns[index + step]
  if (index < 0 || neighbour === undefined) return columns
  const moved = [...columns]
  moved[index] = neighbour
  moved[index + step] = id
  return moved
}
