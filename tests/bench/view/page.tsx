import { createRoot } from 'react-dom/client'
import {
  Event,
  Inspector,
  Lock,
  now,
  pauseThread,
  Queue,
  releaseThreads,
  Thread,
  watchActs,
} from '../../../shared/threading/index.ts'
import type { ProcessView } from '../../../shared/threading/view.ts'
import { startProcess } from '../../../shared/threading/web.ts'
import '../../../renderer/app/tokens.css'
import '../../../renderer/app/base.css'
import '../../../renderer/threads-view/tokens.css'
import { ThreadsModel } from '../../../renderer/threads-view/threads-model.ts'
import { ThreadsView } from '../../../renderer/threads-view/threads-view.tsx'
import { ask, echo, takeBoth } from './targets.ts'

/** The threads view alone on a page, over twenty threads that are never quiet, and what can be measured of it. */

const pairs = 10
/** Milliseconds between two questions of a pair: about ten events each. */
const pace = 1.6

startProcess({
  name: 'player',
  workers: pairs * 2 + 2,
  createWorker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
})
watchActs(true)

const inspector = new Inspector()
const model = new ThreadsModel(['player'])
/** When each of the last frames began, in ms since 1970. */
const frames: number[] = []
/** How many events were in the picture of the first frame that began after them (1), of the second (2) … */
let lags: number[] = []
let events = 0

requestAnimationFrame(function frame(time) {
  frames.push(performance.timeOrigin + time)
  if (frames.length > 300) frames.shift()
  requestAnimationFrame(frame)
})

function look(): ProcessView {
  const view = inspector.look()
  const happened = [...view.events, ...view.wakes, ...view.acts]
  events += happened.length
  for (const { at } of happened) {
    const late = frames.length - frames.findLastIndex((begun) => begun <= at) - 1
    lags[late] = (lags[late] ?? 0) + 1
  }
  return view
}

const root = document.createElement('div')
root.style.height = '100vh'
document.body.append(root)
createRoot(root).render(<ThreadsView model={model} look={look} onClose={() => {}} onEndThread={undefined} />)

/** Starts the twenty threads. */
function begin(): void {
  const never = new Event({ name: 'pace' })
  for (let pair = 1; pair <= pairs; pair++) {
    const [there, back] = [
      new Queue<number>({ name: `there-${pair}` }),
      new Queue<number>({ name: `back-${pair}` }),
    ]
    new Thread({ target: echo, args: [there, back], name: `echo-${pair}`, daemon: true }).start()
    new Thread({ target: ask, args: [there, back, never, pace], name: `ask-${pair}`, daemon: true }).start()
  }
}

/** Holds all threads, or lets them go on: a peer is measured while nothing runs. */
function hold(on: boolean): void {
  if (!on) releaseThreads()
  else for (const { id } of inspector.look().threads) if (id !== 1) pauseThread(id)
}

/** What happened since the last call: events of all kinds, and by how many frames how many of them came late. */
function taken(): { readonly events: number; readonly lags: readonly number[] } {
  const answer = { events, lags }
  events = 0
  lags = []
  return answer
}

function knot(own: 0 | 1, locks: readonly [Lock, Lock], held: readonly [Event, Event]): Thread {
  const other = own === 0 ? 1 : 0
  const args: [Lock, Lock, Event, Event] = [locks[own], locks[other], held[own], held[other]]
  return new Thread({ target: takeBoth, args, name: `knot-${own + 1}`, daemon: true }) as Thread
}

/** Milliseconds from the moment in which two threads wait for each other until the page says so. */
async function deadlock(): Promise<number> {
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
    const thread = knot(own, locks, held)
    thread.start()
    return thread
  })
  const seen = await shown
  const idents = threads.map(({ ident }) => ident)
  const stuck = new Inspector().look().threads.filter(({ id }) => idents.includes(id))
  return seen - Math.max(...stuck.map(({ since }) => since))
}

declare global {
  interface Window {
    readonly bench: typeof bench
  }
}
const bench = { begin, hold, taken, deadlock }
Object.assign(window, { bench })
