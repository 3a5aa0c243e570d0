import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import 'uplot/dist/uPlot.min.css'
import { type Paint, usePaint } from '../frames.ts'
import { onThemeChange } from '../lane-palette.ts'
import { part, TextCell, textPart } from '../text-cell.ts'
import { type ObjectKey, type ProcessGroup, processOf, type Scene } from '../threads-model.ts'
import { useTimeline } from '../timeline/timeline-context.ts'
import { processWord } from '../words.ts'
import { changedMost, drawable, objectKey, seriesOf } from './choice.ts'
import styles from './series.module.css'
import { SeriesChart, type SeriesFacts } from './series-chart.ts'

interface SeriesProps {
  readonly groups: readonly ProcessGroup[]
  readonly scene: () => Scene
}

/** The objects that change most are looked up this often, in ms, while the user chose none. */
const step = 1000

/** What objects hold over the time shown: a row each, on the lanes' axis. */
export function Series({ groups, scene }: SeriesProps) {
  const [chosen, setChosen] = useState<readonly ObjectKey[]>()
  const most = useChangedMost(groups, chosen === undefined)
  const present = useMemo(() => new Set(groups.flatMap(({ objects }) => objects.map(objectKey))), [groups])
  const shown = (chosen ?? most).filter((key) => present.has(objectKey(key)))
  const toggle = (key: ObjectKey): void => {
    const without = shown.filter((other) => objectKey(other) !== objectKey(key))
    setChosen(without.length < shown.length ? without : [...shown, key])
  }
  return (
    <section className={styles.series} aria-label="Series">
      <details className={styles.choice}>
        <summary>Series: {chosen ? 'the objects you chose' : 'the objects that change most'}</summary>
        <div className={styles.choices}>
          {drawable(scene(), groups).map((key) => (
            <label key={objectKey(key)}>
              <input
                type="checkbox"
                checked={shown.some((other) => objectKey(other) === objectKey(key))}
                onChange={() => toggle(key)}
              />
              {labelOf(scene(), key)}
              {groups.length > 1 && <span className={styles.quiet}>{processWord(key.process)}</span>}
            </label>
          ))}
          {chosen && (
            <button type="button" onClick={() => setChosen(undefined)}>
              Choose by itself
            </button>
          )}
        </div>
      </details>
      <table aria-label="Series of objects" className={styles.table}>
        <thead className={styles.head}>
          <tr>
            {['Object', 'Now', 'Least', 'Most', 'Over time'].map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((key) => (
            <SeriesRow key={objectKey(key)} object={key} label={labelOf(scene(), key)} />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className={styles.none}>No object is chosen. Choose one above.</p>}
    </section>
  )
}

const labelOf = (scene: Scene, { process, id }: ObjectKey): string =>
  processOf(scene, process)?.label(id) ?? ''

function SeriesRow({ object, label }: { readonly object: ObjectKey; readonly label: string }) {
  const row = useRef<HTMLTableRowElement>(null)
  const painter = useRef<RowPainter>(undefined)
  const timeline = useTimeline()
  const paint = useCallback<Paint>(
    (scene) => {
      const { span } = timeline.state()
      painter.current?.paint(scene, object, timeline.extent().to, span, !timeline.isFrozen)
      return undefined
    },
    [object, timeline],
  )
  useEffect(() => {
    if (!row.current) return
    const made = new RowPainter(row.current)
    painter.current = made
    return () => {
      painter.current = undefined
      made.end()
    }
  }, [])
  usePaint(paint)
  return (
    <tr ref={row} className={styles.row}>
      <th scope="row" title={label}>
        {label}
      </th>
      <td data-part="now" />
      <td data-part="least" />
      <td data-part="most" />
      <td className={styles.plot}>
        <div data-part="window" className={styles.window} role="img" aria-label={`${label} over time`}>
          <div data-part="chart" className={styles.chart} />
        </div>
      </td>
    </tr>
  )
}

/** Keeps one row true while it can be seen. */
class RowPainter {
  readonly #chart: SeriesChart
  readonly #now: TextCell
  readonly #least: TextCell
  readonly #most: TextCell
  readonly #seen: IntersectionObserver
  readonly #sizes: ResizeObserver
  readonly #endTheme: () => void
  #isSeen = false

  constructor(row: HTMLElement) {
    this.#chart = new SeriesChart(part(row, 'chart'))
    this.#now = textPart(row, 'now')
    this.#least = textPart(row, 'least')
    this.#most = new TextCell(part(row, 'most'))
    this.#seen = new IntersectionObserver(([entry]) => {
      this.#isSeen = entry?.isIntersecting ?? false
    })
    this.#seen.observe(row)
    this.#sizes = new ResizeObserver(([entry]) =>
      this.#chart.resize(Math.floor(entry?.contentRect.width ?? 0)),
    )
    this.#sizes.observe(part(row, 'window'))
    this.#endTheme = onThemeChange(() => this.#chart.setColours())
  }

  paint(scene: Scene, object: ObjectKey, to: number, span: number, moves: boolean): void {
    const series = this.#isSeen ? seriesOf(scene, object) : undefined
    if (!series || !this.#chart.paint(series, to, span, moves) || !this.#chart.facts) return
    const { now, least, most } = this.#chart.facts
    this.#now.set(figure(now))
    this.#least.set(figure(least))
    this.#most.set(figure(most))
  }

  end(): void {
    this.#seen.disconnect()
    this.#sizes.disconnect()
    this.#endTheme()
    this.#chart.destroy()
  }
}

const figure = (value: SeriesFacts['now']): string =>
  value === undefined || !Number.isFinite(value) ? '—' : value.toLocaleString('en')

function useChangedMost(groups: readonly ProcessGroup[], wanted: boolean): readonly ObjectKey[] {
  const [most, setMost] = useState<readonly ObjectKey[]>([])
  const lookedAt = useRef(0)
  const paint = useMemo<Paint>(() => {
    lookedAt.current = 0
    return (scene) => {
      const now = performance.now()
      if (!wanted || now - lookedAt.current < step) return undefined
      lookedAt.current = now
      setMost((was) => {
        const next = changedMost(scene, groups, new Set(was.map(objectKey)))
        return next.map(objectKey).join() === was.map(objectKey).join() ? was : next
      })
      return undefined
    }
  }, [groups, wanted])
  usePaint(paint)
  return most
}
