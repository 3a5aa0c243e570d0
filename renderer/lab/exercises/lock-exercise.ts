import { Event, Lock, Queue, Thread } from '@skein/threading'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { ask, type CallResult, fail, forget, hold, releaseUnowned } from '../programs/lock-program.ts'
import typescript from '../programs/lock-program.ts?raw'
import python from '../programs/python/lock_program.py?raw'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { drainQueue } from './support/drain-queue.ts'
import { formatDuration } from './support/english.ts'
import { readChoice, readNumber } from './support/read-setup.ts'

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
      initial: 'wait',
    },
    { kind: 'number', name: 'hold', label: 'ms it is held', min: 0, max: 3000, initial: 1000 },
    { kind: 'number', name: 'timeout', label: 'ms of timeout', min: 0, max: 3000, initial: 400 },
  ],
  actions: [],
  question: {
    ask: 'In the scene with a timeout, the lock is held for 1,000 ms. What is the shortest timeout with which the asker gets it?',
    answer:
      'A little under 1,000 ms: the asker begins to ask a moment after the lock was taken, so that much less is left. Nobody should write a program that relies on it: how long a thread takes to start, to sleep and to wake is up to the operating system.',
  },
  python: parsePythonListing(python),
  typescript: parseTypeScriptListing(typescript),
  start,
}

interface SharedObjects {
  readonly lock: Lock
  readonly held: Event
  readonly said: Queue<CallResult>
}

function start(setup: Setup): Run {
  const stage: SharedObjects = {
    lock: new Lock({ name: 'lock' }),
    held: new Event({ name: 'held' }),
    said: new Queue<CallResult>({ name: 'said' }),
  }
  const scene = readChoice(setup, 'scene')
  const threads = [
    makeHolder(scene, stage, readNumber(setup, 'hold')),
    makeAsker(scene, stage, readNumber(setup, 'timeout')),
  ]
  for (const thread of threads) thread.start()
  return { threads, performAction: () => {}, outcome: awaitOutcome(scene, threads, stage) }
}

function makeHolder(scene: string, { lock, held, said }: SharedObjects, pause: number): Thread {
  const name = 'holder'
  if (scene === 'forgotten') return new Thread({ target: forget, args: [lock, held], name })
  if (scene === 'using') return new Thread({ target: fail, args: [lock, held, said], name })
  return new Thread({ target: hold, args: [lock, held, pause], name })
}

function makeAsker(scene: string, { lock, held, said }: SharedObjects, timeout: number): Thread {
  const name = 'asker'
  if (scene === 'owner') return new Thread({ target: releaseUnowned, args: [lock, held, said], name })
  const how: [boolean, number] = scene === 'try' ? [false, -1] : [true, scene === 'timeout' ? timeout : -1]
  return new Thread({ target: ask, args: [lock, held, said, ...how], name })
}

async function awaitOutcome(
  scene: string,
  threads: readonly Thread[],
  { lock, said }: SharedObjects,
): Promise<Outcome> {
  const failure = await awaitThreads(threads)
  if (failure) return createFailureOutcome(failure)
  const sayings = drainQueue(said)
  // The lock is free before its holder tells of its error: either may speak first.
  const last = sayings.find(({ what }) => what === 'acquired') ?? sayings.at(-1)
  return {
    ...summarizeScene(scene, last?.what ?? '', formatDuration(last?.after ?? 0), lock.ownerDied),
    facts: [
      ...sayings.map(({ what, after }) => ({
        name: 'Said',
        value: after > 0 ? `${what}, after ${formatDuration(after)}` : what,
      })),
      { name: 'Its owner died', value: lock.ownerDied ? 'yes' : 'no' },
      { name: 'Locked at the end', value: lock.locked() ? 'yes' : 'no' },
    ],
  }
}

function summarizeScene(
  scene: string,
  what: string,
  after: string,
  ownerDied: boolean,
): Omit<Outcome, 'facts'> {
  const isAcquired = what === 'acquired'
  switch (scene) {
    case 'owner':
      return {
        summary: `asker released a lock that holder held, and got ${what}. The lock stayed holder’s.`,
        isCorrect: false,
      }
    case 'forgotten': {
      const told = ownerDied ? 'ownerDied told so' : 'nothing told so'
      return {
        summary: `holder ended with the lock held; asker got it after ${after}, and ${told}.`,
        isCorrect: !ownerDied,
      }
    }
    case 'using':
      return {
        summary: `holder left its block by an error, and the lock was released: asker got it after ${after}, whole.`,
        isCorrect: isAcquired && !ownerDied,
      }
    case 'try':
      return {
        summary: isAcquired
          ? 'asker found the lock free, and took it.'
          : `asker did not get the lock, and knew it after ${after}.`,
        isCorrect: true,
      }
    default:
      return {
        summary: isAcquired
          ? `asker got the lock after ${after}.`
          : `asker gave up after ${after}, without the lock.`,
        isCorrect: true,
      }
  }
}
