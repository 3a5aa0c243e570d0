import type { ProcessView } from '@skein/threading/inspect'
import { Inspector } from '@skein/threading/inspect'
import { analysisOf } from '../threads-view/analysis/analysis-context.ts'
import { ThreadsModel } from '../threads-view/model/threads-model.ts'

/**
 * Milliseconds between two samples while the panel takes none. The threads' trace rings hold events for
 * longer.
 */
const backgroundInterval = 50

/** Milliseconds between two samples while a thread is blocked: two samples confirm a deadlock. */
const blockedInterval = 20

/** The threads that are listed first. */
const threadOrder = ['main', 'input', 'playback', 'selector', 'decoder', 'audio']

interface WindowRecorder {
  readonly model: ThreadsModel
  /** Samples the window's threads. While the panel is open, it does so once a frame. */
  readonly sample: () => ProcessView
}

let recorder: WindowRecorder | undefined

/** Records the window's own process while the window is open. Always returns the same recorder. */
export function startWindowRecorder(): WindowRecorder {
  recorder ??= createWindowRecorder()
  return recorder
}

function createWindowRecorder(): WindowRecorder {
  const model = new ThreadsModel(['player', 'host'], threadOrder)
  // The analysis learns from the first sample on which threads feed which objects.
  analysisOf(model)
  const inspector = new Inspector()
  let lastSampledAt = Number.NEGATIVE_INFINITY
  const sample = (): ProcessView => {
    lastSampledAt = performance.now()
    return inspector.sample()
  }
  const record = (): void => {
    const start = performance.now()
    if (start - lastSampledAt < 0.9 * blockedInterval) return
    const view = sample()
    model.accept(view)
    const end = performance.now()
    model.cost.add(end, end - start)
    if (view.threads.some(({ state }) => state === 'Blocked')) setTimeout(record, blockedInterval)
  }
  setInterval(() => {
    if (performance.now() - lastSampledAt >= 0.9 * backgroundInterval) record()
  }, backgroundInterval)
  return { model, sample }
}
