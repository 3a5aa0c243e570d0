/**
 * Columns of equal time, each as wide as a pixel. They are counted from one moment on, so that the same time falls
 * into the same column wherever the picture begins, and a picture that moves need not be drawn again. Counted from
 * 1970 their numbers would be too large to be exact when a column lasts a microsecond.
 */
export class TimeColumns {
  /** Milliseconds of a column. */
  readonly width: number
  readonly oldest: number
  readonly newest: number

  /** Those of the `span` ms up to `to`, so many that fit beside each other. */
  constructor(to: number, span: number, count: number) {
    this.width = span / count
    this.newest = this.columnAt(to)
    this.oldest = this.newest - count + 1
  }

  /** The column that a time falls into. */
  columnAt(time: number): number {
    return Math.floor((time - origin) / this.width)
  }

  /** When a column begins. */
  start(column: number): number {
    return origin + column * this.width
  }
}

/** Any moment near what is shown will do; what a host recorded before the page was there comes after it too. */
const origin = Math.floor(performance.timeOrigin) - 86_400_000

/** The place of a column in a pattern that repeats. */
export const indexInPeriod = (column: number, period: number): number => ((column % period) + period) % period
