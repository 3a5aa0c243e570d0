import { Cell, Lock, type Thread } from '@skein/threading'
import { m } from '../../../shared/i18n/messages.js'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { startAdders } from '../programs/interference-program.ts'
import typescript from '../programs/interference-program.ts?raw'
import python from '../programs/python/interference_program.py?raw'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { formatNumber } from './support/format.ts'
import { readChoice, readNumber, readSwitch } from './support/read-setup.ts'
import { startPaused, stepInTurns } from './support/step-threads.ts'

export const interference: Exercise = {
  id: 'interference',
  title: m.lab_interference_title,
  lesson: [
    m.lab_interference_lesson_1,
    m.lab_interference_lesson_2,
    m.lab_interference_lesson_3,
    m.lab_interference_lesson_4,
  ],
  controls: [
    {
      kind: 'choice',
      name: 'how',
      label: m.lab_control_mode,
      choices: [
        { value: 'live', label: m.lab_mode_live },
        { value: 'steps', label: m.lab_interference_choice_steps },
      ],
      initial: 'live',
    },
    { kind: 'switch', name: 'lock', label: m.lab_interference_control_lock, initial: false },
    {
      kind: 'number',
      name: 'threads',
      label: m.lab_control_threads,
      min: 2,
      max: 8,
      initial: 2,
    },
    {
      kind: 'number',
      name: 'times',
      label: m.lab_interference_control_times,
      min: 1,
      max: 100_000,
      initial: 100_000,
    },
    {
      kind: 'number',
      name: 'pause',
      label: m.lab_control_step_time,
      min: 0,
      max: 2000,
      initial: 500,
    },
  ],
  actions: [],
  question: {
    ask: m.lab_interference_question,
    answer: m.lab_interference_answer,
  },
  python: parsePythonListing(python),
  typescript: parseTypeScriptListing(typescript),
  start,
}

interface AdditionPlan {
  readonly counter: Cell
  readonly threads: number
  readonly times: number
  readonly isLocked: boolean
}

function start(setup: Setup): Run {
  const inSteps = readChoice(setup, 'how') === 'steps'
  const isLocked = readSwitch(setup, 'lock')
  const counter = new Cell({ name: 'counter' })
  const lock = isLocked ? new Lock({ name: 'lock' }) : undefined
  const times = inSteps ? 1 : readNumber(setup, 'times')
  const number = readNumber(setup, 'threads')
  const begin = () => startAdders(counter, number, times, lock)
  const threads = inSteps ? startPaused(begin) : begin()
  const steps = inSteps ? stepInTurns(threads, readNumber(setup, 'pause')) : Promise.resolve([])
  return {
    threads,
    performAction: () => {},
    outcome: awaitOutcome({ counter, threads: number, times, isLocked }, threads, steps),
  }
}

async function awaitOutcome(
  additions: AdditionPlan,
  threads: readonly Thread[],
  steps: Promise<string[]>,
): Promise<Outcome> {
  const failure = await awaitThreads(threads)
  return failure ? createFailureOutcome(failure) : createOutcome(additions, await steps)
}

function createOutcome(
  { counter, threads, times, isLocked }: AdditionPlan,
  steps: readonly string[],
): Outcome {
  const expected = threads * times
  const found = counter.peek()
  const lost = expected - found
  const inputs = {
    additions: m.lab_interference_additions({
      threads: m.lab_count_threads({ count: threads }),
      additions: m.lab_count_additions({ count: times }),
    }),
    expected: formatNumber(expected),
    found: formatNumber(found),
    lost: lost === 0 ? m.lab_interference_none_lost() : m.lab_interference_lost({ count: lost }),
  }
  return {
    summary: isLocked ? m.lab_interference_summary_locked(inputs) : m.lab_interference_summary(inputs),
    isCorrect: lost === 0,
    facts: [
      { name: m.lab_interference_fact_expected(), value: inputs.expected },
      { name: m.lab_interference_fact_found(), value: inputs.found },
      { name: m.lab_interference_fact_lost(), value: formatNumber(lost) },
      { name: m.lab_interference_fact_unseen(), value: formatNumber(counter.lost) },
      ...(steps.length > 0 ? [{ name: m.lab_interference_fact_steps(), value: steps.join(', ') }] : []),
    ],
  }
}
