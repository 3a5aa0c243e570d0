import { m } from '../../../shared/i18n/messages.js'
import { recordedTimes, type StateSums } from '../analysis/state-times.ts'
import { stateCode, stateText } from '../model/state-codes.ts'
import { formatDuration, noValueText } from '../model/text-format.ts'
import type { ThreadKey } from '../model/threads-model.ts'
import { findTextCell } from '../painting/text-cell.ts'
import { useAnalysisPaint } from '../painting/use-analysis-paint.ts'
import styles from './details-sections.module.css'

const paintInterval = 500

/** Not for the states before the start and after the end, which have no meaningful duration. */
const shownStates = Object.values(stateCode).filter(
  (code) => code !== stateCode.New && code !== stateCode.Terminated,
)

/** The time that a thread spent in each state: in the last minute, and since it was first seen. */
export function StateShares({ thread }: { readonly thread: ThreadKey }) {
  const element = useAnalysisPaint(thread.process, paintInterval, (root: HTMLTableElement) => {
    const rows = shownStates.map(
      (code) => new StateRow(root.tBodies[0]!.rows[shownStates.indexOf(code)]!, code),
    )
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
      <caption>{m.threads_time_in_each_state()}</caption>
      <thead>
        <tr>
          <th scope="col">{m.threads_column_state()}</th>
          <th scope="col">{m.threads_last_60_s()}</th>
          <th scope="col">{m.threads_since_first_seen()}</th>
        </tr>
      </thead>
      <tbody>
        {shownStates.map((code) => (
          <tr key={code} hidden>
            <th scope="row">{stateText(code)}</th>
            <td data-part="recent" />
            <td data-part="total" />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

class StateRow {
  readonly #row: HTMLElement
  readonly #code: number
  readonly #recent
  readonly #total

  constructor(row: HTMLElement, code: number) {
    this.#row = row
    this.#code = code
    this.#recent = findTextCell(row, 'recent')
    this.#total = findTextCell(row, 'total')
  }

  /** `total` is undefined for a past moment, for which only the last minute is recorded. */
  show(recent: StateSums, total: StateSums | undefined): void {
    const recentTime = recent[this.#code] ?? 0
    const totalTime = total?.[this.#code] ?? 0
    this.#row.hidden = recentTime === 0 && totalTime === 0
    this.#recent.set(formatShare(recentTime, sumOf(recent)))
    this.#total.set(
      total ? `${formatShare(totalTime, sumOf(total))}, ${formatDuration(totalTime)}` : noValueText,
    )
  }
}

const sumOf = (sums: StateSums): number =>
  sums.reduce((sum, ms, code) => sum + (code === stateCode.Terminated ? 0 : ms), 0)

/** Formats a share like `12.3 %`. A share above 0 that rounds to 0 is `< 0.1 %`. */
export function formatShare(part: number, total: number): string {
  if (total === 0 || part === 0) return '0 %'
  const percent = (part / total) * 100
  return percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`
}
