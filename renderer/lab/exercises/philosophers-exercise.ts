import { Barrier, Queue, Semaphore, type Thread } from '@skein/threading'
import { m } from '../../../shared/i18n/messages.js'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { type Meal, startPhilosophers, type Table } from '../programs/philosophers-program.ts'
import typescript from '../programs/philosophers-program.ts?raw'
import python from '../programs/python/philosophers_program.py?raw'
import { awaitDeadlock, type DeadlockLink, describeDeadlock } from './support/await-deadlock.ts'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { drainQueue } from './support/drain-queue.ts'
import { formatDuration } from './support/format.ts'
import { readChoice, readNumber } from './support/read-setup.ts'
import { startPaused, stepUntil } from './support/step-threads.ts'

export const philosophers: Exercise = {
  id: 'philosophers',
  title: m.lab_philosophers_title,
  lesson: [
    m.lab_philosophers_lesson_1,
    m.lab_philosophers_lesson_2,
    m.lab_philosophers_lesson_3,
    m.lab_philosophers_lesson_4,
  ],
  controls: [
    {
      kind: 'choice',
      name: 'strategy',
      label: m.lab_philosophers_control_strategy,
      choices: [
        { value: 'left', label: m.lab_philosophers_choice_left },
        { value: 'right', label: m.lab_philosophers_choice_right },
        { value: 'waiter', label: m.lab_philosophers_choice_waiter },
      ],
      initial: 'left',
    },
    {
      kind: 'choice',
      name: 'how',
      label: m.lab_control_mode,
      choices: [
        { value: 'live', label: m.lab_mode_live },
        { value: 'steps', label: m.lab_philosophers_choice_steps },
      ],
      initial: 'live',
    },
    {
      kind: 'number',
      name: 'philosophers',
      label: m.lab_philosophers_control_philosophers,
      min: 2,
      max: 8,
      initial: 5,
    },
    { kind: 'number', name: 'meals', label: m.lab_philosophers_control_meals, min: 1, max: 100, initial: 3 },
    {
      kind: 'number',
      name: 'think',
      label: m.lab_philosophers_control_think,
      min: 0,
      max: 2000,
      initial: 100,
    },
    {
      kind: 'number',
      name: 'reach',
      label: m.lab_philosophers_control_reach,
      min: 0,
      max: 1000,
      initial: 200,
    },
    { kind: 'number', name: 'eat', label: m.lab_philosophers_control_eat, min: 0, max: 2000, initial: 200 },
    {
      kind: 'number',
      name: 'pause',
      label: m.lab_control_step_time,
      min: 0,
      max: 2000,
      initial: 200,
    },
  ],
  actions: [],
  question: {
    ask: m.lab_philosophers_question,
    answer: m.lab_philosophers_answer,
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
  const cycle = awaitDeadlock(threads)
  const steps = inSteps ? stepUntil(cycle, threads, readNumber(setup, 'pause')) : Promise.resolve()
  return {
    threads,
    performAction: () => {},
    outcome: awaitOutcome(
      threads,
      steps.then(() => cycle),
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
  const cycle = await deadlocked
  const meals = drainQueue(table.eaten)
  const count = m.lab_count_meals({ count: meals.length })
  return {
    summary:
      cycle === undefined
        ? m.lab_philosophers_finished({ meals: count, duration: formatDuration(findLongestHunger(meals)) })
        : describeDeadlock(cycle, count),
    isCorrect: cycle === undefined,
    facts: threads.map(({ name }) => ({
      name,
      value: describeMeals(meals.filter((meal) => meal.name === name)),
    })),
  }
}

function describeMeals(meals: readonly Meal[]): string {
  if (meals.length === 0) return m.lab_philosophers_fact_not_eaten()
  return m.lab_philosophers_fact_meals({
    meals: m.lab_count_meals({ count: meals.length }),
    duration: formatDuration(findLongestHunger(meals)),
  })
}

const findLongestHunger = (meals: readonly Meal[]): number =>
  Math.max(0, ...meals.map(({ hunger }) => hunger))
