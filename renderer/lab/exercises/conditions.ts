import { Cell, Condition, type Thread } from '../../../shared/threading/index.ts'
import type { Exercise, Outcome, Run, Setup } from '../exercise.ts'
import { listingOf, pythonListing } from '../listing.ts'
import python from '../programs/conditions.py?raw'
import { consume, makeThreads, type Plan, produce, type Shared } from '../programs/conditions.ts'
import typescript from '../programs/conditions.ts?raw'
import { ended, outcomeOf } from './ends.ts'
import { found, pause } from './pauses.ts'
import { choiceIn, numberIn } from './setup.ts'
import { Standstill } from './standstill.ts'
import { count, figure, names } from './words.ts'

export const conditions: Exercise = {
  id: 'condition',
  title: 'Condition',
  lesson: [
    'Producers put items into a buffer that has room for a few, and consumers take them out. A producer has to wait while it is full, a consumer while it is empty. A condition is a lock and a place to wait: wait gives the lock up, sleeps until another thread calls notify, and takes the lock back before it goes on.',
    'That a thread was woken does not mean that what it waited for still holds. Between notify and the moment when it has the lock back, another may have come and taken the item. So the test stands in a while: look again after each wait. With an if, a consumer goes on and finds nothing.',
    'notify(1) wakes the thread that has waited longest, whatever that one waits for. When producers and consumers wait in the same condition, it may be the wrong one: it looks, waits again, and the signal is gone. In the end all may wait, with nobody left to wake them. notifyAll wakes all, and each looks for itself.',
  ],
  controls: [
    {
      kind: 'choice',
      name: 'test',
      label: 'Consumers wait in',
      choices: [
        { value: 'while', label: 'while' },
        { value: 'if', label: 'if' },
      ],
      first: 'while',
    },
    {
      kind: 'choice',
      name: 'wake',
      label: 'Wake',
      choices: [
        { value: 'all', label: 'all: notifyAll' },
        { value: 'one', label: 'one: notify' },
      ],
      first: 'all',
    },
    { kind: 'number', name: 'producers', label: 'Producers', least: 1, most: 4, first: 1 },
    { kind: 'number', name: 'consumers', label: 'Consumers', least: 1, most: 7, first: 3 },
    { kind: 'number', name: 'items', label: 'Items of each producer', least: 1, most: 500, first: 10 },
    { kind: 'number', name: 'room', label: 'Room in the buffer', least: 1, most: 16, first: 2 },
    { kind: 'number', name: 'pause', label: 'ms to make one', least: 0, most: 1000, first: 300 },
  ],
  actions: [],
  question: {
    ask: 'Set room 1, 0 ms to make an item, 500 items, while, and wake one. Sooner or later nothing moves any more. Which threads wait then, for what, and what would set them going again?',
    answer:
      'All of them wait in the same condition: the producers for room, the consumers for an item. The last consumer took the item and woke another consumer, where a producer was needed; that one found nothing and went back to sleep. notifyAll would have woken the producer too. So would two conditions over one lock, one for each thing that is waited for: that is how a Queue is made.',
  },
  python: pythonListing(python),
  typescript: listingOf(typescript),
  start,
}

function start(setup: Setup): Run {
  const producers = numberIn(setup, 'producers')
  const plan: Plan = {
    room: numberIn(setup, 'room'),
    items: numberIn(setup, 'items'),
    pause: numberIn(setup, 'pause'),
    isWhile: choiceIn(setup, 'test') === 'while',
    wake: choiceIn(setup, 'wake') === 'all' ? everyone : 1,
  }
  const shared: Shared = {
    changed: new Condition({ name: 'changed' }),
    buffer: new Cell({ name: 'buffer' }),
    left: new Cell({ name: 'left', value: producers * plan.items }),
    missed: new Cell({ name: 'missed' }),
  }
  const consumers = makeThreads(consume, numberIn(setup, 'consumers'), 'consumer', shared, plan)
  const makers = makeThreads(produce, producers, 'producer', shared, plan)
  const threads: Thread[] = []
  return { threads, act: () => {}, outcome: follow(threads, consumers, makers, shared, plan) }
}

/** More than can wait. */
const everyone = 99

/** Starts producers once all consumers wait, so that the first items find them there. */
async function follow(
  threads: Thread[],
  consumers: readonly Thread[],
  producers: readonly Thread[],
  shared: Shared,
  plan: Plan,
): Promise<Outcome> {
  const standstill = new Standstill()
  for (const thread of consumers) startIn(threads, thread)
  await found(() => standstill.look(threads) || threads.some((thread) => !thread.isAlive()) || undefined)
  for (const thread of producers) startIn(threads, thread)
  const end = ended(threads).then((failure) => (failure ? outcomeOf(failure) : told(shared, plan)))
  return Promise.race([end, stuck(threads, shared)])
}

function startIn(threads: Thread[], thread: Thread): void {
  thread.start()
  threads.push(thread)
}

/** Resolves when all that are left wait in the condition. */
async function stuck(
  threads: readonly Thread[],
  { changed, buffer, left, missed }: Shared,
): Promise<Outcome> {
  const standstill = new Standstill()
  while (threads.some((thread) => thread.isAlive())) {
    await pause(20)
    if (!standstill.look(threads)) continue
    const waiting = names(threads.filter((thread) => thread.isAlive()))
    return {
      sentence: `All ${waiting.length} threads wait in ${changed.name}, and nobody is left to wake them: a notify woke one that had nothing to do. ${count(left.peek(), 'item')} were not taken.`,
      fine: false,
      facts: [{ name: 'Waiting', value: waiting.join(', ') }, ...figures(buffer, left, missed)],
    }
  }
  return new Promise(() => {})
}

function told({ buffer, left, missed }: Shared, { isWhile }: Plan): Outcome {
  const times = missed.peek()
  return {
    sentence: `All items were taken. With ${isWhile ? 'while' : 'if'}, a consumer was woken and found nothing ${times === 0 ? 'never' : count(times, 'time')}.`,
    fine: times === 0,
    facts: figures(buffer, left, missed),
  }
}

const figures = (buffer: Cell, left: Cell, missed: Cell): Outcome['facts'] => [
  { name: 'Found nothing', value: figure(missed.peek()) },
  { name: 'In the buffer', value: figure(buffer.peek()) },
  { name: 'Not taken', value: figure(left.peek()) },
]
