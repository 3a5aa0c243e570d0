import { now, type Thread } from '@skein/threading'
import { snapshot, type ThreadState } from '@skein/threading/inspect'
import { m } from '../../../shared/i18n/messages.js'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { makeThread, makeWaitObjects, type WaitObjects } from '../programs/life-program.ts'
import typescript from '../programs/life-program.ts?raw'
import python from '../programs/python/life_program.py?raw'
import { delay, pollUntil } from './support/async-helpers.ts'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { formatDuration, joinNames } from './support/format.ts'
import { readNumber } from './support/read-setup.ts'

export const life: Exercise = {
  id: 'life',
  title: m.lab_life_title,
  lesson: [m.lab_life_lesson_1, m.lab_life_lesson_2, m.lab_life_lesson_3, m.lab_life_lesson_4],
  controls: [
    { kind: 'number', name: 'stay', label: m.lab_life_control_stay, min: 0, max: 3000, initial: 800 },
  ],
  actions: [],
  question: {
    ask: m.lab_life_question,
    answer: m.lab_life_answer,
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
  const waitObjects = makeWaitObjects()
  const thread = makeThread(waitObjects)
  const threads: Thread[] = []
  return {
    threads,
    performAction: () => {},
    outcome: driveThroughStates(thread, threads, waitObjects, readNumber(setup, 'stay')),
  }
}

/** Leads the thread from state to state. Resolves with what was observed. */
async function driveThroughStates(
  thread: Thread,
  threads: Thread[],
  { begin, library, playing, inputs }: WaitObjects,
  stay: number,
): Promise<Outcome> {
  const observations: StateObservation[] = []
  await library.acquireAsync()
  observations.push(await observeState('New', m.lab_life_reason_not_started(), stay))
  thread.start()
  threads.push(thread)
  const end = awaitThreads([thread])
  const transitions: readonly [ThreadState, () => void][] = [
    ['Runnable', () => begin.set()],
    ['Blocked', () => library.release()],
    ['Waiting', () => playing.set()],
    ['Timed waiting', () => inputs.put('end')],
  ]
  for (const [state, leaveState] of transitions) {
    const reason = await pollUntil(() =>
      thread.isAlive() ? describeWait(thread, state) : m.lab_life_reason_end(),
    )
    observations.push(await observeState(state, reason, stay))
    leaveState()
  }
  const failure = await end
  return failure
    ? createFailureOutcome(failure)
    : createOutcome([...observations, { state: 'Terminated', reason: '', time: 0 }])
}

async function observeState(state: ThreadState, reason: string, stay: number): Promise<StateObservation> {
  const since = now()
  await delay(stay)
  return { state, reason, time: now() - since }
}

/** Returns what the thread waits for; undefined if it is not in the state. */
function describeWait({ ident }: Thread, state: ThreadState): string | undefined {
  const { threads, objects } = snapshot()
  const view = threads.find(({ id }) => id === ident)
  if (view?.state !== state) return undefined
  const object = objects.find(({ id }) => id === view.waiting?.object)
  if (object === undefined) return m.lab_life_reason_nothing()
  const operation = view.waiting?.operation ?? ''
  return m.lab_operation_of_object({ operation, object: `${object.kind} ${object.name}` })
}

const createOutcome = (observations: readonly StateObservation[]): Outcome => ({
  summary: m.lab_life_summary({ states: joinNames(observations.map(({ state }) => state)) }),
  isCorrect: true,
  facts: observations.map(({ state, reason, time }) => ({
    name: state,
    value:
      state === 'Terminated'
        ? m.lab_life_fact_forever()
        : m.lab_life_fact_wait({ reason, duration: formatDuration(time) }),
  })),
})
