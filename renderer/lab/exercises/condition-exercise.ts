import { Cell, Condition, type Thread } from '@skein/threading'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { consume, createThreads, type Plan, produce, type Shared } from '../programs/condition-program.ts'
import typescript from '../programs/condition-program.ts?raw'
import python from '../programs/python/condition_program.py?raw'
import { delay, pollUntil } from './support/async-helpers.ts'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { formatCount, formatNumber, threadNames } from './support/english.ts'
import { QuiescenceDetector } from './support/quiescence.ts'
import { readChoice, readNumber } from './support/read-setup.ts'

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
      initial: 'while',
    },
    {
      kind: 'choice',
      name: 'wake',
      label: 'Wake',
      choices: [
        { value: 'all', label: 'all: notifyAll' },
        { value: 'one', label: 'one: notify' },
      ],
      initial: 'all',
    },
    { kind: 'number', name: 'producers', label: 'Producers', min: 1, max: 4, initial: 1 },
    { kind: 'number', name: 'consumers', label: 'Consumers', min: 1, max: 7, initial: 3 },
    { kind: 'number', name: 'items', label: 'Items of each producer', min: 1, max: 500, initial: 10 },
    { kind: 'number', name: 'room', label: 'Room in the buffer', min: 1, max: 16, initial: 2 },
    { kind: 'number', name: 'pause', label: 'ms to make one', min: 0, max: 1000, initial: 300 },
  ],
  actions: [],
  question: {
    ask: 'Set room 1, 0 ms to make an item, 500 items, while, and wake one. Sooner or later nothing moves any more. Which threads wait then, for what, and what would set them going again?',
    answer:
      'All of them wait in the same condition: the producers for room, the consumers for an item. The last consumer took the item and woke another consumer, where a producer was needed; that one found nothing and went back to sleep. notifyAll would have woken the producer too. So would two conditions over one lock, one for each thing that is waited for: that is how a Queue is made.',
  },
  python: parsePythonListing(python),
  typescript: parseTypeScriptListing(typescript),
  start,
}

function start(setup: Setup): Run {
  const producers = readNumber(setup, 'producers')
  const plan: Plan = {
    room: readNumber(setup, 'room'),
    items: readNumber(setup, 'items'),
    pause: readNumber(setup, 'pause'),
    isWhile: readChoice(setup, 'test') === 'while',
    wake: readChoice(setup, 'wake') === 'all' ? allWaiters : 1,
  }
  const shared: Shared = {
    changed: new Condition({ name: 'changed' }),
    buffer: new Cell({ name: 'buffer' }),
    left: new Cell({ name: 'left', value: producers * plan.items }),
    missed: new Cell({ name: 'missed' }),
  }
  const consumers = createThreads(consume, readNumber(setup, 'consumers'), 'consumer', shared, plan)
  const makers = createThreads(produce, producers, 'producer', shared, plan)
  const threads: Thread[] = []
  return { threads, performAction: () => {}, outcome: runThreads(threads, consumers, makers, shared, plan) }
}

/** More than can wait. */
const allWaiters = 99

/** Starts producers once all consumers wait, so that the first items find them there. */
async function runThreads(
  threads: Thread[],
  consumers: readonly Thread[],
  producers: readonly Thread[],
  shared: Shared,
  plan: Plan,
): Promise<Outcome> {
  const standstill = new QuiescenceDetector()
  for (const thread of consumers) startThread(threads, thread)
  await pollUntil(
    () => standstill.detect(threads) || threads.some((thread) => !thread.isAlive()) || undefined,
  )
  for (const thread of producers) startThread(threads, thread)
  const end = awaitThreads(threads).then((failure) =>
    failure ? createFailureOutcome(failure) : createOutcome(shared, plan),
  )
  return Promise.race([end, awaitBlockedForever(threads, shared)])
}

function startThread(threads: Thread[], thread: Thread): void {
  thread.start()
  threads.push(thread)
}

/** Resolves when all that are left wait in the condition. */
async function awaitBlockedForever(
  threads: readonly Thread[],
  { changed, buffer, left, missed }: Shared,
): Promise<Outcome> {
  const standstill = new QuiescenceDetector()
  while (threads.some((thread) => thread.isAlive())) {
    await delay(20)
    if (!standstill.detect(threads)) continue
    const waiting = threadNames(threads.filter((thread) => thread.isAlive()))
    return {
      summary: `All ${waiting.length} threads wait in ${changed.name}, and nobody is left to wake them: a notify woke one that had nothing to do. ${formatCount(left.peek(), 'item')} were not taken.`,
      isCorrect: false,
      facts: [{ name: 'Waiting', value: waiting.join(', ') }, ...createFacts(buffer, left, missed)],
    }
  }
  return new Promise(() => {})
}

function createOutcome({ buffer, left, missed }: Shared, { isWhile }: Plan): Outcome {
  const times = missed.peek()
  return {
    summary: `All items were taken. With ${isWhile ? 'while' : 'if'}, a consumer was woken and found nothing ${times === 0 ? 'never' : formatCount(times, 'time')}.`,
    isCorrect: times === 0,
    facts: createFacts(buffer, left, missed),
  }
}

const createFacts = (buffer: Cell, left: Cell, missed: Cell): Outcome['facts'] => [
  { name: 'Found nothing', value: formatNumber(missed.peek()) },
  { name: 'In the buffer', value: formatNumber(buffer.peek()) },
  { name: 'Not taken', value: formatNumber(left.peek()) },
]
