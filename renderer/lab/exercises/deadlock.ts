import { Barrier, Queue, type Thread } from '../../../shared/threading/index.ts'
import type { Exercise, Outcome, Run, Setup } from '../exercise.ts'
import { listingOf, pythonListing } from '../listing.ts'
import python from '../programs/deadlock.py?raw'
import { startBoth } from '../programs/deadlock.ts'
import typescript from '../programs/deadlock.ts?raw'
import { deadlockAmong, inWords, type Link } from './deadlock-look.ts'
import { ended, outcomeOf } from './ends.ts'
import { startPaused, stepUntil } from './one-step-each.ts'
import { choiceIn, isOn, numberIn } from './setup.ts'
import { count, figure } from './words.ts'

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
      first: 'steps',
    },
    { kind: 'switch', name: 'same', label: 'Same order', first: false },
    { kind: 'number', name: 'rounds', label: 'Rounds, live', least: 1, most: 100_000, first: 20_000 },
    { kind: 'number', name: 'pause', label: 'ms between steps', least: 0, most: 2000, first: 500 },
  ],
  actions: [],
  question: {
    ask: 'Run it live with two orders several times, and look at how many rounds were done before it stopped. Would a test that runs 10 rounds have found the mistake?',
    answer:
      'Perhaps, perhaps not: the number is different every time. Such a test says little, and a careful look at the order of locks says it all. The view warns of it too: it remembers which locks were taken while which others were held, and tells of two orders before they ever meet.',
  },
  python: pythonListing(python),
  typescript: listingOf(typescript),
  start,
}

function start(setup: Setup): Run {
  const inSteps = choiceIn(setup, 'how') === 'steps'
  const isSameOrder = isOn(setup, 'same')
  const [start, done] = [new Barrier({ name: 'start', parties: 2 }), new Queue<number>({ name: 'done' })]
  const rounds = inSteps ? 1 : numberIn(setup, 'rounds')
  const begin = () => startBoth(isSameOrder, start, rounds, done)
  const threads = inSteps ? startPaused(begin) : begin()
  const circle = deadlockAmong(threads)
  const steps = inSteps ? stepUntil(circle, threads, numberIn(setup, 'pause')) : Promise.resolve()
  const end = steps.then(() => circle)
  return { threads, act: () => {}, outcome: outcome(threads, end, isSameOrder, done) }
}

async function outcome(
  threads: readonly Thread[],
  deadlocked: Promise<Link[] | undefined>,
  isSameOrder: boolean,
  done: Queue<number>,
): Promise<Outcome> {
  const failed = await Promise.race([deadlocked.then(() => undefined), ended(threads)])
  if (failed) return outcomeOf(failed)
  const circle = await deadlocked
  const rounds = { name: 'Rounds done, both together', value: figure(done.qsize()) }
  if (circle !== undefined) {
    return {
      sentence: `A deadlock after ${count(done.qsize(), 'round')}: ${inWords(circle)}.`,
      fine: false,
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
  return { sentence: `Both threads finished. ${luck}`, fine: true, facts: [rounds] }
}
