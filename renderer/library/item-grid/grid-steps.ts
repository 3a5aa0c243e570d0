export interface GridShape {
  readonly count: number
  readonly columns: number
  /** The rows that fit on the screen. */
  readonly rowsPerPage: number
}

/** Returns the item to which a key moves the focus in a grid; undefined if the key does not move it. */
export function stepInGrid(key: string, index: number, shape: GridShape): number | undefined {
  const { count, rowsPerPage } = shape
  const last = count - 1
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, index - 1)
    case 'ArrowRight':
      return Math.min(last, index + 1)
    case 'ArrowUp':
      return stepRows(-1, index, shape)
    case 'ArrowDown':
      return stepRows(1, index, shape)
    case 'PageUp':
      return stepRows(-Math.max(1, rowsPerPage - 1), index, shape)
    case 'PageDown':
      return stepRows(Math.max(1, rowsPerPage - 1), index, shape)
    case 'Home':
      return 0
    case 'End':
      return Math.max(0, last)
    default:
      return undefined
  }
}

/** The column stays, except that the last row may be too short. */
function stepRows(rows: number, index: number, { count, columns }: GridShape): number {
  const column = index % columns
  const lastRow = Math.floor((count - 1) / columns)
  const row = Math.min(lastRow, Math.max(0, Math.floor(index / columns) + rows))
  return Math.min(count - 1, row * columns + column)
}
