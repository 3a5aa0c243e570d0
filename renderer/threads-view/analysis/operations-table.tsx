import type { ActEvent } from '../../../shared/threading/view.ts'
import { type TextCell, textPart } from '../text-cell.ts'
import type { ThreadKey } from '../threads-model.ts'
import { timeOfDay } from '../words.ts'
import styles from './analysis.module.css'
import { keptOperations } from './last-operations.ts'
import { valueWords } from './operation-words.ts'
import { type AnalysedScene, useAnalysisPaint } from './use-analysis-paint.ts'

/** A list that changes more often than this, in ms, cannot be read. */
const step = 200

const rows = Array.from({ length: keptOperations }, (_, index) => index)

/** The last operations of a thread on primitives, the newest first. */
export function OperationsTable({ thread }: { readonly thread: ThreadKey }) {
  const element = useAnalysisPaint(thread.process, step, (root: HTMLElement) => new Painter(root, thread.id))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section ref={element} className={styles.operations} aria-label="Last operations" tabIndex={0}>
      <p data-part="none" className={styles.quiet} />
      <table className={styles.figures} hidden>
        <caption>Last operations</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Operation</th>
            <th scope="col">Object</th>
            <th scope="col">Then</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row} hidden>
              <td data-part="at" />
              <td data-part="act" />
              <td data-part="object" />
              <td data-part="value" />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The last operations of a thread up to the moment that is shown, the newest first. */
export function operationsAt(scene: AnalysedScene, thread: number): readonly ActEvent[] {
  const { at, process, analysis, isPast } = scene
  const newest = analysis.operations(thread)?.newest() ?? []
  if (!isPast) return newest
  // Those that are kept go further back than the recording, unless too much happened since.
  const kept = newest.filter((act) => act.at <= at)
  const recorded = process.recording.lastActs(keptOperations, at).get(thread) ?? []
  return recorded.length > kept.length ? recorded : kept
}

class Painter {
  readonly #thread: number
  readonly #table: HTMLTableElement
  readonly #none: TextCell
  readonly #lines: readonly Line[]
  #shown: readonly ActEvent[] | undefined

  constructor(root: HTMLElement, thread: number) {
    this.#thread = thread
    this.#table = root.querySelector('table')!
    this.#none = textPart(root, 'none')
    this.#lines = [...this.#table.tBodies[0]!.rows].map((row) => new Line(row))
  }

  paint(scene: AnalysedScene): void {
    const operations = operationsAt(scene, this.#thread)
    if (operations.length === this.#shown?.length && operations[0] === this.#shown[0]) return
    this.#shown = operations
    this.#table.hidden = operations.length === 0
    this.#none.set(operations.length === 0 ? noneWords(scene) : '')
    this.#lines.forEach((line, age) => {
      line.show(scene, operations[age])
    })
  }
}

const noneWords = ({ isPast }: AnalysedScene): string =>
  isPast ? 'No operation before this moment is recorded.' : 'No operation was recorded yet.'

class Line {
  readonly #row: HTMLElement
  readonly #at: TextCell
  readonly #act: TextCell
  readonly #object: TextCell
  readonly #value: TextCell

  constructor(row: HTMLElement) {
    this.#row = row
    this.#at = textPart(row, 'at')
    this.#act = textPart(row, 'act')
    this.#object = textPart(row, 'object')
    this.#value = textPart(row, 'value')
  }

  show({ process, analysis }: AnalysedScene, operation: ActEvent | undefined): void {
    this.#row.hidden = operation === undefined
    if (operation === undefined) return
    const { act, at, object } = operation
    const isThread = act === 'begin' || act === 'start' || act === 'join'
    const kind = analysis.cast.kind(object)
    this.#at.set(timeOfDay(at))
    this.#act.set(act)
    this.#object.setWithTitle(isThread && kind === undefined ? '' : process.label(object))
    this.#value.set(valueWords(operation, kind))
  }
}
