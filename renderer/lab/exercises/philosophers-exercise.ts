import { Barrier, Queue, Semaphore, type Thread } from '@skein/threading'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { type Meal, startPhilosophers, type Table } from '../programs/philosophers-program.ts'
import typescript from '../programs/philosophers-program.ts?raw'
import python from '../programs/python/philosophers_program.py?raw'
import { awaitDeadlock, type DeadlockLink, describeCycle } from './support/await-deadlock.ts'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { drainQueue } from './support/drain-queue.ts'
import { formatCount, formatDuration, formatNumber } from './support/english.ts'
import { readChoice, readNumber } from './support/read-setup.ts'
import { startPaused, stepUntil } from './support/step-threads.ts'

export const philosophers: Exercise = {
  id: 'philosophers',
  title: 'The dining philosophers',
  lesson: [
    'Philosophers sit around a table, with one fork between each two neighbours. To eat, a philosopher needs both forks beside him. A philosopher is a thread and a fork is a lock. (E. W. Dijkstra set this problem to his students in 1965.)',
    'If all take their left fork first, and all get it, each waits for the right one, which is the neighbour’s left: a deadlock around the whole table.',
    'One right-handed philosopher is enough to break it. Number the forks: then everybody takes the lower number first, and in one order no circle can close. Another way is a waiter, a semaphore that lets one less to the table than it has seats: somebody then always has two forks.',
    'No deadlock does not mean that all eat equally often or wait equally long. Look at the longest hunger of each.',
  ],
  controls: [
    {
      kind: 'choice',
      name: 'strategy',
      label: 'Strategy',
      choices: [
        { value: 'left', label: 'All take the left fork first' },
        { value: 'right', label: 'One takes the right fork first' },
        { value: 'waiter', label: 'A waiter keeps one seat free' },
      ],
      initial: 'left',
    },
    {
      kind: 'choice',
      name: 'how',
      label: 'Run',
      choices: [
        { value: 'live', label: 'Live' },
        { value: 'steps', label: 'One step at a time' },
      ],
      initial: 'live',
    },
    { kind: 'number', name: 'philosophers', label: 'Philosophers', min: 2, max: 8, initial: 5 },
    { kind: 'number', name: 'meals', label: 'Meals of each', min: 1, max: 100, initial: 3 },
    { kind: 'number', name: 'think', label: 'ms to think', min: 0, max: 2000, initial: 100 },
    { kind: 'number', name: 'reach', label: 'ms between the forks', min: 0, max: 1000, initial: 200 },
    { kind: 'number', name: 'eat', label: 'ms to eat', min: 0, max: 2000, initial: 200 },
    { kind: 'number', name: 'pause', label: 'ms between steps', min: 0, max: 2000, initial: 200 },
  ],
  actions: [],
  question: {
    ask: 'All take the left fork first, live, with 0 ms between the forks. Is the deadlock gone, and if it does not come, is the program correct?',
    answer:
      'It comes seldom then, for the moment in which each has one fork is short. It is still possible: one step at a time it comes every time. To make a deadlock unlikely is not to remove it. The other two strategies remove it.',
  },
  python: parsePythonListing(python),
  typescript: parseTypeScriptListing(typescript),
  start,
}

function start(setup: Setup): Run {
  const strategy = readChoice(setup, 'strategy')
  const seats = readNumber(setup, 'philosophers')
  const table: Table = {
    start: new Barrier({ name: 'start', parties: seats }),
    waiter: new Semaphore({ name: 'waiter', value: strategy === 'waiter' ? seats - 1 : seats }),
    eaten: new Queue<Meal>({ name: 'eaten' }),
    meals: readNumber(setup, 'meals'),
    think: readNumber(setup, 'think'),
    reach: readNumber(setup, 'reach'),
    eat: readNumber(setup, 'eat'),
  }
  const inSteps = readChoice(setup, 'how') === 'steps'
  const begin = () => startPhilosophers(seats, strategy === 'right', table)
  const threads = inSteps ? startPaused(begin) : begin()
  const circle = awaitDeadlock(threads)
  const steps = inSteps ? stepUntil(circle, threads, readNumber(setup, 'pause')) : Promise.resolve()
  return {
    threads,
    performAction: () => {},
    outcome: awaitOutcome(
      threads,
      steps.then(() => circle),
      table,
    ),
  }
}

async function awaitOutcome(
  threads: readonly Thread[],
  deadlocked: Promise<DeadlockLink[] | undefined>,
  table: Table,
): Promise<Outcome> {
  const failed = await Promise.race([deadlocked.then(() => undefined), awaitThreads(threads)])
  if (failed) return createFailureOutcome(failed)
  const circle = await deadlocked
  const meals = drainQueue(table.eaten)
  const facts = threads.map(({ name }) => ({
    name,
    value: describeMeals(meals.filter((meal) => meal.name === name)),
  }))
  if (circle !== undefined) {
    return {
      summary: `A deadlock after ${formatCount(meals.length, 'meal')}: ${describeCycle(circle)}.`,
      isCorrect: false,
      facts,
    }
  }
  const hungers = meals.map(({ hunger }) => hunger)
  return {
    summary: `All ate: ${formatCount(meals.length, 'meal')}, and the longest hunger was ${formatDuration(Math.max(0, ...hungers))}.`,
    isCorrect: true,
    facts,
  }
}

function describeMeals(meals: readonly Meal[]): string {
  const longest = formatDuration(Math.max(0, ...meals.map(({ hunger }) => hunger)))
  return meals.length === 0
    ? 'did not eat'
    : `${formatNumber(meals.length)} ${meals.length === 1 ? 'meal' : 'meals'}, longest hunger ${longest}`
}
