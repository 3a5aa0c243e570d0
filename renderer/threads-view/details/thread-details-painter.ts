import type { ThreadState, ThreadView } from '@skein/threading/inspect'
import { m } from '../../../shared/i18n/messages.js'
import { describeCause } from '../descriptions/segment-description.ts'
import {
  describeWait,
  heldObjectsText,
  holderText,
  lastWakerText,
  remainingText,
} from '../descriptions/thread-text.ts'
import type { ProcessModel } from '../model/process-model.ts'
import { stateText } from '../model/state-codes.ts'
import { formatDuration, formatTimeOfDay, noValueText } from '../model/text-format.ts'
import type { ThreadHistory } from '../model/thread-history.ts'
import { findProcess, type Scene, type ThreadKey } from '../model/threads-model.ts'
import { findPart, findTextCell, type TextCell } from '../painting/text-cell.ts'

/** The number of state changes in the list. */
export const listedChanges = 20

/** The interval in ms at which the remaining time is updated. */
const remainingInterval = 100

/** Milliseconds. A list that changes more often cannot be read. */
const listInterval = 100

/** Updates the details of one thread. */
export class ThreadDetailsPainter {
  readonly #key: ThreadKey
  readonly #root: HTMLElement
  readonly #waiting: TextCell
  readonly #remaining: TextCell
  readonly #holder: TextCell
  readonly #holds: TextCell
  readonly #lastWaker: TextCell
  readonly #error: TextCell
  readonly #lines: readonly ChangeLine[]
  #listedAt = Number.NEGATIVE_INFINITY
  #listedEnd = -1
  #shown: ThreadState | undefined

  constructor(root: HTMLElement, key: ThreadKey) {
    this.#key = key
    this.#root = root
    this.#waiting = findTextCell(root, 'waiting')
    this.#remaining = findTextCell(root, 'ends')
    this.#holder = findTextCell(root, 'held')
    this.#holds = findTextCell(root, 'holds')
    this.#lastWaker = findTextCell(root, 'woken')
    this.#error = findTextCell(root, 'error')
    this.#lines = [...findPart(root, 'changes').children].map((line) => new ChangeLine(line as HTMLElement))
  }

  paint(scene: Scene): void {
    const process = findProcess(scene, this.#key.process)
    const thread = process?.thread(this.#key.id)
    const history = process?.history(this.#key.id)
    if (!process || !thread || !history) return
    const { object, operation } = describeWait(process, thread)
    this.#waiting.set(object === '' ? noValueText : `${object} (${operation})`)
    this.#remaining.set(
      remainingText(thread, Math.floor(scene.at / remainingInterval) * remainingInterval) ||
        m.threads_no_timeout(),
    )
    this.#holder.set(holderText(process, thread))
    this.#holds.set(heldObjectsText(process, thread.id))
    this.#lastWaker.set(lastWakerText(process, thread))
    this.#error.set(thread.error ?? '')
    this.#paintState(thread)
    this.#paintChanges(process, history, scene.at)
  }

  #paintState({ state, error, until }: ThreadView): void {
    if (state === this.#shown) return
    this.#shown = state
    this.#root.dataset.state = state
    this.#root.toggleAttribute('data-error', error !== undefined)
    this.#root.toggleAttribute('data-timed', until !== undefined)
  }

  #paintChanges(process: ProcessModel, history: ThreadHistory, at: number): void {
    if (history.end === this.#listedEnd || Math.abs(at - this.#listedAt) < listInterval) return
    this.#listedAt = at
    this.#listedEnd = history.end
    this.#lines.forEach((line, index) => {
      const segment = history.end - 1 - index
      line.show(segment < history.first ? undefined : { process, history, segment })
    })
  }
}

interface Change {
  readonly process: ProcessModel
  readonly history: ThreadHistory
  readonly segment: number
}

class ChangeLine {
  readonly #line: HTMLElement
  readonly #at: TextCell
  readonly #state: TextCell
  readonly #lasted: TextCell
  readonly #cause: TextCell

  constructor(line: HTMLElement) {
    this.#line = line
    this.#at = findTextCell(line, 'at')
    this.#state = findTextCell(line, 'state')
    this.#lasted = findTextCell(line, 'lasted')
    this.#cause = findTextCell(line, 'cause')
  }

  show(change: Change | undefined): void {
    this.#line.hidden = change === undefined
    if (!change) return
    const { process, history, segment } = change
    const start = history.start(segment)
    const newest = segment === history.end - 1
    this.#at.set(formatTimeOfDay(start))
    this.#state.set(stateText(history.state(segment)))
    this.#lasted.set(
      newest ? m.threads_moment_now() : formatDuration(history.endTime(segment, start) - start),
    )
    this.#cause.setWithTitle(describeCause(process, history, segment))
  }
}
