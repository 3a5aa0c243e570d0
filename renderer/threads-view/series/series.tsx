import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import 'uplot/dist/uPlot.min.css'
import { onThemeChange } from '../../ui/utils/theme-change.ts'
import { processTitle } from '../model/text-format.ts'
import { findProcess, type ObjectKey, type ProcessGroup, type Scene } from '../model/threads-model.ts'
import { type Paint, usePaint } from '../painting/paint-scheduler.ts'
import { findPart, findTextCell, TextCell } from '../painting/text-cell.ts'
import { useTimeline } from '../timeline/timeline-context.ts'
import styles from './series.module.css'
import { SeriesChart, type SeriesSummary } from './series-chart.ts'
import { drawableObjects, objectKey, pickMostChanged, seriesOf } from './series-choice.ts'

interface SeriesProps {
  readonly groups: readonly ProcessGroup[]
  readonly scene: () => Scene
}

/** The objects that change most are chosen again this often, in ms, while the user chose none. */
const choiceInterval = 1000

/** The values of objects over the time shown, one row each, on the axis of the lanes. */
export function Series({ groups, scene }: SeriesProps) {
  const [chosen, setChosen] = useState<readonly ObjectKey[]>()
  const mostChanged = useMostChanged(groups, chosen === undefined)
  const present = useMemo(() => new Set(groups.flatMap(({ objects }) => objects.map(objectKey))), [groups])
  const shown = (chosen ?? mostChanged).filter((key) => present.has(objectKey(key)))
  const toggle = (key: ObjectKey): void => {
    const without = shown.filter((other) => objectKey(other) !== objectKey(key))
    setChosen(without.length < shown.length ? without : [...shown, key])
  }
  return (
    <section className={styles.series} aria-label={m.threads_series()}>
      <details className={styles.choice}>
        <summary>
          {chosen ? m.threads_series_of_chosen_objects() : m.threads_series_of_most_changed_objects()}
        </summary>
        <div className={styles.choices}>
          {drawableObjects(scene(), groups).map((key) => (
            <label key={objectKey(key)}>
              <input
                type="checkbox"
                checked={shown.some((other) => objectKey(other) === objectKey(key))}
                onChange={() => toggle(key)}
              />
              {labelOf(scene(), key)}
              {groups.length > 1 && <span className={styles.quiet}>{processTitle(key.process)}</span>}
            </label>
          ))}
          {chosen && (
            <button type="button" onClick={() => setChosen(undefined)}>
              {m.threads_choose_by_itself()}
            </button>
          )}
        </div>
      </details>
      <table aria-label={m.threads_series_of_objects()} className={styles.table}>
        <thead className={styles.head}>
          <tr>
            <th scope="col">{m.threads_column_object()}</th>
            <th scope="col">{m.threads_column_now()}</th>
            <th scope="col">{m.threads_series_min()}</th>
            <th scope="col">{m.threads_series_max()}</th>
            <th scope="col">{m.threads_series_over_time()}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((key) => (
            <SeriesRow key={objectKey(key)} object={key} label={labelOf(scene(), key)} />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className={styles.none}>{m.threads_no_object_is_chosen_choose()}</p>}
    </section>
  )
}

const labelOf = (scene: Scene, { process, id }: ObjectKey): string =>
  findProcess(scene, process)?.label(id) ?? ''

function SeriesRow({ object, label }: { readonly object: ObjectKey; readonly label: string }) {
  const row = useRef<HTMLTableRowElement>(null)
  const painter = useRef<SeriesRowPainter>(undefined)
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
    const made = new SeriesRowPainter(row.current)
    painter.current = made
    return () => {
      painter.current = undefined
      made.dispose()
    }
  }, [])
  usePaint(paint)
  return (
    <tr ref={row} className={styles.row}>
      <th scope="row" title={label}>
        {label}
      </th>
      <td data-part="now" />
      <td data-part="min" />
      <td data-part="max" />
      <td className={styles.plot}>
        <div
          data-part="window"
          className={styles.window}
          role="img"
          aria-label={m.threads_value_over_time({ object: label })}
        >
          <div data-part="chart" className={styles.chart} />
        </div>
      </td>
    </tr>
  )
}

/** Updates one row while it is visible. */
class SeriesRowPainter {
  readonly #chart: SeriesChart
  readonly #now: TextCell
  readonly #min: TextCell
  readonly #max: TextCell
  readonly #visibility: IntersectionObserver
  readonly #resizes: ResizeObserver
  readonly #endTheme: () => void
  #isVisible = false

  constructor(row: HTMLElement) {
    this.#chart = new SeriesChart(findPart(row, 'chart'))
    this.#now = findTextCell(row, 'now')
    this.#min = findTextCell(row, 'min')
    this.#max = new TextCell(findPart(row, 'max'))
    this.#visibility = new IntersectionObserver(([entry]) => {
      this.#isVisible = entry?.isIntersecting ?? false
    })
    this.#visibility.observe(row)
    this.#resizes = new ResizeObserver(([entry]) =>
      this.#chart.resize(Math.floor(entry?.contentRect.width ?? 0)),
    )
    this.#resizes.observe(findPart(row, 'window'))
    this.#endTheme = onThemeChange(() => this.#chart.setColours())
  }

  paint(scene: Scene, object: ObjectKey, to: number, span: number, moves: boolean): void {
    const series = this.#isVisible ? seriesOf(scene, object) : undefined
    if (!series || !this.#chart.paint(series, to, span, moves) || !this.#chart.summary) return
    const { now, min, max } = this.#chart.summary
    this.#now.set(formatNumber(now))
    this.#min.set(formatNumber(min))
    this.#max.set(formatNumber(max))
  }

  dispose(): void {
    this.#visibility.disconnect()
    this.#resizes.disconnect()
    this.#endTheme()
    this.#chart.destroy()
  }
}

const formatNumber = (value: SeriesSummary['now']): string =>
  value === undefined || !Number.isFinite(value) ? '—' : value.toLocaleString('en')

function useMostChanged(groups: readonly ProcessGroup[], wanted: boolean): readonly ObjectKey[] {
  const [mostChanged, setMostChanged] = useState<readonly ObjectKey[]>([])
  const lookedAt = useRef(0)
  const paint = useMemo<Paint>(() => {
    lookedAt.current = 0
    return (scene) => {
      const now = performance.now()
      if (!wanted || now - lookedAt.current < choiceInterval) return undefined
      lookedAt.current = now
      setMostChanged((was) => {
        const next = pickMostChanged(scene, groups, new Set(was.map(objectKey)))
        return next.map(objectKey).join() === was.map(objectKey).join() ? was : next
      })
      return undefined
    }
  }, [groups, wanted])
  usePaint(paint)
  return mostChanged
}
