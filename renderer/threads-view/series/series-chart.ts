import uPlot from 'uplot'
import type { TimedEntries } from '../model/timed-entries.ts'
import { TimeColumns } from '../timeline/time-columns.ts'
import type { Extent } from '../timeline/viewport.ts'
import { scaleTop, seriesPoints } from './series-points.ts'

/** Spare columns beyond those that are shown, like those of the lanes. */
const spareColumns = 64
const chartHeight = 40

/** Milliseconds between two drawings of a line whose values change all the time. */
const redrawInterval = 250

/** The numbers beside the line. */
export interface SeriesSummary {
  readonly now: number | undefined
  readonly min: number
  readonly max: number
  readonly changes: number
}

/**
 * The value of one object over time, as a stepped line below the lanes. The chart is wider than its visible part and
 * moved by a style, so it is drawn again only when the value changed or the spare columns are used up.
 */
export class SeriesChart {
  readonly #root: HTMLElement
  readonly #plot: uPlot
  #count = 0
  #colours: SeriesColours
  /** What was drawn last: the part of time, the end of the series, and when. */
  #drawnPart = ''
  #drawnEnd = 0
  #drawnAt = 0
  #left = 0
  #transform = ''
  summary: SeriesSummary | undefined

  constructor(root: HTMLElement) {
    this.#root = root
    this.#colours = readColours(root)
    this.#plot = new uPlot(
      createOptions(() => this.#colours),
      [[], []],
      root,
    )
  }

  /** The width of the visible part, in CSS pixels. */
  resize(width: number): void {
    if (width === this.#count) return
    this.#count = width
    this.#drawnPart = ''
    this.#plot.setSize({ width: width + spareColumns, height: chartHeight })
  }

  setColours(): void {
    this.#colours = readColours(this.#root)
    this.#plot.redraw(false)
  }

  /** Paints like the lanes. Returns whether anything was drawn. */
  paint(series: TimedEntries, to: number, span: number, moves: boolean): boolean {
    const count = this.#count
    if (count === 0) return false
    const columns = new TimeColumns(to, span, count)
    const part = `${span} ${moves ? 'moves' : to}`
    const isOutside =
      part !== this.#drawnPart || columns.oldest > this.#left + spareColumns || columns.oldest < this.#left
    const isStale = series.end !== this.#drawnEnd && (!moves || to - this.#drawnAt >= redrawInterval)
    const drawn = isOutside || isStale
    if (drawn) {
      this.#drawnPart = part
      this.#drawnEnd = series.end
      this.#drawnAt = to
      this.#left = columns.oldest
      this.#draw(series, columns, moves ? undefined : { from: to - span, to })
    }
    const transform = `translateX(${this.#left - columns.oldest}px)`
    if (transform !== this.#transform) {
      this.#transform = transform
      this.#root.style.transform = transform
    }
    return drawn
  }

  destroy(): void {
    this.#plot.destroy()
  }

  #draw(series: TimedEntries, columns: TimeColumns, frozen: Extent | undefined): void {
    const from = columns.start(columns.oldest)
    const end = columns.start(columns.newest + 1 + spareColumns)
    const shown = frozen ?? { from, to: end }
    const { times, values, min, max, changes } = seriesPoints(
      series,
      shown,
      frozen ? frozen.to : end,
      columns.width,
    )
    this.summary = { now: values.at(-1), min, max, changes }
    // Times count from the left edge, so that the chart's numbers stay small and exact.
    const zero = frozen ? frozen.from : from
    this.#plot.batch(() => {
      this.#plot.setData([times.map((time) => time - zero), values], false)
      this.#plot.setScale('x', { min: 0, max: end - from })
      this.#plot.setScale('y', { min: Math.min(0, min), max: scaleTop(max) })
    })
  }
}

interface SeriesColours {
  readonly line: string
  readonly ground: string
}

/** The chart asks for its colours with every drawing, and reading the style may update the whole page's. */
function readColours(root: HTMLElement): SeriesColours {
  const style = getComputedStyle(root)
  return {
    line: style.getPropertyValue('--series').trim(),
    ground: style.getPropertyValue('--series-ground').trim(),
  }
}

function createOptions(colours: () => SeriesColours): uPlot.Options {
  return {
    width: 100,
    height: chartHeight,
    padding: [4, 0, 2, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, auto: false }, y: { auto: false } },
    axes: [{ show: false }, { show: false }],
    series: [
      {},
      {
        stroke: () => colours().line,
        fill: () => colours().ground,
        width: 1.5,
        points: { show: false },
        ...(uPlot.paths.stepped && { paths: uPlot.paths.stepped({ align: 1 }) }),
      },
    ],
  }
}
