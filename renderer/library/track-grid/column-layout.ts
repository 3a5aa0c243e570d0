/** The room that a column takes. */
export interface ColumnWidth {
  /** CSS pixels. */
  readonly min: number
  /** The share of the room that is left; 0 for a column of constant width. */
  readonly grow: number
  /** The column with the lowest number leaves a narrow window first. */
  readonly priority: number
}

/** Returns the columns that fit, in their sequence. One column always stays. */
export function fitColumns<Column extends ColumnWidth>(
  columns: readonly Column[],
  width: number,
): readonly Column[] {
  let fitting = columns
  while (fitting.length > 1 && totalWidth(fitting) > width) {
    const first = Math.min(...fitting.map(({ priority }) => priority))
    fitting = fitting.filter(({ priority }) => priority !== first)
  }
  return fitting
}

/** Returns the value of `grid-template-columns`. */
export const columnTemplate = (columns: readonly ColumnWidth[]): string =>
  columns.map(({ min, grow }) => (grow === 0 ? `${min}px` : `minmax(${min}px, ${grow}fr)`)).join(' ')

const totalWidth = (columns: readonly ColumnWidth[]): number => columns.reduce((sum, { min }) => sum + min, 0)
