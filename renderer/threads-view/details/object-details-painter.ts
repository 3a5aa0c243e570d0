import type { ObjectKind, ObjectView } from '@skein/threading/inspect'
import { wakeOperationFor } from '@skein/threading/inspect'
import { m } from '../../../shared/i18n/messages.js'
import type { ProcessAnalysis } from '../analysis/process-analysis.ts'
import { formatList } from '../analysis/reason-text.ts'
import { kindDescriptions } from '../model/object-kinds/object-kinds.ts'
import type { ProcessModel } from '../model/process-model.ts'
import { formatDuration, noValueText } from '../model/text-format.ts'
import { findPart, findTextCell, type TextCell } from '../painting/text-cell.ts'
import type { AnalysedScene } from '../painting/use-analysis-paint.ts'
import { objectValueText } from './object-row-painter.ts'
import { formatShare } from './state-shares.tsx'

const summaryFields = ['p50', 'p95', 'p99', 'maxDuration'] as const

/** Updates the details of one object. */
export class ObjectDetailsPainter {
  readonly #root: HTMLElement
  readonly #id: number
  readonly #value: TextCell
  readonly #holder: TextCell
  readonly #wakers: TextCell
  readonly #wakersTerm: TextCell
  readonly #contention: TextCell
  readonly #waits: TextCell
  readonly #summaryCells: readonly TextCell[]
  readonly #waiters: HTMLElement
  readonly #noWaiters: TextCell
  #shownWaiters = ''

  constructor(root: HTMLElement, id: number) {
    this.#root = root
    this.#id = id
    this.#value = findTextCell(root, 'value')
    this.#holder = findTextCell(root, 'holder')
    this.#wakers = findTextCell(root, 'feeders')
    this.#wakersTerm = findTextCell(root, 'feeders-term')
    this.#contention = findTextCell(root, 'contention')
    this.#waits = findTextCell(root, 'waits')
    this.#summaryCells = summaryFields.map((name) => findTextCell(root, name))
    this.#waiters = findPart(root, 'waiters')
    this.#noWaiters = findTextCell(root, 'nobody')
  }

  paint({ process, analysis, isPast }: AnalysedScene): void {
    const object = process.object(this.#id)
    if (!object) return
    this.#value.set(objectValueText(process, object))
    this.#holder.set(object.holder ? process.threadName(object.holder) : noValueText)
    const operation = acquiringOperation(object.kind)
    this.#setShown('holder', object.holder !== undefined || operation === 'acquire')
    this.#paintWakers(analysis, object)
    this.#contention.set(contentionText(analysis, object, isPast))
    this.#setShown('contention', operation !== undefined)
    this.#paintWaits(analysis, isPast)
    this.#paintWaiters(process, object)
  }

  #setShown(fact: string, isShown: boolean): void {
    const line = this.#root.querySelector<HTMLElement>(`[data-fact="${fact}"]`)
    if (line) line.hidden = !isShown
  }

  #paintWakers(analysis: ProcessAnalysis, object: ObjectView): void {
    const operation = acquiringOperation(object.kind) ?? 'wait'
    const names = analysis.wakerStats.namesOf(object.id, wakeOperationFor(object.kind, operation))
    const { waits } = kindDescriptions[object.kind]
    const waker = waits?.wakerText(operation) ?? ''
    this.#wakersTerm.set(waker.charAt(0).toUpperCase() + waker.slice(1))
    this.#wakers.set(names.length === 0 ? m.threads_wakers_none() : formatList(names))
    // A wait for a lock is ended by its holder, which has its own line.
    this.#setShown('feeders', waits !== undefined && waits.endedBy !== 'holder')
  }

  #paintWaits(analysis: ProcessAnalysis, isPast: boolean): void {
    const summary = analysis.waitTimes.summaryOf(this.#id)
    this.#waits.set(
      summary === undefined
        ? m.threads_waits_none()
        : withLater(m.threads_waits_count({ count: summary.count }), isPast),
    )
    summaryFields.forEach((name, index) => {
      this.#setShown(name, summary !== undefined)
      this.#summaryCells[index]?.set(summary === undefined ? noValueText : formatDuration(summary[name]))
    })
  }

  #paintWaiters(process: ProcessModel, { waiters }: ObjectView): void {
    const names = waiters.map((id) => process.threadName(id))
    const waiting = names.join('\n')
    this.#noWaiters.set(names.length === 0 ? m.threads_waiters_none() : '')
    if (waiting === this.#shownWaiters) return
    this.#shownWaiters = waiting
    this.#waiters.replaceChildren(...names.map(listItem))
  }
}

function listItem(name: string): HTMLElement {
  const line = document.createElement('li')
  line.textContent = name
  return line
}

const acquiringOperation = (kind: ObjectKind) => kindDescriptions[kind].acquisition?.operation

/** Returns `12 of 340 acquisitions (3.5 %)`. */
function contentionText(analysis: ProcessAnalysis, { id, kind }: ObjectView, isPast: boolean): string {
  const { acquisitions: count, waited } = analysis.contention.of(id)
  if (count === 0) return m.threads_contention_none()
  const share = formatShare(waited, count)
  const text = withLater(
    kindDescriptions[kind].acquisition?.contentionText({ waited, count, share }) ?? '',
    isPast,
  )
  if (analysis.unrecordedCount === 0) return text
  return m.threads_contention_sampled({ text, count: analysis.unrecordedCount })
}

/** Statistics include what happened later, also while a past moment is shown. */
const withLater = (text: string, isPast: boolean): string =>
  isPast ? m.threads_statistics_with_later({ text }) : text
