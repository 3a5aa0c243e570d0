import { Barrier, Queue, Semaphore, type Thread } from '../../../shared/threading/index.ts'
import type { Exercise, Outcome, Run, Setup } from '../exercise.ts'
import { listingOf, pythonListing } from '../listing.ts'
import python from '../programs/philosophers.py?raw'
import { type Meal, seat, type Table } from '../programs/philosophers.ts'
import typescript from '../programs/philosophers.ts?raw'
import { deadlockAmong, inWords, type Link } from './deadlock-look.ts'
import { drained, ended, outcomeOf } from './ends.ts'
import { startPaused, stepUntil } from './one-step-each.ts'
import { choiceIn, numberIn } from './setup.ts'
import { count, duration, figure } from './words.ts'

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
      first: 'left',
    },
    {
      kind: 'choice',
      name: 'how',
      label: 'Run',
      choices: [
        { value: 'live', label: 'Live' },
        { value: 'steps', label: 'One step at a time' },
      ],
      first: 'live',
    },
    { kind: 'number', name: 'philosophers', label: 'Philosophers', least: 2, most: 8, first: 5 },
    { kind: 'number', name: 'meals', label: 'Meals of each', least: 1, most: 100, first: 3 },
    { kind: 'number', name: 'think', label: 'ms to think', least: 0, most: 2000, first: 100 },
    { kind: 'number', name: 'reach', label: 'ms between the forks', least: 0, most: 1000, first: 200 },
    { kind: 'number', name: 'eat', label: 'ms to eat', least: 0, most: 2000, first: 200 },
    { kind: 'number', name: 'pause', label: 'ms between steps', least: 0, most: 2000, first: 200 },
  ],
  actions: [],
  question: {
    ask: 'All take the left fork first, live, with 0 ms between the forks. Is the deadlock gone, and if it does not come, is the program correct?',
    answer:
      'It comes seldom then, for the moment in which each has one fork is short. It is still possible: one step at a time it comes every time. To make a deadlock unlikely is not to remove it. The other two strategies remove it.',
  },
  python: pythonListing(python),
  typescript: listingOf(typescript),
  start,
}

function start(setup: Setup): Run {
  const strategy = choiceIn(setup, 'strategy')
  const seats = numberIn(setup, 'philosophers')
  const table: Table = {
    start: new Barrier({ name: 'start', parties: seats }),
    waiter: new Semaphore({ name: 'waiter', value: strategy === 'waiter' ? seats - 1 : seats }),
    eaten: new Queue<Meal>({ name: 'eaten' }),
    meals: numberIn(setup, 'meals'),
    think: numberIn(setup, 'think'),
    reach: numberIn(setup, 'reach'),
    eat: numberIn(setup, 'eat'),
  }
  const inSteps = choiceIn(setup, 'how') === 'steps'
  const begin = () => seat(seats, strategy === 'right', table)
  const threads = inSteps ? startPaused(begin) : begin()
  const circle = deadlockAmong(threads)
  const steps = inSteps ? stepUntil(circle, threads, numberIn(setup, 'pause')) : Promise.resolve()
  return {
    threads,
    act: () => {},
    outcome: outcome(
      threads,
      steps.then(() => circle),
      table,
    ),
  }
}

async function outcome(
  threads: readonly Thread[],
  deadlocked: Promise<Link[] | undefined>,
  table: Table,
): Promise<Outcome> {
  const failed = await Promise.race([deadlocked.then(() => undefined), ended(threads)])
  if (failed) return outcomeOf(failed)
  const circle = await deadlocked
  const meals = drained(table.eaten)
  const facts = threads.map(({ name }) => ({
    name,
    value: describe(meals.filter((meal) => meal.name === name)),
  }))
  if (circle !== undefined) {
    return {
      sentence: `A deadlock after ${count(meals.length, 'meal')}: ${inWords(circle)}.`,
      fine: false,
      facts,
    }
  }
  const hungers = meals.map(({ hunger }) => hunger)
  return {
    sentence: `All ate: ${count(meals.length, 'meal')}, and the longest hunger was ${duration(Math.max(0, ...hungers))}.`,
    fine: true,
    facts,
  }
}

function describe(meals: readonly Meal[]): string {
  const longest = duration(Math.max(0, ...meals.map(({ hunger }) => hunger)))
  return meals.length === 0
    ? 'did not eat'
    : `${figure(meals.length)} ${meals.length === 1 ? 'meal' : 'meals'}, longest hunger ${longest}`
}
