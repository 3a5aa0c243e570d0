import { Event, Lock, Queue, Thread } from '../../../shared/threading/index.ts'
import type { Exercise, Outcome, Run, Setup } from '../exercise.ts'
import { listingOf, pythonListing } from '../listing.ts'
import python from '../programs/locks.py?raw'
import { ask, fail, forget, hold, releaseIt, type Said } from '../programs/locks.ts'
import typescript from '../programs/locks.ts?raw'
import { drained, ended, outcomeOf } from './ends.ts'
import { choiceIn, numberIn } from './setup.ts'
import { duration } from './words.ts'

export const locks: Exercise = {
  id: 'lock',
  title: 'Lock',
  lesson: [
    'A lock is held by one thread at a time. acquire takes it; while another thread holds it, the caller is blocked until it is released. acquire(false) does not wait: it returns false at once. With a timeout it waits that long at the most, and says whether it got the lock.',
    'Only the thread that acquired a lock may release it: another gets a RuntimeError. (Python holds its RLock to the same rule. It lets any thread release its Lock, which makes a mistake such as this one go unseen.)',
    'A lock that is not released stays locked. In Python it does so for ever, even when its thread has ended. Here the end of the owner frees it, and ownerDied says to whoever gets it next that what it protects may be half changed.',
    'So release it on every way out of the block, also when an error is thrown: using _ = lock.hold(), Python’s with lock:, does that by itself.',
  ],
  controls: [
    {
      kind: 'choice',
      name: 'scene',
      label: 'Scene',
      choices: [
        { value: 'wait', label: 'Wait for the lock' },
        { value: 'try', label: 'Try, without waiting' },
        { value: 'timeout', label: 'Wait with a timeout' },
        { value: 'owner', label: 'Release another’s lock' },
        { value: 'forgotten', label: 'Forget to release' },
        { value: 'using', label: 'An error inside using' },
      ],
      first: 'wait',
    },
    { kind: 'number', name: 'hold', label: 'ms it is held', least: 0, most: 3000, first: 1000 },
    { kind: 'number', name: 'timeout', label: 'ms of timeout', least: 0, most: 3000, first: 400 },
  ],
  actions: [],
  question: {
    ask: 'In the scene with a timeout, the lock is held for 1,000 ms. What is the shortest timeout with which the asker gets it?',
    answer:
      'A little under 1,000 ms: the asker begins to ask a moment after the lock was taken, so that much less is left. Nobody should write a program that relies on it: how long a thread takes to start, to sleep and to wake is up to the operating system.',
  },
  python: pythonListing(python),
  typescript: listingOf(typescript),
  start,
}

interface Stage {
  readonly lock: Lock
  readonly held: Event
  readonly said: Queue<Said>
}

function start(setup: Setup): Run {
  const stage: Stage = {
    lock: new Lock({ name: 'lock' }),
    held: new Event({ name: 'held' }),
    said: new Queue<Said>({ name: 'said' }),
  }
  const scene = choiceIn(setup, 'scene')
  const threads = [
    makeHolder(scene, stage, numberIn(setup, 'hold')),
    makeAsker(scene, stage, numberIn(setup, 'timeout')),
  ]
  for (const thread of threads) thread.start()
  return { threads, act: () => {}, outcome: outcome(scene, threads, stage) }
}

function makeHolder(scene: string, { lock, held, said }: Stage, pause: number): Thread {
  const name = 'holder'
  if (scene === 'forgotten') return new Thread({ target: forget, args: [lock, held], name })
  if (scene === 'using') return new Thread({ target: fail, args: [lock, held, said], name })
  return new Thread({ target: hold, args: [lock, held, pause], name })
}

function makeAsker(scene: string, { lock, held, said }: Stage, timeout: number): Thread {
  const name = 'asker'
  if (scene === 'owner') return new Thread({ target: releaseIt, args: [lock, held, said], name })
  const how: [boolean, number] = scene === 'try' ? [false, -1] : [true, scene === 'timeout' ? timeout : -1]
  return new Thread({ target: ask, args: [lock, held, said, ...how], name })
}

async function outcome(scene: string, threads: readonly Thread[], { lock, said }: Stage): Promise<Outcome> {
  const failure = await ended(threads)
  if (failure) return outcomeOf(failure)
  const sayings = drained(said)
  // The lock is free before its holder tells of its error: either may speak first.
  const last = sayings.find(({ what }) => what === 'acquired') ?? sayings.at(-1)
  return {
    ...judge(scene, last?.what ?? '', duration(last?.after ?? 0), lock.ownerDied),
    facts: [
      ...sayings.map(({ what, after }) => ({
        name: 'Said',
        value: after > 0 ? `${what}, after ${duration(after)}` : what,
      })),
      { name: 'Its owner died', value: lock.ownerDied ? 'yes' : 'no' },
      { name: 'Locked at the end', value: lock.locked() ? 'yes' : 'no' },
    ],
  }
}

function judge(scene: string, what: string, after: string, ownerDied: boolean): Omit<Outcome, 'facts'> {
  const isAcquired = what === 'acquired'
  switch (scene) {
    case 'owner':
      return {
        sentence: `asker released a lock that holder held, and got ${what}. The lock stayed holder’s.`,
        fine: false,
      }
    case 'forgotten': {
      const told = ownerDied ? 'ownerDied told so' : 'nothing told so'
      return {
        sentence: `holder ended with the lock held; asker got it after ${after}, and ${told}.`,
        fine: !ownerDied,
      }
    }
    case 'using':
      return {
        sentence: `holder left its block by an error, and the lock was released: asker got it after ${after}, whole.`,
        fine: isAcquired && !ownerDied,
      }
    case 'try':
      return {
        sentence: isAcquired
          ? 'asker found the lock free, and took it.'
          : `asker did not get the lock, and knew it after ${after}.`,
        fine: true,
      }
    default:
      return {
        sentence: isAcquired
          ? `asker got the lock after ${after}.`
          : `asker gave up after ${after}, without the lock.`,
        fine: true,
      }
  }
}
