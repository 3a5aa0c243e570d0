import { Cell, Lock, type Thread } from '../../../shared/threading/index.ts'
import type { Exercise, Outcome, Run, Setup } from '../exercise.ts'
import { listingOf, pythonListing } from '../listing.ts'
import python from '../programs/interference.py?raw'
import { startAdders } from '../programs/interference.ts'
import typescript from '../programs/interference.ts?raw'
import { ended, outcomeOf } from './ends.ts'
import { oneStepEach, startPaused } from './one-step-each.ts'
import { choiceIn, isOn, numberIn } from './setup.ts'
import { count, figure } from './words.ts'

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
      first: 'live',
    },
    { kind: 'switch', name: 'lock', label: 'Lock', first: false },
    { kind: 'number', name: 'threads', label: 'Threads', least: 2, most: 8, first: 2 },
    {
      kind: 'number',
      name: 'times',
      label: 'Additions of each, live',
      least: 1,
      most: 100_000,
      first: 100_000,
    },
    { kind: 'number', name: 'pause', label: 'ms between steps', least: 0, most: 2000, first: 500 },
  ],
  actions: [],
  question: {
    ask: 'Run it live with 10 additions each, several times. Is the program correct when nothing is lost?',
    answer:
      'No. With few additions one thread is often done before the other begins, so the steps seldom meet and the count is seldom wrong. That a run went well says nothing about the next one: one step at a time shows an order that loses an update, and nothing in the program forbids it. With the lock, no order does.',
  },
  python: pythonListing(python),
  typescript: listingOf(typescript),
  start,
}

interface Additions {
  readonly counter: Cell
  readonly threads: number
  readonly times: number
  readonly isLocked: boolean
}

function start(setup: Setup): Run {
  const inSteps = choiceIn(setup, 'how') === 'steps'
  const isLocked = isOn(setup, 'lock')
  const counter = new Cell({ name: 'counter' })
  const lock = isLocked ? new Lock({ name: 'lock' }) : undefined
  const times = inSteps ? 1 : numberIn(setup, 'times')
  const number = numberIn(setup, 'threads')
  const begin = () => startAdders(counter, number, times, lock)
  const threads = inSteps ? startPaused(begin) : begin()
  const steps = inSteps ? oneStepEach(threads, numberIn(setup, 'pause')) : Promise.resolve([])
  return {
    threads,
    act: () => {},
    outcome: sum({ counter, threads: number, times, isLocked }, threads, steps),
  }
}

async function sum(
  additions: Additions,
  threads: readonly Thread[],
  steps: Promise<string[]>,
): Promise<Outcome> {
  const failure = await ended(threads)
  return failure ? outcomeOf(failure) : outcome(additions, await steps)
}

function outcome({ counter, threads, times, isLocked }: Additions, steps: readonly string[]): Outcome {
  const expected = threads * times
  const found = counter.peek()
  const lost = expected - found
  const made = `${count(threads, 'thread')} added 1 ${count(times, 'time')} each${isLocked ? ', under the lock' : ''}`
  const result = `expected ${figure(expected)}, found ${figure(found)}`
  return {
    sentence: `${made}: ${result}. ${lost === 0 ? 'None' : count(lost, 'update')} ${lost > 1 ? 'were' : 'was'} lost.`,
    fine: lost === 0,
    facts: [
      { name: 'Expected', value: figure(expected) },
      { name: 'Found', value: figure(found) },
      { name: 'Lost', value: figure(lost) },
      { name: 'Writes over a number that the thread had not seen', value: figure(counter.lost) },
      ...(steps.length > 0 ? [{ name: 'Order of steps', value: steps.join(', ') }] : []),
    ],
  }
}
