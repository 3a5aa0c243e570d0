import { Barrier, Queue, type Thread } from '@skein/threading'
import { m } from '../../../shared/i18n/messages.js'
import type { Exercise, Fact, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { startBoth } from '../programs/deadlock-program.ts'
import typescript from '../programs/deadlock-program.ts?raw'
import python from '../programs/python/deadlock_program.py?raw'
import { awaitDeadlock, type DeadlockLink, describeDeadlock } from './support/await-deadlock.ts'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { formatNumber } from './support/format.ts'
import { readChoice, readNumber, readSwitch } from './support/read-setup.ts'
import { startPaused, stepUntil } from './support/step-threads.ts'

export const deadlock: Exercise = {
  id: 'deadlock',
  title: m.threads_deadlock,
  lesson: [
    m.lab_deadlock_lesson_1,
    m.lab_deadlock_lesson_2,
    m.lab_deadlock_lesson_3,
    m.lab_deadlock_lesson_4,
  ],
  controls: [
    {
      kind: 'choice',
      name: 'how',
      label: m.lab_control_mode,
      choices: [
        { value: 'steps', label: m.lab_deadlock_choice_steps },
        { value: 'live', label: m.lab_deadlock_choice_live },
      ],
      initial: 'steps',
    },
    { kind: 'switch', name: 'same', label: m.lab_deadlock_control_same, initial: false },
    {
      kind: 'number',
      name: 'rounds',
      label: m.lab_deadlock_control_rounds,
      min: 1,
      max: 100_000,
      initial: 20_000,
    },
    { kind: 'number', name: 'pause', label: m.lab_control_step_time, min: 0, max: 2000, initial: 500 },
  ],
  actions: [],
  question: {
    ask: m.lab_deadlock_question,
    answer: m.lab_deadlock_answer,
  },
  python: parsePythonListing(python),
  typescript: parseTypeScriptListing(typescript),
  start,
}

function start(setup: Setup): Run {
  const inSteps = readChoice(setup, 'how') === 'steps'
  const isSameOrder = readSwitch(setup, 'same')
  const [start, done] = [new Barrier({ name: 'start', parties: 2 }), new Queue<number>({ name: 'done' })]
  const rounds = inSteps ? 1 : readNumber(setup, 'rounds')
  const begin = () => startBoth(isSameOrder, start, rounds, done)
  const threads = inSteps ? startPaused(begin) : begin()
  const cycle = awaitDeadlock(threads)
  const steps = inSteps ? stepUntil(cycle, threads, readNumber(setup, 'pause')) : Promise.resolve()
  const end = steps.then(() => cycle)
  return { threads, performAction: () => {}, outcome: awaitOutcome(threads, end, isSameOrder, done) }
}

async function awaitOutcome(
  threads: readonly Thread[],
  deadlocked: Promise<DeadlockLink[] | undefined>,
  isSameOrder: boolean,
  done: Queue<number>,
): Promise<Outcome> {
  const failed = await Promise.race([deadlocked.then(() => undefined), awaitThreads(threads)])
  if (failed) return createFailureOutcome(failed)
  const cycle = await deadlocked
  const rounds: Fact = { name: m.lab_deadlock_fact_rounds(), value: formatNumber(done.qsize()) }
  if (cycle !== undefined) {
    return {
      summary: describeDeadlock(cycle, m.lab_count_rounds({ count: done.qsize() })),
      isCorrect: false,
      facts: [rounds, ...cycle.map(describeWait)],
    }
  }
  return {
    summary: isSameOrder ? m.lab_deadlock_finished_same() : m.lab_deadlock_finished_different(),
    isCorrect: true,
    facts: [rounds],
  }
}

const describeWait = ({ thread, waitsFor, heldBy }: DeadlockLink): Fact => ({
  name: thread,
  value: m.lab_deadlock_fact_wait({ object: waitsFor, holder: heldBy }),
})
