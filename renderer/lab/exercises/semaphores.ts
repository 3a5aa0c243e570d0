import {
  BoundedSemaphore,
  Queue,
  Semaphore,
  SharedMemory,
  type Thread,
} from '../../../shared/threading/index.ts'
import type { Exercise, Outcome, Run, Setup } from '../exercise.ts'
import { listingOf, pythonListing } from '../listing.ts'
import { mostIn } from '../programs/head-count.ts'
import python from '../programs/semaphores.py?raw'
import { release, startVisitors } from '../programs/semaphores.ts'
import typescript from '../programs/semaphores.ts?raw'
import { drained, ended, outcomeOf } from './ends.ts'
import { choiceIn, numberIn } from './setup.ts'
import { count, figure } from './words.ts'

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
      first: 'Semaphore',
    },
    { kind: 'number', name: 'permits', label: 'Permits', least: 1, most: 8, first: 2 },
    { kind: 'number', name: 'threads', label: 'Visitors', least: 1, most: 8, first: 5 },
    { kind: 'number', name: 'visits', label: 'Visits of each', least: 1, most: 50, first: 6 },
    { kind: 'number', name: 'stay', label: 'ms inside', least: 0, most: 2000, first: 400 },
  ],
  actions: [{ name: 'release', label: 'Release once too many' }],
  question: {
    ask: 'With 2 permits and 5 visitors, release once too many in the middle of a run. How many are inside from then on with each of the two kinds, and what tells you that something went wrong?',
    answer:
      'Three, with both: while permits are out, a BoundedSemaphore cannot know that the release is one too many. The Semaphore never tells. The BoundedSemaphore throws a ValueError in the visitor that releases last: it tells that a release was too many, but not which one.',
  },
  python: pythonListing(python),
  typescript: listingOf(typescript),
  start,
}

interface Room {
  readonly kind: string
  readonly permits: number
  readonly visits: number
  readonly memory: SharedMemory
  readonly errors: Queue<string>
  tooMany: number
}

function start(setup: Setup): Run {
  const [kind, value, visits] = [
    choiceIn(setup, 'kind'),
    numberIn(setup, 'permits'),
    numberIn(setup, 'visits'),
  ]
  const permits = new (kind === 'Semaphore' ? Semaphore : BoundedSemaphore)({ name: 'permits', value })
  const memory = new SharedMemory({ name: 'room', bytes: 8 })
  const errors = new Queue<string>({ name: 'errors' })
  const room: Room = { kind, permits: value, visits, memory, errors, tooMany: 0 }
  const stays = { count: visits, stay: numberIn(setup, 'stay') }
  const threads = startVisitors(numberIn(setup, 'threads'), permits, memory, errors, stays)
  const act = () => {
    room.tooMany++
    release(permits, errors)
  }
  return { threads, act, outcome: outcome(threads, room) }
}

async function outcome(threads: readonly Thread[], room: Room): Promise<Outcome> {
  const failure = await ended(threads)
  if (failure) return outcomeOf(failure)
  const [most, errors] = [mostIn(room.memory), drained(room.errors)]
  const visits = `${count(threads.length, 'visitor')} came ${count(room.visits, 'time')} each`
  const tooMany = room.tooMany > 0 ? ` It was released ${count(room.tooMany, 'time')} too many.` : ''
  const thrown = errors.length > 0 ? ` ${count(errors.length, 'release')} threw a ValueError.` : ''
  return {
    sentence: `${visits}, with ${count(room.permits, 'permit')}: ${count(most, 'visitor')} at the most ${most === 1 ? 'was' : 'were'} inside together.${tooMany}${thrown}`,
    fine: most <= room.permits && errors.length === 0,
    facts: [
      { name: 'Permits', value: figure(room.permits) },
      { name: 'Most inside together', value: figure(most) },
      { name: 'Releases too many', value: figure(room.tooMany) },
      { name: 'ValueErrors', value: errors.length === 0 ? 'none' : `${errors.length}: ${errors[0]}` },
    ],
  }
}
