import type { ObjectView } from '../../../shared/threading/view.ts'
import { endedThrough } from '../../../shared/threading/view.ts'
import { valueText } from '../object-painter.ts'
import type { ProcessModel } from '../process-model.ts'
import { part, type TextCell, textPart } from '../text-cell.ts'
import { count, duration, nothing } from '../words.ts'
import { acquiringAct } from './contention.ts'
import type { ProcessAnalysis } from './process-analysis.ts'
import { share } from './state-shares.tsx'
import type { AnalysedScene } from './use-analysis-paint.ts'
import { listed, verbOf } from './why.ts'

/** Follows what is learned of all that is known, where an earlier moment is shown. */
const laterToo = ', later ones included'

const figures = ['p50', 'p95', 'p99', 'longest'] as const

/** Keeps what is told of one object true. */
export class ObjectDetailsPainter {
  readonly #root: HTMLElement
  readonly #id: number
  readonly #value: TextCell
  readonly #holder: TextCell
  readonly #feeders: TextCell
  readonly #feedersTerm: TextCell
  readonly #contention: TextCell
  readonly #waits: TextCell
  readonly #figures: readonly TextCell[]
  readonly #waiters: HTMLElement
  readonly #nobody: TextCell
  #waiting = ''

  constructor(root: HTMLElement, id: number) {
    this.#root = root
    this.#id = id
    this.#value = textPart(root, 'value')
    this.#holder = textPart(root, 'holder')
    this.#feeders = textPart(root, 'feeders')
    this.#feedersTerm = textPart(root, 'feeders-term')
    this.#contention = textPart(root, 'contention')
    this.#waits = textPart(root, 'waits')
    this.#figures = figures.map((name) => textPart(root, name))
    this.#waiters = part(root, 'waiters')
    this.#nobody = textPart(root, 'nobody')
  }

  paint({ process, analysis, isPast }: AnalysedScene): void {
    const object = process.object(this.#id)
    if (!object) return
    this.#value.set(valueText(process, object))
    this.#holder.set(object.holder ? process.threadName(object.holder) : nothing)
    this.#show('holder', object.holder !== undefined || acquiringAct(object.kind) === 'acquire')
    this.#paintFeeders(analysis, object)
    this.#contention.set(contentionText(analysis, object, isPast))
    this.#show('contention', acquiringAct(object.kind) !== undefined)
    this.#paintWaits(analysis, isPast)
    this.#paintWaiters(process, object)
  }

  #show(fact: string, isShown: boolean): void {
    const line = this.#root.querySelector<HTMLElement>(`[data-fact="${fact}"]`)
    if (line) line.hidden = !isShown
  }

  #paintFeeders(analysis: ProcessAnalysis, object: ObjectView): void {
    const operation = acquiringAct(object.kind) ?? 'wait'
    const names = analysis.feeders.of(object.id, endedThrough(object.kind, operation))
    const verb = verbOf(object, operation)
    this.#feedersTerm.set(verb.charAt(0).toUpperCase() + verb.slice(1))
    this.#feeders.set(names.length === 0 ? 'nobody seen yet' : listed(names))
    // Who holds a lock ends the wait for it: that is told already.
    this.#show('feeders', object.kind !== 'Lock' && object.kind !== 'RLock' && object.kind !== 'Cell')
  }

  #paintWaits(analysis: ProcessAnalysis, isPast: boolean): void {
    const summary = analysis.waits.of(this.#id)
    const later = isPast ? laterToo : ''
    this.#waits.set(
      summary === undefined ? 'none seen end yet' : `${count(summary.count, 'wait', 'waits')}${later}`,
    )
    figures.forEach((name, index) => {
      this.#show(name, summary !== undefined)
      this.#figures[index]?.set(summary === undefined ? nothing : duration(summary[name]))
    })
  }

  #paintWaiters(process: ProcessModel, { waiters }: ObjectView): void {
    const names = waiters.map((id) => process.threadName(id))
    const waiting = names.join('\n')
    this.#nobody.set(names.length === 0 ? 'Nobody waits for it.' : '')
    if (waiting === this.#waiting) return
    this.#waiting = waiting
    this.#waiters.replaceChildren(...names.map(lineOf))
  }
}

function lineOf(name: string): HTMLElement {
  const line = document.createElement('li')
  line.textContent = name
  return line
}

/** `12 of 340 acquisitions (3.5 %)`. */
function contentionText(analysis: ProcessAnalysis, { id, kind }: ObjectView, isPast: boolean): string {
  const { acquisitions, waited } = analysis.contention.of(id)
  if (acquisitions === 0) return 'none was recorded yet'
  const what =
    acquiringAct(kind) === 'acquire' ? 'acquisitions' : acquiringAct(kind) === 'get' ? 'gets' : 'waits'
  const later = isPast ? laterToo : ''
  const told = `${waited} of ${acquisitions} ${what} (${share(waited, acquisitions)})${later}`
  if (analysis.unmarked === 0) return told
  return `about ${told}: ${count(analysis.unmarked, 'operation was', 'operations were')} not recorded`
}
