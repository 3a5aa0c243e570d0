import { BoundedSemaphore, Queue, Semaphore, SharedMemory, type Thread } from '@skein/threading'
import { m } from '../../../shared/i18n/messages.js'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import python from '../programs/python/semaphore_program.py?raw'
import { release, startVisitors } from '../programs/semaphore-program.ts'
import typescript from '../programs/semaphore-program.ts?raw'
import { maxOccupancy } from '../programs/support/room-occupancy.ts'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { drainQueue } from './support/drain-queue.ts'
import { formatNumber } from './support/format.ts'
import { readChoice, readNumber } from './support/read-setup.ts'

export const semaphores: Exercise = {
  id: 'semaphore',
  title: m.lab_semaphore_title,
  lesson: [m.lab_semaphore_lesson_1, m.lab_semaphore_lesson_2, m.lab_semaphore_lesson_3],
  controls: [
    {
      kind: 'choice',
      name: 'kind',
      label: m.lab_control_kind,
      choices: [{ value: 'Semaphore' }, { value: 'BoundedSemaphore' }],
      initial: 'Semaphore',
    },
    { kind: 'number', name: 'permits', label: m.lab_semaphore_permits, min: 1, max: 8, initial: 2 },
    { kind: 'number', name: 'threads', label: m.lab_semaphore_control_threads, min: 1, max: 8, initial: 5 },
    { kind: 'number', name: 'visits', label: m.lab_semaphore_control_visits, min: 1, max: 50, initial: 6 },
    { kind: 'number', name: 'stay', label: m.lab_semaphore_control_stay, min: 0, max: 2000, initial: 400 },
  ],
  actions: [{ name: 'release', label: m.lab_semaphore_action_release }],
  question: {
    ask: m.lab_semaphore_question,
    answer: m.lab_semaphore_answer,
  },
  python: parsePythonListing(python),
  typescript: parseTypeScriptListing(typescript),
  start,
}

interface VisitRun {
  readonly kind: string
  readonly permits: number
  readonly visits: number
  readonly memory: SharedMemory
  readonly errors: Queue<string>
  extraReleases: number
}

function start(setup: Setup): Run {
  const [kind, value, visits] = [
    readChoice(setup, 'kind'),
    readNumber(setup, 'permits'),
    readNumber(setup, 'visits'),
  ]
  const permits = new (kind === 'Semaphore' ? Semaphore : BoundedSemaphore)({ name: 'permits', value })
  const memory = new SharedMemory({ name: 'room', bytes: 8 })
  const errors = new Queue<string>({ name: 'errors' })
  const run: VisitRun = { kind, permits: value, visits, memory, errors, extraReleases: 0 }
  const stays = { count: visits, stay: readNumber(setup, 'stay') }
  const threads = startVisitors(readNumber(setup, 'threads'), permits, memory, errors, stays)
  const performAction = () => {
    run.extraReleases++
    release(permits, errors)
  }
  return { threads, performAction, outcome: awaitOutcome(threads, run) }
}

async function awaitOutcome(threads: readonly Thread[], run: VisitRun): Promise<Outcome> {
  const failure = await awaitThreads(threads)
  if (failure) return createFailureOutcome(failure)
  const { permits, extraReleases } = run
  const [occupancy, errors] = [maxOccupancy(run.memory), drainQueue(run.errors)]
  return {
    summary: summarize(threads.length, run, occupancy, errors.length),
    isCorrect: occupancy <= permits && errors.length === 0,
    facts: [
      { name: m.lab_semaphore_permits(), value: formatNumber(permits) },
      { name: m.lab_semaphore_fact_inside(), value: formatNumber(occupancy) },
      { name: m.lab_semaphore_fact_extra(), value: formatNumber(extraReleases) },
      { name: m.lab_semaphore_fact_errors(), value: describeErrors(errors) },
    ],
  }
}

function summarize(visitors: number, run: VisitRun, occupancy: number, errorCount: number): string {
  const sentences = [
    m.lab_semaphore_visits({
      visitors: m.lab_count_visitors({ count: visitors }),
      times: m.lab_count_times({ count: run.visits }),
      permits: m.lab_count_permits({ count: run.permits }),
    }),
    m.lab_semaphore_occupancy({ count: occupancy }),
  ]
  if (run.extraReleases > 0) sentences.push(m.lab_semaphore_extra({ count: run.extraReleases }))
  if (errorCount > 0) sentences.push(m.lab_semaphore_errors({ count: errorCount }))
  return sentences.join(' ')
}

const describeErrors = ([first, ...others]: readonly string[]): string =>
  first === undefined
    ? m.lab_none()
    : m.lab_semaphore_fact_error_list({ count: formatNumber(others.length + 1), first })
