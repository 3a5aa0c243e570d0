import { stateCode, stateNames } from '../states.ts'
import { textPart } from '../text-cell.ts'
import type { ThreadKey } from '../threads-model.ts'
import { duration, nothing } from '../words.ts'
import styles from './analysis.module.css'
import { recordedTimes, type StateSums } from './state-times.ts'
import { useAnalysisPaint } from './use-analysis-paint.ts'

const step = 500

/** A thread that has ended is in its state for ever: that is no time worth telling. */
const told = Object.values(stateCode).filter(
  (code) => code !== stateCode.New && code !== stateCode.Terminated,
)

/** How long a thread was in each state: over the last minute, and since it was first seen. */
export function StateShares({ thread }: { readonly thread: ThreadKey }) {
  const element = useAnalysisPaint(thread.process, step, (root: HTMLTableElement) => {
    const rows = told.map((code) => new Row(root.tBodies[0]!.rows[told.indexOf(code)]!, code))
    return {
      paint: ({ at, process, analysis, isPast }) => {
        const times = analysis.stateTimes(thread.id)
        const history = process.history(thread.id)
        const recent = isPast ? history && recordedTimes(history, at) : times?.recent(at)
        if (!recent) return
        const total = isPast ? undefined : times?.total(at)
        for (const row of rows) row.show(recent, total)
      },
    }
  })
  return (
    <table ref={element} className={styles.figures}>
      <caption>Time in each state</caption>
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Last 60 s</th>
          <th scope="col">Since first seen</th>
        </tr>
      </thead>
      <tbody>
        {told.map((code) => (
          <tr key={code} hidden>
            <th scope="row">{stateNames[code]}</th>
            <td data-part="recent" />
            <td data-part="total" />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

class Row {
  readonly #row: HTMLElement
  readonly #code: number
  readonly #recent
  readonly #total

  constructor(row: HTMLElement, code: number) {
    this.#row = row
    this.#code = code
    this.#recent = textPart(row, 'recent')
    this.#total = textPart(row, 'total')
  }

  /** `total`: undefined for a moment that is looked back at: only the last minute is known of it. */
  show(recent: StateSums, total: StateSums | undefined): void {
    const lately = recent[this.#code] ?? 0
    const ever = total?.[this.#code] ?? 0
    this.#row.hidden = lately === 0 && ever === 0
    this.#recent.set(share(lately, sumOf(recent)))
    this.#total.set(total ? `${share(ever, sumOf(total))}, ${duration(ever)}` : nothing)
  }
}

const sumOf = (sums: StateSums): number =>
  sums.reduce((sum, ms, code) => sum + (code === stateCode.Terminated ? 0 : ms), 0)

/** `12.3 %`; what is there and rounds to nothing is `< 0.1 %`. */
export function share(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0 %'
  const percent = (part / whole) * 100
  return percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`
}
