import { Barrier, Queue, type Thread } from '@skein/threading'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { startBoth } from '../programs/deadlock-program.ts'
import typescript from '../programs/deadlock-program.ts?raw'
import python from '../programs/python/deadlock_program.py?raw'
import { awaitDeadlock, type DeadlockLink, describeCycle } from './support/await-deadlock.ts'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { formatCount, formatNumber } from './support/english.ts'
import { readChoice, readNumber, readSwitch } from './support/read-setup.ts'
import { startPaused, stepUntil } from './support/step-threads.ts'

export const deadlock: Exercise = {
  id: 'deadlock',
  title: 'Deadlock',
  lesson: [
    'Two threads each need two locks. One takes left and then right, the other right and then left. If each has taken its first lock, each waits for the one that the other holds, and will not give up its own. Neither ever goes on: that is a deadlock.',
    'Nothing fails and nothing is reported; both are simply blocked. It happens only when the steps meet in a certain order, so a program can run well for a long time first. One step at a time, it happens at once; live, it takes some rounds.',
    'A deadlock needs a circle: each thread of it holds what the next one waits for. If all threads take locks in the same order, no circle can close, because whoever has the first lock is never waiting for somebody who waits for it.',
    'Who watches knows: a lock says who holds it and who waits for it. The view follows these arrows, and tells of a circle as soon as two looks in a row have seen it. Python has nothing that tells you.',
  ],
  controls: [
    {
      kind: 'choice',
      name: 'how',
      label: 'Run',
      choices: [
        { value: 'steps', label: 'One step at a time, one round' },
        { value: 'live', label: 'Live, many rounds' },
      ],
      initial: 'steps',
    },
    { kind: 'switch', name: 'same', label: 'Same order', initial: false },
    { kind: 'number', name: 'rounds', label: 'Rounds, live', min: 1, max: 100_000, initial: 20_000 },
    { kind: 'number', name: 'pause', label: 'ms between steps', min: 0, max: 2000, initial: 500 },
  ],
  actions: [],
  question: {
    ask: 'Run it live with two orders several times, and look at how many rounds were done before it stopped. Would a test that runs 10 rounds have found the mistake?',
    answer:
      'Perhaps, perhaps not: the number is different every time. Such a test says little, and a careful look at the order of locks says it all. The view warns of it too: it remembers which locks were taken while which others were held, and tells of two orders before they ever meet.',
  },
  python: parsePythonListing(python),
  typescript: parseTypeScriptListing(typescript),
  start,
}

function start(setup: Setup): Run {
  const inSteps = readChoice(setup, 'how') === 'steps'
  const isSameOrder = readSwitch(setup, 'same')
  const [start, done] = [new Barrier({ name: 'start', parties: 2 }), new Queue<number>({ name: 'done' })]
  const rounds = inSteps ? 1 : readNumber(setup, 'rounds')
  const begin = () => startBoth(isSameOrder, start, rounds, done)
  const threads = inSteps ? startPaused(begin) : begin()
  const circle = awaitDeadlock(threads)
  const steps = inSteps ? stepUntil(circle, threads, readNumber(setup, 'pause')) : Promise.resolve()
  const end = steps.then(() => circle)
  return { threads, performAction: () => {}, outcome: awaitOutcome(threads, end, isSameOrder, done) }
}

async function awaitOutcome(
  threads: readonly Thread[],
  deadlocked: Promise<DeadlockLink[] | undefined>,
  isSameOrder: boolean,
  done: Queue<number>,
): Promise<Outcome> {
  const failed = await Promise.race([deadlocked.then(() => undefined), awaitThreads(threads)])
  if (failed) return createFailureOutcome(failed)
  const circle = await deadlocked
  const rounds = { name: 'Rounds done, both together', value: formatNumber(done.qsize()) }
  if (circle !== undefined) {
    return {
      summary: `A deadlock after ${formatCount(done.qsize(), 'round')}: ${describeCycle(circle)}.`,
      isCorrect: false,
      facts: [
        rounds,
        ...circle.map(({ thread, waitsFor, heldBy }) => ({
          name: thread,
          value: `waits for ${waitsFor}, held by ${heldBy}`,
        })),
      ],
    }
  }
  const luck = isSameOrder
    ? 'In one order no circle can close.'
    : 'This time the two orders never met: run it again.'
  return { summary: `Both threads finished. ${luck}`, isCorrect: true, facts: [rounds] }
}
