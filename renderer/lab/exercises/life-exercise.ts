import { now, type Thread } from '@skein/threading'
import { snapshot, type ThreadState } from '@skein/threading/inspect'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { makeThread, makeWaitObjects, type WaitObjects } from '../programs/life-program.ts'
import typescript from '../programs/life-program.ts?raw'
import python from '../programs/python/life_program.py?raw'
import { delay, pollUntil } from './support/async-helpers.ts'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { formatDuration, joinNames } from './support/english.ts'
import { readNumber } from './support/read-setup.ts'

export const life: Exercise = {
  id: 'life',
  title: 'The life of a thread',
  lesson: [
    'A thread is New once it was made. start makes it Runnable: it runs, or is ready to and waits for a processor. Only the operating system knows which, so the view does not claim to.',
    'A thread that asks for a lock that another holds is Blocked. One that waits for something else, such as an event or an item, is Waiting; with a timeout it is Timed waiting. In all three it uses no processor at all: it sleeps until another thread wakes it, or its time is up.',
    'When its target returns or fails, it is Terminated, and never runs again.',
    'Here main leads one thread through all six states. It makes each of them happen, looks from outside until the thread is in it, stays a while, and goes on. (Python can tell you only whether a thread is alive.)',
  ],
  controls: [{ kind: 'number', name: 'stay', label: 'ms in each state', min: 0, max: 3000, initial: 800 }],
  actions: [],
  question: {
    ask: 'While it is Runnable here, the thread looks at a flag again and again. While it is Waiting, it waits for a flag too. Pause the thread in both states: where does it stop at once, and where not, and why?',
    answer:
      'In neither. A thread is held where it next begins an operation on a primitive. While it computes it comes to none (looking at a flag is no operation); while it waits it is inside one. In both cases it stops at the first operation after that.',
  },
  python: parsePythonListing(python),
  typescript: parseTypeScriptListing(typescript),
  start,
}

interface StateObservation {
  readonly state: ThreadState
  readonly reason: string
  readonly time: number
}

function start(setup: Setup): Run {
  const stations = makeWaitObjects()
  const thread = makeThread(stations)
  const threads: Thread[] = []
  return {
    threads,
    performAction: () => {},
    outcome: driveThroughStates(thread, threads, stations, readNumber(setup, 'stay')),
  }
}

/** Leads the thread from state to state, and tells what was seen. */
async function driveThroughStates(
  thread: Thread,
  threads: Thread[],
  stations: WaitObjects,
  stay: number,
): Promise<Outcome> {
  const { begin, library, playing, inputs } = stations
  const stays: StateObservation[] = []
  await library.acquireAsync()
  stays.push(await observeState('New', 'nothing: it was not started', stay))
  thread.start()
  threads.push(thread)
  const end = awaitThreads([thread])
  const ways: readonly [ThreadState, () => void][] = [
    ['Runnable', () => begin.set()],
    ['Blocked', () => library.release()],
    ['Waiting', () => playing.set()],
    ['Timed waiting', () => inputs.put('the end')],
  ]
  for (const [state, goOn] of ways) {
    const reason = await pollUntil(() => (thread.isAlive() ? describeWait(thread, state) : 'its end'))
    stays.push(await observeState(state, reason, stay))
    goOn()
  }
  const failure = await end
  return failure
    ? createFailureOutcome(failure)
    : createOutcome([...stays, { state: 'Terminated', reason: 'nothing', time: 0 }])
}

async function observeState(state: ThreadState, reason: string, stay: number): Promise<StateObservation> {
  const since = now()
  await delay(stay)
  return { state, reason, time: now() - since }
}

/** What the thread waits for, once it is in the state. */
function describeWait({ ident }: Thread, state: ThreadState): string | undefined {
  const { threads, objects } = snapshot()
  const view = threads.find(({ id }) => id === ident)
  if (view?.state !== state) return undefined
  const object = objects.find(({ id }) => id === view.waiting?.object)
  return object === undefined ? 'nothing' : `${view.waiting?.operation} of ${object.kind} ${object.name}`
}

const createOutcome = (stays: readonly StateObservation[]): Outcome => ({
  summary: `One thread was ${joinNames(stays.map(({ state }) => state))}, in this order.`,
  isCorrect: true,
  facts: stays.map(({ state, reason, time }) => ({
    name: state,
    value: state === 'Terminated' ? 'for ever' : `waits for ${reason}; seen for ${formatDuration(time)}`,
  })),
})
