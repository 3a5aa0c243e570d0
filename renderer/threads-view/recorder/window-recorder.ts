import type { ProcessView } from '@skein/threading/inspect'
import { Inspector } from '@skein/threading/inspect'
import { analysisOf } from '../analysis/analysis-context.ts'
import { ThreadsModel } from '../model/threads-model.ts'

/** Milliseconds between two looks while nobody else looks: the threads' trace rings hold more than that. */
const backgroundInterval = 50

/** The same while a thread is blocked: two looks tell a deadlock. */
const blockedInterval = 20

interface WindowRecorder {
  readonly model: ThreadsModel
  /** Looks at the window's threads. The panel does so at display rate while it is open. */
  readonly sample: () => ProcessView
}

let recorder: WindowRecorder | undefined

/** Records the window's own process from now on, for as long as the window is open. The same answer every time. */
export function startWindowRecorder(): WindowRecorder {
  recorder ??= createWindowRecorder()
  return recorder
}

function createWindowRecorder(): WindowRecorder {
  const model = new ThreadsModel(['player', 'host'])
  // Who feeds what is learned from the start.
  analysisOf(model)
  const inspector = new Inspector()
  let lookedAt = Number.NEGATIVE_INFINITY
  const look = (): ProcessView => {
    lookedAt = performance.now()
    return inspector.sample()
  }
  const record = (): void => {
    const begin = performance.now()
    if (begin - lookedAt < 0.9 * blockedInterval) return
    const view = look()
    model.accept(view)
    const end = performance.now()
    model.cost.add(end, end - begin)
    if (view.threads.some(({ state }) => state === 'Blocked')) setTimeout(record, blockedInterval)
  }
  setInterval(() => {
    if (performance.now() - lookedAt >= 0.9 * backgroundInterval) record()
  }, backgroundInterval)
  return { model, sample: look }
}
