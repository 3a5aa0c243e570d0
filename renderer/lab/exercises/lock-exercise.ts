import { Event, Lock, Queue, Thread } from '@skein/threading'
import { m } from '../../../shared/i18n/messages.js'
import type { Exercise, Fact, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { ask, type CallResult, fail, forget, hold, releaseUnowned } from '../programs/lock-program.ts'
import typescript from '../programs/lock-program.ts?raw'
import python from '../programs/python/lock_program.py?raw'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { drainQueue } from './support/drain-queue.ts'
import { formatDuration, formatYesNo } from './support/format.ts'
import { readChoice, readNumber } from './support/read-setup.ts'

export const locks: Exercise = {
  id: 'lock',
  title: m.lab_lock_title,
  lesson: [m.lab_lock_lesson_1, m.lab_lock_lesson_2, m.lab_lock_lesson_3, m.lab_lock_lesson_4],
  controls: [
    {
      kind: 'choice',
      name: 'scene',
      label: m.lab_lock_control_scene,
      choices: [
        { value: 'wait', label: m.lab_lock_choice_wait },
        { value: 'try', label: m.lab_lock_choice_try },
        { value: 'timeout', label: m.lab_lock_choice_timeout },
        { value: 'owner', label: m.lab_lock_choice_owner },
        { value: 'forgotten', label: m.lab_lock_choice_forgotten },
        { value: 'using', label: m.lab_lock_choice_using },
      ],
      initial: 'wait',
    },
    { kind: 'number', name: 'hold', label: m.lab_lock_control_hold, min: 0, max: 3000, initial: 1000 },
    { kind: 'number', name: 'timeout', label: m.lab_lock_control_timeout, min: 0, max: 3000, initial: 400 },
  ],
  actions: [],
  question: {
    ask: m.lab_lock_question,
    answer: m.lab_lock_answer,
  },
  python: parsePythonListing(python),
  typescript: parseTypeScriptListing(typescript),
  start,
}

interface SharedObjects {
  readonly lock: Lock
  readonly held: Event
  readonly results: Queue<CallResult>
}

function start(setup: Setup): Run {
  const objects: SharedObjects = {
    lock: new Lock({ name: 'lock' }),
    held: new Event({ name: 'held' }),
    results: new Queue<CallResult>({ name: 'results' }),
  }
  const scene = readChoice(setup, 'scene')
  const threads = [
    makeHolder(scene, objects, readNumber(setup, 'hold')),
    makeAsker(scene, objects, readNumber(setup, 'timeout')),
  ]
  for (const thread of threads) thread.start()
  return { threads, performAction: () => {}, outcome: awaitOutcome(scene, threads, objects) }
}

function makeHolder(scene: string, { lock, held, results }: SharedObjects, pause: number): Thread {
  const name = 'holder'
  if (scene === 'forgotten') return new Thread({ target: forget, args: [lock, held], name })
  if (scene === 'using') return new Thread({ target: fail, args: [lock, held, results], name })
  return new Thread({ target: hold, args: [lock, held, pause], name })
}

function makeAsker(scene: string, { lock, held, results }: SharedObjects, timeout: number): Thread {
  const name = 'asker'
  if (scene === 'owner') return new Thread({ target: releaseUnowned, args: [lock, held, results], name })
  const acquireArguments: [boolean, number] =
    scene === 'try' ? [false, -1] : [true, scene === 'timeout' ? timeout : -1]
  return new Thread({ target: ask, args: [lock, held, results, ...acquireArguments], name })
}

async function awaitOutcome(
  scene: string,
  threads: readonly Thread[],
  { lock, results }: SharedObjects,
): Promise<Outcome> {
  const failure = await awaitThreads(threads)
  if (failure) return createFailureOutcome(failure)
  const called = drainQueue(results)
  // The lock is free before its holder reports its error, so either result may come first.
  const last = called.find(({ what }) => what === acquired) ?? called.at(-1)
  return {
    ...summarizeScene(scene, last ?? { what: '', after: 0 }, lock.ownerDied),
    facts: [
      ...called.map(describeResult),
      { name: m.lab_lock_fact_owner_died(), value: formatYesNo(lock.ownerDied) },
      { name: m.lab_lock_fact_locked(), value: formatYesNo(lock.locked()) },
    ],
  }
}

/** What the program reports for a lock it got. */
const acquired = 'acquired'

const describeResult = ({ what, after }: CallResult): Fact => ({
  name: m.lab_result(),
  value: after > 0 ? m.lab_lock_fact_result_after({ result: what, duration: formatDuration(after) }) : what,
})

function summarizeScene(
  scene: string,
  { what, after }: CallResult,
  ownerDied: boolean,
): Omit<Outcome, 'facts'> {
  const isAcquired = what === acquired
  const duration = formatDuration(after)
  switch (scene) {
    case 'owner':
      return { summary: m.lab_lock_owner({ error: what }), isCorrect: false }
    case 'forgotten':
      return {
        summary: ownerDied
          ? m.lab_lock_forgotten_reported({ duration })
          : m.lab_lock_forgotten_unreported({ duration }),
        isCorrect: !ownerDied,
      }
    case 'using':
      return { summary: m.lab_lock_using({ duration }), isCorrect: isAcquired && !ownerDied }
    case 'try':
      return {
        summary: isAcquired ? m.lab_lock_free() : m.lab_lock_try_failed({ duration }),
        isCorrect: true,
      }
    default:
      return {
        summary: isAcquired ? m.lab_lock_acquired({ duration }) : m.lab_lock_timed_out({ duration }),
        isCorrect: true,
      }
  }
}
