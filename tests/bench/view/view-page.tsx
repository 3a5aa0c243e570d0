import { Event, Lock, now, Queue, Thread } from '@skein/threading'
import type { ProcessView } from '@skein/threading/inspect'
import {
  countEvents,
  Inspector,
  pauseThread,
  resumeAllThreads,
  setOperationRecording,
} from '@skein/threading/inspect'
import { startProcess } from '@skein/threading/web'
import { createRoot } from 'react-dom/client'
import '../../../renderer/shell/theme/design-tokens.css'
import '../../../renderer/shell/theme/base.css'
import '../../../renderer/threads-view/threads-tokens.css'
import { ThreadsModel } from '../../../renderer/threads-view/model/threads-model.ts'
import { ThreadsView } from '../../../renderer/threads-view/threads-view.tsx'
import { acquireBoth, askRepeatedly, echoRepeatedly } from './view-targets.ts'

/** A page with only the threads view, over twenty threads that are always active, and functions that measure it. */

const pairCount = 10
/** Milliseconds between two questions of a pair, which cause about ten events each. */
const questionInterval = 1.6

startProcess({
  name: 'player',
  workers: pairCount * 2 + 2,
  createWorker: () => new Worker(new URL('./view-worker.ts', import.meta.url), { type: 'module' }),
})
setOperationRecording(true)

const inspector = new Inspector()
const model = new ThreadsModel(['player'])
/** The start times of the last frames, in ms since 1970. */
const frameStarts: number[] = []
/** The number of events that were drawn in the first frame after them (index 1), in the second (index 2), and so on. */
let eventsByLag: number[] = []
let eventCount = 0

requestAnimationFrame(function frame(time) {
  frameStarts.push(performance.timeOrigin + time)
  if (frameStarts.length > 300) frameStarts.shift()
  requestAnimationFrame(frame)
})

function sampleProcess(): ProcessView {
  const view = inspector.sample()
  const events = [...view.events, ...view.wakes, ...view.operations]
  eventCount += events.length
  for (const { at } of events) {
    const lag = frameStarts.length - frameStarts.findLastIndex((start) => start <= at) - 1
    eventsByLag[lag] = (eventsByLag[lag] ?? 0) + 1
  }
  return view
}

const root = document.createElement('div')
root.style.height = '100vh'
document.body.append(root)
createRoot(root).render(
  <ThreadsView
    model={model}
    sample={sampleProcess}
    countEvents={countEvents}
    onClose={() => {}}
    onEndThread={undefined}
  />,
)

/** Starts the twenty threads. */
function startThreads(): void {
  const neverSet = new Event({ name: 'pace' })
  for (let pair = 1; pair <= pairCount; pair++) {
    const [there, back] = [
      new Queue<number>({ name: `there-${pair}` }),
      new Queue<number>({ name: `back-${pair}` }),
    ]
    new Thread({ target: echoRepeatedly, args: [there, back], name: `echo-${pair}`, daemon: true }).start()
    new Thread({
      target: askRepeatedly,
      args: [there, back, neverSet, questionInterval],
      name: `ask-${pair}`,
      daemon: true,
    }).start()
  }
}

/** Pauses all threads while the peer is measured, or resumes them. */
function setPaused(isPaused: boolean): void {
  if (!isPaused) resumeAllThreads()
  else for (const { id } of inspector.sample().threads) if (id !== 1) pauseThread(id)
}

/** Returns the number of events since the last call, in total and by their lag in frames. */
function takeCounts(): { readonly events: number; readonly lags: readonly number[] } {
  const counts = { events: eventCount, lags: eventsByLag }
  eventCount = 0
  eventsByLag = []
  return counts
}

function createDeadlockThread(
  own: 0 | 1,
  locks: readonly [Lock, Lock],
  held: readonly [Event, Event],
): Thread {
  const other = own === 0 ? 1 : 0
  const args: [Lock, Lock, Event, Event] = [locks[own], locks[other], held[own], held[other]]
  return new Thread({ target: acquireBoth, args, name: `knot-${own + 1}`, daemon: true }) as Thread
}

/** Returns the milliseconds from the moment two threads wait for each other until the page shows it. */
async function measureDeadlock(): Promise<number> {
  const locks = [new Lock({ name: 'left' }), new Lock({ name: 'right' })] as const
  const held = [new Event(), new Event()] as const
  const warning = new Promise<number>((resolve) => {
    const observer = new MutationObserver(() => {
      if (document.querySelector('[role=alert]')?.textContent?.includes('left') !== true) return
      observer.disconnect()
      resolve(now())
    })
    observer.observe(document.body, { childList: true, subtree: true, characterData: true })
  })
  const threads = ([0, 1] as const).map((own) => {
    const thread = createDeadlockThread(own, locks, held)
    thread.start()
    return thread
  })
  const shownAt = await warning
  const idents = threads.map(({ ident }) => ident)
  const blocked = new Inspector().sample().threads.filter(({ id }) => idents.includes(id))
  return shownAt - Math.max(...blocked.map(({ since }) => since))
}

declare global {
  interface Window {
    readonly bench: typeof bench
  }
}
const bench = { startThreads, setPaused, takeCounts, measureDeadlock }
Object.assign(window, { bench })
