import { Inspector } from '../../../shared/threading/index.ts'
import type { ProcessView } from '../../../shared/threading/view.ts'
import { analysisOf } from '../analysis/analysis-context.ts'
import { ThreadsModel } from '../threads-model.ts'

/** Milliseconds between two looks while nobody else looks: the threads' trace rings hold more than that. */
const backgroundStep = 50

/** The same while a thread is blocked: two looks tell a deadlock. */
const blockedStep = 20

interface Recorder {
  readonly model: ThreadsModel
  /** Looks at the window's threads. The panel does so at display rate while it is open. */
  readonly look: () => ProcessView
}

let recorder: Recorder | undefined

/** Records the window's own process from now on, for as long as the window is open. The same answer every time. */
export function startRecorder(): Recorder {
  recorder ??= makeRecorder()
  return recorder
}

function makeRecorder(): Recorder {
  const model = new ThreadsModel(['player', 'host'])
  // Who feeds what is learned from the start.
  analysisOf(model)
  const inspector = new Inspector()
  let lookedAt = Number.NEGATIVE_INFINITY
  const look = (): ProcessView => {
    lookedAt = performance.now()
    return inspector.look()
  }
  const record = (): void => {
    const begin = performance.now()
    if (begin - lookedAt < 0.9 * blockedStep) return
    const view = look()
    model.accept(view)
    const end = performance.now()
    model.cost.add(end, end - begin)
    if (view.threads.some(({ state }) => state === 'Blocked')) setTimeout(record, blockedStep)
  }
  setInterval(() => {
    if (performance.now() - lookedAt >= 0.9 * backgroundStep) record()
  }, backgroundStep)
  return { model, look }
}
