import type { ThreadState, ThreadView } from '../../shared/threading/view.ts'
import type { ThreadHistory } from './history.ts'
import { causeOf } from './lane-story.ts'
import type { ProcessModel } from './process-model.ts'
import { stateNames } from './states.ts'
import { part, type TextCell, textPart } from './text-cell.ts'
import { heldBy, holds, remaining, waitingFact, wokenBy } from './thread-facts.ts'
import { processOf, type Scene, type ThreadKey } from './threads-model.ts'
import { duration, nothing, timeOfDay } from './words.ts'

/** State changes listed. */
export const listed = 20

/** The time that is left is written this often, in ms. */
const tick = 100

/** A list that changes more often than this, in ms, cannot be read. */
const listStep = 100

/** Keeps what is told of one thread true. */
export class DetailsPainter {
  readonly #key: ThreadKey
  readonly #root: HTMLElement
  readonly #waiting: TextCell
  readonly #ends: TextCell
  readonly #held: TextCell
  readonly #holds: TextCell
  readonly #woken: TextCell
  readonly #error: TextCell
  readonly #lines: readonly Line[]
  #listedAt = Number.NEGATIVE_INFINITY
  #listedEnd = -1
  #shown: ThreadState | undefined

  constructor(root: HTMLElement, key: ThreadKey) {
    this.#key = key
    this.#root = root
    this.#waiting = textPart(root, 'waiting')
    this.#ends = textPart(root, 'ends')
    this.#held = textPart(root, 'held')
    this.#holds = textPart(root, 'holds')
    this.#woken = textPart(root, 'woken')
    this.#error = textPart(root, 'error')
    this.#lines = [...part(root, 'changes').children].map((line) => new Line(line as HTMLElement))
  }

  paint(scene: Scene): void {
    const process = processOf(scene, this.#key.process)
    const thread = process?.thread(this.#key.id)
    const history = process?.history(this.#key.id)
    if (!process || !thread || !history) return
    const { object, operation } = waitingFact(process, thread)
    this.#waiting.set(object === '' ? nothing : `${object} (${operation})`)
    this.#ends.set(remaining(thread, Math.floor(scene.at / tick) * tick) || 'no timeout')
    this.#held.set(heldBy(process, thread))
    this.#holds.set(holds(process, thread.id))
    this.#woken.set(wokenBy(process, thread))
    this.#error.set(thread.error ?? '')
    this.#paintState(thread)
    this.#list(process, history, scene.at)
  }

  #paintState({ state, error, until }: ThreadView): void {
    if (state === this.#shown) return
    this.#shown = state
    this.#root.dataset.state = state
    this.#root.toggleAttribute('data-error', error !== undefined)
    this.#root.toggleAttribute('data-timed', until !== undefined)
  }

  #list(process: ProcessModel, history: ThreadHistory, at: number): void {
    if (history.end === this.#listedEnd || Math.abs(at - this.#listedAt) < listStep) return
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

class Line {
  readonly #line: HTMLElement
  readonly #at: TextCell
  readonly #state: TextCell
  readonly #lasted: TextCell
  readonly #cause: TextCell

  constructor(line: HTMLElement) {
    this.#line = line
    this.#at = textPart(line, 'at')
    this.#state = textPart(line, 'state')
    this.#lasted = textPart(line, 'lasted')
    this.#cause = textPart(line, 'cause')
  }

  show(change: Change | undefined): void {
    this.#line.hidden = change === undefined
    if (!change) return
    const { process, history, segment } = change
    const start = history.start(segment)
    const newest = segment === history.end - 1
    this.#at.set(timeOfDay(start))
    this.#state.set(stateNames[history.state(segment)])
    this.#lasted.set(newest ? 'now' : duration(history.finish(segment, start) - start))
    this.#cause.setWithTitle(causeOf(process, history, segment))
  }
}
