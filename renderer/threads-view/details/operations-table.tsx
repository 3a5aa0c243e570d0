import type { OperationEvent } from '@skein/threading/inspect'
import { m } from '../../../shared/i18n/messages.js'
import { maxLastOperations } from '../analysis/last-operations.ts'
import { operationResultText } from '../descriptions/operation-result-text.ts'
import { formatTimeOfDay } from '../model/text-format.ts'
import type { ThreadKey } from '../model/threads-model.ts'
import { findTextCell, type TextCell } from '../painting/text-cell.ts'
import { type AnalysedScene, useAnalysisPaint } from '../painting/use-analysis-paint.ts'
import styles from './details-sections.module.css'

/** Milliseconds. A list that changes more often cannot be read. */
const paintInterval = 200

const rows = Array.from({ length: maxLastOperations }, (_, index) => index)

/** The last operations of a thread, newest first. */
export function OperationsTable({ thread }: { readonly thread: ThreadKey }) {
  const element = useAnalysisPaint(
    thread.process,
    paintInterval,
    (root: HTMLElement) => new OperationsPainter(root, thread.id),
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard
    <section ref={element} className={styles.operations} aria-label={m.threads_operations()} tabIndex={0}>
      <p data-part="none" className={styles.quiet} />
      <table className={styles.figures} hidden>
        <caption>{m.threads_operations()}</caption>
        <thead>
          <tr>
            <th scope="col">{m.threads_operation_time()}</th>
            <th scope="col">{m.threads_operation()}</th>
            <th scope="col">{m.threads_column_object()}</th>
            <th scope="col">{m.threads_operation_result()}</th>
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

/** Returns the last operations of a thread up to the moment that is shown, newest first. */
export function operationsAt(scene: AnalysedScene, thread: number): readonly OperationEvent[] {
  const { at, process, analysis, isPast } = scene
  const newest = analysis.operations(thread)?.newestFirst() ?? []
  if (!isPast) return newest
  // The analysis goes further back than the recording, unless too many operations followed.
  const analysed = newest.filter((act) => act.at <= at)
  const recorded = process.recording.lastOperations(maxLastOperations, at).get(thread) ?? []
  return recorded.length > analysed.length ? recorded : analysed
}

class OperationsPainter {
  readonly #thread: number
  readonly #table: HTMLTableElement
  readonly #none: TextCell
  readonly #lines: readonly OperationLine[]
  #shown: readonly OperationEvent[] | undefined

  constructor(root: HTMLElement, thread: number) {
    this.#thread = thread
    this.#table = root.querySelector('table')!
    this.#none = findTextCell(root, 'none')
    this.#lines = [...this.#table.tBodies[0]!.rows].map((row) => new OperationLine(row))
  }

  paint(scene: AnalysedScene): void {
    const operations = operationsAt(scene, this.#thread)
    if (operations.length === this.#shown?.length && operations[0] === this.#shown[0]) return
    this.#shown = operations
    this.#table.hidden = operations.length === 0
    this.#none.set(operations.length === 0 ? noOperationText(scene) : '')
    this.#lines.forEach((line, age) => {
      line.show(scene, operations[age])
    })
  }
}

const noOperationText = ({ isPast }: AnalysedScene): string =>
  isPast ? m.threads_no_operation_before() : m.threads_no_operation_yet()

class OperationLine {
  readonly #row: HTMLElement
  readonly #at: TextCell
  readonly #act: TextCell
  readonly #object: TextCell
  readonly #value: TextCell

  constructor(row: HTMLElement) {
    this.#row = row
    this.#at = findTextCell(row, 'at')
    this.#act = findTextCell(row, 'act')
    this.#object = findTextCell(row, 'object')
    this.#value = findTextCell(row, 'value')
  }

  show({ process, analysis }: AnalysedScene, operation: OperationEvent | undefined): void {
    this.#row.hidden = operation === undefined
    if (operation === undefined) return
    const { act, at, object } = operation
    const isThread = act === 'begin' || act === 'start' || act === 'join'
    const kind = analysis.directory.kind(object)
    this.#at.set(formatTimeOfDay(at))
    this.#act.set(act)
    this.#object.setWithTitle(isThread && kind === undefined ? '' : process.label(object))
    this.#value.set(operationResultText(operation, kind))
  }
}
