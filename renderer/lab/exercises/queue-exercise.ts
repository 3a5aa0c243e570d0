import { LifoQueue, PriorityQueue, Queue, type Thread } from '@skein/threading'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import python from '../programs/python/queue_program.py?raw'
import { endConsumers, makeConsumer, makeProducer, type TakenItem } from '../programs/queue-program.ts'
import typescript from '../programs/queue-program.ts?raw'
import { delay } from './support/async-helpers.ts'
import { awaitThreads, createFailureOutcome, type ThreadFailure } from './support/await-threads.ts'
import { drainQueue } from './support/drain-queue.ts'
import { createNumbered, formatCount, formatNumber } from './support/english.ts'
import { QuiescenceDetector } from './support/quiescence.ts'
import { readChoice, readNumber, readSwitch } from './support/read-setup.ts'

export const queues: Exercise = {
  id: 'queue',
  title: 'Queue',
  lesson: [
    'A queue is a buffer with everything that the condition’s page had to do by hand. put waits while it is full, get waits while it is empty, and each item goes to one consumer. Most threads need nothing else to work together: each owns its data and sends the rest.',
    'A Queue gives items in the order in which they came, a LifoQueue the last one first, a PriorityQueue the smallest one first. A bound, maxSize, makes producers wait for consumers that are slower, so that memory does not fill up.',
    'join waits until every item that was put is dealt with, and not only taken: consumers say so with taskDone. One taskDone that is forgotten, and join waits for ever.',
    'Consumers that wait for items do not end by themselves. Here main joins the queue, and then puts one item for each that says: stop. (Another way is the queue’s shutdown.)',
  ],
  controls: [
    {
      kind: 'choice',
      name: 'kind',
      label: 'Kind',
      choices: [
        { value: 'Queue', label: 'Queue' },
        { value: 'LifoQueue', label: 'LifoQueue' },
        { value: 'PriorityQueue', label: 'PriorityQueue' },
      ],
      initial: 'Queue',
    },
    { kind: 'number', name: 'maxSize', label: 'maxSize, 0: none', min: 0, max: 64, initial: 4 },
    { kind: 'number', name: 'producers', label: 'Producers', min: 1, max: 4, initial: 2 },
    { kind: 'number', name: 'consumers', label: 'Consumers', min: 1, max: 6, initial: 3 },
    { kind: 'number', name: 'items', label: 'Items of each producer', min: 1, max: 500, initial: 10 },
    { kind: 'number', name: 'pause', label: 'ms of work on each', min: 0, max: 1000, initial: 200 },
    { kind: 'switch', name: 'late', label: 'Consumers start late', initial: false },
    { kind: 'switch', name: 'done', label: 'taskDone', initial: true },
  ],
  actions: [],
  question: {
    ask: 'Set 1 producer, 1 consumer, no maxSize, and let the consumer start late. In which order do the three kinds give the items? Now set maxSize 4: what changes, and why?',
    answer:
      'Without a bound all items are in the queue when the consumer comes: it gets them as they came, in the reverse order, or the smallest first. With a bound the producer waits after 4 items, so those 4 are ordered among themselves, and the others join in as room is made. A queue orders what is in it, no more.',
  },
  python: parsePythonListing(python),
  typescript: parseTypeScriptListing(typescript),
  start,
}

const queueClasses: Readonly<Record<string, typeof Queue<number>>> = { Queue, LifoQueue, PriorityQueue }

interface QueueRun {
  readonly queue: Queue<number>
  readonly taken: Queue<TakenItem>
  readonly producers: readonly Thread[]
  readonly consumers: readonly Thread[]
  /** In the order in which each producer puts them. */
  readonly items: readonly (readonly number[])[]
  readonly marksDone: boolean
}

function start(setup: Setup): Run {
  const Kind = queueClasses[readChoice(setup, 'kind')] ?? Queue
  const queue = new Kind({ name: 'items', maxSize: readNumber(setup, 'maxSize') })
  const taken = new Queue<TakenItem>({ name: 'taken' })
  const marksDone = readSwitch(setup, 'done')
  const work = { pause: readNumber(setup, 'pause'), marksDone }
  const items = createShuffledItems(readNumber(setup, 'producers'), readNumber(setup, 'items'))
  const producers = items.map((numbers, index) => makeProducer(queue, numbers, index + 1))
  const consumers = createNumbered(readNumber(setup, 'consumers'), (place) =>
    makeConsumer(queue, taken, work, place),
  )
  const threads: Thread[] = []
  const stage: QueueRun = { queue, taken, producers, consumers, items, marksDone }
  return { threads, performAction: () => {}, outcome: runThreads(threads, stage, readSwitch(setup, 'late')) }
}

/** A prime above every number of items, so that its multiples meet each number once. */
const stride = 7919

/** Each producer's own numbers, in an order that is the same in every run, and neither up nor down. */
const createShuffledItems = (producers: number, items: number): number[][] =>
  createNumbered(producers, (producer) =>
    createNumbered(items, (place) => ((place * stride) % items) * producers + producer),
  )

async function runThreads(threads: Thread[], stage: QueueRun, isLate: boolean): Promise<Outcome> {
  const { queue, producers, consumers } = stage
  for (const thread of producers) startThread(threads, thread)
  if (isLate) await awaitEndedOrBlocked(producers)
  for (const thread of consumers) startThread(threads, thread)
  const end = awaitThreads(threads)
  const failure = await Promise.race([
    end,
    awaitThreads(producers).then((failed) => failed ?? joinAndEndConsumers(stage)),
  ])
  if (failure === 'never') return createBlockedJoinOutcome(queue)
  const failed = failure ?? (await end)
  return failed ? createFailureOutcome(failed) : createOutcome(stage)
}

function startThread(threads: Thread[], thread: Thread): void {
  thread.start()
  threads.push(thread)
}

/** Resolves when each thread has ended, or waits for room. */
async function awaitEndedOrBlocked(threads: readonly Thread[]): Promise<void> {
  const standstill = new QuiescenceDetector()
  while (threads.some((thread) => thread.isAlive()) && !standstill.detect(threads)) await delay(5)
}

/** Joins the queue and ends the consumers; `never` where join would wait for ever: nobody has an item in work. */
async function joinAndEndConsumers({
  queue,
  consumers,
}: QueueRun): Promise<ThreadFailure | 'never' | undefined> {
  const joined = endConsumers(queue, consumers).then(() => 'joined' as const)
  const standstill = new QuiescenceDetector()
  for (;;) {
    if ((await Promise.race([joined, delay(20)])) === 'joined') return undefined
    if (standstill.detect(consumers) && queue.empty() && queue.unfinished > 0) return 'never'
  }
}

function createBlockedJoinOutcome(queue: Queue<number>): Outcome {
  const items = formatCount(queue.unfinished, 'item')
  return {
    summary: `join waits for ever: ${items} ${queue.unfinished === 1 ? 'was' : 'were'} taken and never marked by taskDone, and the consumers wait for more.`,
    isCorrect: false,
    facts: [
      { name: 'In the queue', value: formatNumber(queue.qsize()) },
      { name: 'Not marked', value: formatNumber(queue.unfinished) },
    ],
  }
}

function createOutcome({ queue, taken, consumers, items }: QueueRun): Outcome {
  const takings = drainQueue(taken)
  const put = items.flat()
  const got = takings.map(({ item }) => item)
  const times = (item: number) => got.filter((other) => other === item).length
  const [lost, twice] = [put.filter((item) => times(item) === 0), put.filter((item) => times(item) > 1)]
  const isWhole = lost.length === 0 && twice.length === 0 && got.length === put.length
  return {
    summary: `${formatCount(put.length, 'item')} were put, and ${isWhole ? 'each was taken once' : `${lost.length} were lost and ${twice.length} taken twice`}, by ${formatCount(consumers.length, 'consumer')}.`,
    isCorrect: isWhole,
    facts: [
      { name: 'Taken in this order', value: abbreviateNumbers(got) },
      ...items.map((numbers, index) => ({
        name: `Put by producer-${index + 1}`,
        value: abbreviateNumbers(numbers),
      })),
      ...consumers.map(({ name }) => ({
        name,
        value: formatCount(takings.filter(({ by }) => by === name).length, 'item'),
      })),
      { name: 'Left in the queue', value: formatNumber(queue.qsize()) },
    ],
  }
}

const maxShownNumbers = 24

const abbreviateNumbers = (numbers: readonly number[]): string =>
  numbers.slice(0, maxShownNumbers).join(' ') + (numbers.length > maxShownNumbers ? ' …' : '')
