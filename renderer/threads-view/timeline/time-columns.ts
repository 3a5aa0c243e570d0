/**
 * Columns of equal time, each as wide as a pixel. They are numbered from a fixed moment, so that a time is in the same
 * column wherever the picture begins, and a picture that moves need not be drawn again. Numbered from 1970 they would be
 * too large to be exact when a column lasts a microsecond.
 */
export class TimeColumns {
  /** The length of a column in ms. */
  readonly width: number
  readonly oldest: number
  readonly newest: number

  /** Divides the `span` ms up to `to` into `count` columns. */
  constructor(to: number, span: number, count: number) {
    this.width = span / count
    this.newest = this.columnAt(to)
    this.oldest = this.newest - count + 1
  }

  /** Returns the column of a time. */
  columnAt(time: number): number {
    return Math.floor((time - origin) / this.width)
  }

  /** Returns when a column begins. */
  start(column: number): number {
    return origin + column * this.width
  }
}

/** A moment near the times shown. It is also before everything that a host recorded before the page was opened. */
const origin = Math.floor(performance.timeOrigin) - 86_400_000

/** Returns the index of a column in a repeating pattern. */
export const indexInPeriod = (column: number, period: number): number => ((column % period) + period) % period
