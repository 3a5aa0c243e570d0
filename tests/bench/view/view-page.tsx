import { Event, Lock, now, Queue, Thread } from '@skein/threading'
import type { ProcessView } from '@skein/threading/inspect'
import { Inspector, pauseThread, resumeAllThreads, setOperationRecording } from '@skein/threading/inspect'
import { startProcess } from '@skein/threading/web'
import { createRoot } from 'react-dom/client'
import '../../../renderer/shell/theme/design-tokens.css'
import '../../../renderer/shell/theme/base.css'
import '../../../renderer/threads-view/threads-tokens.css'
import { ThreadsModel } from '../../../renderer/threads-view/model/threads-model.ts'
import { ThreadsView } from '../../../renderer/threads-view/threads-view.tsx'
import { acquireBoth, askRepeatedly, echoRepeatedly } from './view-targets.ts'

/** The threads view alone on a page, over twenty threads that are never quiet, and what can be measured of it. */

const pairCount = 10
/** Milliseconds between two questions of a pair: about ten events each. */
const questionInterval = 1.6

startProcess({
  name: 'player',
  workers: pairCount * 2 + 2,
  createWorker: () => new Worker(new URL('./view-worker.ts', import.meta.url), { type: 'module' }),
})
setOperationRecording(true)

const inspector = new Inspector()
const model = new ThreadsModel(['player'])
/** When each of the last frames began, in ms since 1970. */
const frameStarts: number[] = []
/** How many events were in the picture of the first frame that began after them (1), of the second (2) … */
let eventsByLag: number[] = []
let eventCount = 0

requestAnimationFrame(function frame(time) {
  frameStarts.push(performance.timeOrigin + time)
  if (frameStarts.length > 300) frameStarts.shift()
  requestAnimationFrame(frame)
})

function sampleProcess(): ProcessView {
  const view = inspector.sample()
  const happened = [...view.events, ...view.wakes, ...view.operations]
  eventCount += happened.length
  for (const { at } of happened) {
    const late = frameStarts.length - frameStarts.findLastIndex((begun) => begun <= at) - 1
    eventsByLag[late] = (eventsByLag[late] ?? 0) + 1
  }
  return view
}

const root = document.createElement('div')
root.style.height = '100vh'
document.body.append(root)
createRoot(root).render(
  <ThreadsView model={model} sample={sampleProcess} onClose={() => {}} onEndThread={undefined} />,
)

/** Starts the twenty threads. */
function startThreads(): void {
  const never = new Event({ name: 'pace' })
  for (let pair = 1; pair <= pairCount; pair++) {
    const [there, back] = [
      new Queue<number>({ name: `there-${pair}` }),
      new Queue<number>({ name: `back-${pair}` }),
    ]
    new Thread({ target: echoRepeatedly, args: [there, back], name: `echo-${pair}`, daemon: true }).start()
    new Thread({
      target: askRepeatedly,
      args: [there, back, never, questionInterval],
      name: `ask-${pair}`,
      daemon: true,
    }).start()
  }
}

/** Holds all threads, or lets them go on: a peer is measured while nothing runs. */
function setPaused(on: boolean): void {
  if (!on) resumeAllThreads()
  else for (const { id } of inspector.sample().threads) if (id !== 1) pauseThread(id)
}

/** What happened since the last call: events of all kinds, and by how many frames how many of them came late. */
function takeCounts(): { readonly events: number; readonly lags: readonly number[] } {
  const answer = { events: eventCount, lags: eventsByLag }
  eventCount = 0
  eventsByLag = []
  return answer
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

/** Milliseconds from the moment in which two threads wait for each other until the page says so. */
async function measureDeadlock(): Promise<number> {
  const locks = [new Lock({ name: 'left' }), new Lock({ name: 'right' })] as const
  const held = [new Event(), new Event()] as const
  const shown = new Promise<number>((resolve) => {
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
  const seen = await shown
  const idents = threads.map(({ ident }) => ident)
  const stuck = new Inspector().sample().threads.filter(({ id }) => idents.includes(id))
  return seen - Math.max(...stuck.map(({ since }) => since))
}

declare global {
  interface Window {
    readonly bench: typeof bench
  }
}
const bench = { begin: startThreads, hold: setPaused, taken: takeCounts, deadlock: measureDeadlock }
Object.assign(window, { bench })
