import { Cell, Lock, type Thread } from '@skein/threading'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { startAdders } from '../programs/interference-program.ts'
import typescript from '../programs/interference-program.ts?raw'
import python from '../programs/python/interference_program.py?raw'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { formatCount, formatNumber } from './support/english.ts'
import { readChoice, readNumber, readSwitch } from './support/read-setup.ts'
import { startPaused, stepInTurns } from './support/step-threads.ts'

export const interference: Exercise = {
  id: 'interference',
  title: 'Interference',
  lesson: [
    'To add 1 to a number that lies in memory takes three steps: read it, add 1, write the sum. Another thread can come between any two of them.',
    'If two threads read the same number before either has written, both write the same sum. Two additions were made and the number has grown by one: an update is lost. No error is raised, nothing is reported, and the next run may go well.',
    'Run it live: the threads really run at the same time, and lose a different number of updates every time. (Here to add takes about a microsecond, so that they meet often.) Then choose one step at a time: each thread in turn does one step, so that you see both read the same number and both write the same sum. With the lock, the three steps of one thread are over before those of another begin.',
    'CPython with its global lock changes threads only at certain points of a program, and none of them lies between these three lines. So its listing is correct there by accident, and loses updates on a CPython without that lock.',
  ],
  controls: [
    {
      kind: 'choice',
      name: 'how',
      label: 'Run',
      choices: [
        { value: 'live', label: 'Live' },
        { value: 'steps', label: 'One step at a time, each adds once' },
      ],
      initial: 'live',
    },
    { kind: 'switch', name: 'lock', label: 'Lock', initial: false },
    { kind: 'number', name: 'threads', label: 'Threads', min: 2, max: 8, initial: 2 },
    {
      kind: 'number',
      name: 'times',
      label: 'Additions of each, live',
      min: 1,
      max: 100_000,
      initial: 100_000,
    },
    { kind: 'number', name: 'pause', label: 'ms between steps', min: 0, max: 2000, initial: 500 },
  ],
  actions: [],
  question: {
    ask: 'Run it live with 10 additions each, several times. Is the program correct when nothing is lost?',
    answer:
      'No. With few additions one thread is often done before the other begins, so the steps seldom meet and the count is seldom wrong. That a run went well says nothing about the next one: one step at a time shows an order that loses an update, and nothing in the program forbids it. With the lock, no order does.',
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
  const made = `${formatCount(threads, 'thread')} added 1 ${formatCount(times, 'time')} each${isLocked ? ', under the lock' : ''}`
  const result = `expected ${formatNumber(expected)}, found ${formatNumber(found)}`
  return {
    summary: `${made}: ${result}. ${lost === 0 ? 'None' : formatCount(lost, 'update')} ${lost > 1 ? 'were' : 'was'} lost.`,
    isCorrect: lost === 0,
    facts: [
      { name: 'Expected', value: formatNumber(expected) },
      { name: 'Found', value: formatNumber(found) },
      { name: 'Lost', value: formatNumber(lost) },
      { name: 'Writes over a number that the thread had not seen', value: formatNumber(counter.lost) },
      ...(steps.length > 0 ? [{ name: 'Order of steps', value: steps.join(', ') }] : []),
    ],
  }
}
