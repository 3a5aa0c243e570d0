import { BoundedSemaphore, Queue, Semaphore, SharedMemory, type Thread } from '@skein/threading'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import python from '../programs/python/semaphore_program.py?raw'
import { release, startVisitors } from '../programs/semaphore-program.ts'
import typescript from '../programs/semaphore-program.ts?raw'
import { maxOccupancy } from '../programs/support/room-occupancy.ts'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { drainQueue } from './support/drain-queue.ts'
import { formatCount, formatNumber } from './support/english.ts'
import { readChoice, readNumber } from './support/read-setup.ts'

export const semaphores: Exercise = {
  id: 'semaphore',
  title: 'Semaphore and BoundedSemaphore',
  lesson: [
    'A semaphore holds a number of permits. acquire takes one, and waits while there is none; release gives one back, and wakes a thread that waits. So never more threads are between the two than there were permits at the start: as many as a room has places, or a server connections.',
    'Unlike a lock it has no owner. Any thread may release it, even one that never acquired it, and each release adds a permit. One release too many, and one thread more than was meant gets in, for good. A Semaphore does not notice.',
    'A BoundedSemaphore remembers its first number. The release that would raise the permits above it throws a ValueError. That need not be the one that was wrong: while other threads hold permits, there is room for it, and the error comes at the last release, when one permit is left over.',
  ],
  controls: [
    {
      kind: 'choice',
      name: 'kind',
      label: 'Kind',
      choices: [
        { value: 'Semaphore', label: 'Semaphore' },
        { value: 'BoundedSemaphore', label: 'BoundedSemaphore' },
      ],
      initial: 'Semaphore',
    },
    { kind: 'number', name: 'permits', label: 'Permits', min: 1, max: 8, initial: 2 },
    { kind: 'number', name: 'threads', label: 'Visitors', min: 1, max: 8, initial: 5 },
    { kind: 'number', name: 'visits', label: 'Visits of each', min: 1, max: 50, initial: 6 },
    { kind: 'number', name: 'stay', label: 'ms inside', min: 0, max: 2000, initial: 400 },
  ],
  actions: [{ name: 'release', label: 'Release once too many' }],
  question: {
    ask: 'With 2 permits and 5 visitors, release once too many in the middle of a run. How many are inside from then on with each of the two kinds, and what tells you that something went wrong?',
    answer:
      'Three, with both: while permits are out, a BoundedSemaphore cannot know that the release is one too many. The Semaphore never tells. The BoundedSemaphore throws a ValueError in the visitor that releases last: it tells that a release was too many, but not which one.',
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
  const room: VisitRun = { kind, permits: value, visits, memory, errors, extraReleases: 0 }
  const stays = { count: visits, stay: readNumber(setup, 'stay') }
  const threads = startVisitors(readNumber(setup, 'threads'), permits, memory, errors, stays)
  const act = () => {
    room.extraReleases++
    release(permits, errors)
  }
  return { threads, performAction: act, outcome: awaitOutcome(threads, room) }
}

async function awaitOutcome(threads: readonly Thread[], room: VisitRun): Promise<Outcome> {
  const failure = await awaitThreads(threads)
  if (failure) return createFailureOutcome(failure)
  const [most, errors] = [maxOccupancy(room.memory), drainQueue(room.errors)]
  const visits = `${formatCount(threads.length, 'visitor')} came ${formatCount(room.visits, 'time')} each`
  const tooMany =
    room.extraReleases > 0 ? ` It was released ${formatCount(room.extraReleases, 'time')} too many.` : ''
  const thrown = errors.length > 0 ? ` ${formatCount(errors.length, 'release')} threw a ValueError.` : ''
  return {
    summary: `${visits}, with ${formatCount(room.permits, 'permit')}: ${formatCount(most, 'visitor')} at the most ${most === 1 ? 'was' : 'were'} inside together.${tooMany}${thrown}`,
    isCorrect: most <= room.permits && errors.length === 0,
    facts: [
      { name: 'Permits', value: formatNumber(room.permits) },
      { name: 'Most inside together', value: formatNumber(most) },
      { name: 'Releases too many', value: formatNumber(room.extraReleases) },
      { name: 'ValueErrors', value: errors.length === 0 ? 'none' : `${errors.length}: ${errors[0]}` },
    ],
  }
}
