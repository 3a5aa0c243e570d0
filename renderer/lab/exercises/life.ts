import { now, snapshot, type Thread, type ThreadState } from '../../../shared/threading/index.ts'
import type { Exercise, Outcome, Run, Setup } from '../exercise.ts'
import { listingOf, pythonListing } from '../listing.ts'
import python from '../programs/life.py?raw'
import { makeStations, makeThread, type Stations } from '../programs/life.ts'
import typescript from '../programs/life.ts?raw'
import { ended, outcomeOf } from './ends.ts'
import { found, pause } from './pauses.ts'
import { numberIn } from './setup.ts'
import { duration, listed } from './words.ts'

export const life: Exercise = {
  id: 'life',
  title: 'The life of a thread',
  lesson: [
    'A thread is New once it was made. start makes it Runnable: it runs, or is ready to and waits for a processor. Only the operating system knows which, so the view does not claim to.',
    'A thread that asks for a lock that another holds is Blocked. One that waits for something else, such as an event or an item, is Waiting; with a timeout it is Timed waiting. In all three it uses no processor at all: it sleeps until another thread wakes it, or its time is up.',
    'When its target returns or fails, it is Terminated, and never runs again.',
    'Here main leads one thread through all six states. It makes each of them happen, looks from outside until the thread is in it, stays a while, and goes on. (Python can tell you only whether a thread is alive.)',
  ],
  controls: [{ kind: 'number', name: 'stay', label: 'ms in each state', least: 0, most: 3000, first: 800 }],
  actions: [],
  question: {
    ask: 'While it is Runnable here, the thread looks at a flag again and again. While it is Waiting, it waits for a flag too. Pause the thread in both states: where does it stop at once, and where not, and why?',
    answer:
      'In neither. A thread is held where it next begins an operation on a primitive. While it computes it comes to none (looking at a flag is no operation); while it waits it is inside one. In both cases it stops at the first operation after that.',
  },
  python: pythonListing(python),
  typescript: listingOf(typescript),
  start,
}

interface Stay {
  readonly state: ThreadState
  readonly reason: string
  readonly time: number
}

function start(setup: Setup): Run {
  const stations = makeStations()
  const thread = makeThread(stations)
  const threads: Thread[] = []
  return { threads, act: () => {}, outcome: lead(thread, threads, stations, numberIn(setup, 'stay')) }
}

/** Leads the thread from state to state, and tells what was seen. */
async function lead(thread: Thread, threads: Thread[], stations: Stations, stay: number): Promise<Outcome> {
  const { begin, library, playing, inputs } = stations
  const stays: Stay[] = []
  await library.acquireAsync()
  stays.push(await remain('New', 'nothing: it was not started', stay))
  thread.start()
  threads.push(thread)
  const end = ended([thread])
  const ways: readonly [ThreadState, () => void][] = [
    ['Runnable', () => begin.set()],
    ['Blocked', () => library.release()],
    ['Waiting', () => playing.set()],
    ['Timed waiting', () => inputs.put('the end')],
  ]
  for (const [state, goOn] of ways) {
    const reason = await found(() => (thread.isAlive() ? whatFor(thread, state) : 'its end'))
    stays.push(await remain(state, reason, stay))
    goOn()
  }
  const failure = await end
  return failure ? outcomeOf(failure) : told([...stays, { state: 'Terminated', reason: 'nothing', time: 0 }])
}

async function remain(state: ThreadState, reason: string, stay: number): Promise<Stay> {
  const since = now()
  await pause(stay)
  return { state, reason, time: now() - since }
}

/** What the thread waits for, once it is in the state. */
function whatFor({ ident }: Thread, state: ThreadState): string | undefined {
  const { threads, objects } = snapshot()
  const view = threads.find(({ id }) => id === ident)
  if (view?.state !== state) return undefined
  const object = objects.find(({ id }) => id === view.waiting?.object)
  return object === undefined ? 'nothing' : `${view.waiting?.operation} of ${object.kind} ${object.name}`
}

const told = (stays: readonly Stay[]): Outcome => ({
  sentence: `One thread was ${listed(stays.map(({ state }) => state))}, in this order.`,
  fine: true,
  facts: stays.map(({ state, reason, time }) => ({
    name: state,
    value: state === 'Terminated' ? 'for ever' : `waits for ${reason}; seen for ${duration(time)}`,
  })),
})
