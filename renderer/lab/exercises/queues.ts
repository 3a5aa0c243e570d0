import { LifoQueue, PriorityQueue, Queue, type Thread } from '../../../shared/threading/index.ts'
import type { Exercise, Outcome, Run, Setup } from '../exercise.ts'
import { listingOf, pythonListing } from '../listing.ts'
import python from '../programs/queues.py?raw'
import { endConsumers, makeConsumer, makeProducer, type Taking } from '../programs/queues.ts'
import typescript from '../programs/queues.ts?raw'
import { drained, ended, type Failure, outcomeOf } from './ends.ts'
import { pause } from './pauses.ts'
import { choiceIn, isOn, numberIn } from './setup.ts'
import { Standstill } from './standstill.ts'
import { count, figure, numbered } from './words.ts'

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
      first: 'Queue',
    },
    { kind: 'number', name: 'maxSize', label: 'maxSize, 0: none', least: 0, most: 64, first: 4 },
    { kind: 'number', name: 'producers', label: 'Producers', least: 1, most: 4, first: 2 },
    { kind: 'number', name: 'consumers', label: 'Consumers', least: 1, most: 6, first: 3 },
    { kind: 'number', name: 'items', label: 'Items of each producer', least: 1, most: 500, first: 10 },
    { kind: 'number', name: 'pause', label: 'ms of work on each', least: 0, most: 1000, first: 200 },
    { kind: 'switch', name: 'late', label: 'Consumers start late', first: false },
    { kind: 'switch', name: 'done', label: 'taskDone', first: true },
  ],
  actions: [],
  question: {
    ask: 'Set 1 producer, 1 consumer, no maxSize, and let the consumer start late. In which order do the three kinds give the items? Now set maxSize 4: what changes, and why?',
    answer:
      'Without a bound all items are in the queue when the consumer comes: it gets them as they came, in the reverse order, or the smallest first. With a bound the producer waits after 4 items, so those 4 are ordered among themselves, and the others join in as room is made. A queue orders what is in it, no more.',
  },
  python: pythonListing(python),
  typescript: listingOf(typescript),
  start,
}

const kinds: Readonly<Record<string, typeof Queue<number>>> = { Queue, LifoQueue, PriorityQueue }

interface Stage {
  readonly queue: Queue<number>
  readonly taken: Queue<Taking>
  readonly producers: readonly Thread[]
  readonly consumers: readonly Thread[]
  /** In the order in which each producer puts them. */
  readonly items: readonly (readonly number[])[]
  readonly isMarked: boolean
}

function start(setup: Setup): Run {
  const Kind = kinds[choiceIn(setup, 'kind')] ?? Queue
  const queue = new Kind({ name: 'items', maxSize: numberIn(setup, 'maxSize') })
  const taken = new Queue<Taking>({ name: 'taken' })
  const isMarked = isOn(setup, 'done')
  const work = { pause: numberIn(setup, 'pause'), isMarked }
  const items = shuffledItems(numberIn(setup, 'producers'), numberIn(setup, 'items'))
  const producers = items.map((numbers, index) => makeProducer(queue, numbers, index + 1))
  const consumers = numbered(numberIn(setup, 'consumers'), (place) => makeConsumer(queue, taken, work, place))
  const threads: Thread[] = []
  const stage: Stage = { queue, taken, producers, consumers, items, isMarked }
  return { threads, act: () => {}, outcome: follow(threads, stage, isOn(setup, 'late')) }
}

/** A prime above every number of items, so that its multiples meet each number once. */
const stride = 7919

/** Each producer's own numbers, in an order that is the same in every run, and neither up nor down. */
const shuffledItems = (producers: number, items: number): number[][] =>
  numbered(producers, (producer) =>
    numbered(items, (place) => ((place * stride) % items) * producers + producer),
  )

async function follow(threads: Thread[], stage: Stage, isLate: boolean): Promise<Outcome> {
  const { queue, producers, consumers } = stage
  for (const thread of producers) startIn(threads, thread)
  if (isLate) await untilDone(producers)
  for (const thread of consumers) startIn(threads, thread)
  const end = ended(threads)
  const failure = await Promise.race([end, ended(producers).then((failed) => failed ?? leave(stage))])
  if (failure === 'never') return neverJoined(queue)
  const failed = failure ?? (await end)
  return failed ? outcomeOf(failed) : told(stage)
}

function startIn(threads: Thread[], thread: Thread): void {
  thread.start()
  threads.push(thread)
}

/** Resolves when each thread has ended, or waits for room. */
async function untilDone(threads: readonly Thread[]): Promise<void> {
  const standstill = new Standstill()
  while (threads.some((thread) => thread.isAlive()) && !standstill.look(threads)) await pause(5)
}

/** Joins the queue and ends the consumers; `never` where join would wait for ever: nobody has an item in work. */
async function leave({ queue, consumers }: Stage): Promise<Failure | 'never' | undefined> {
  const joined = endConsumers(queue, consumers).then(() => 'joined' as const)
  const standstill = new Standstill()
  for (;;) {
    if ((await Promise.race([joined, pause(20)])) === 'joined') return undefined
    if (standstill.look(consumers) && queue.empty() && queue.unfinished > 0) return 'never'
  }
}

function neverJoined(queue: Queue<number>): Outcome {
  const items = count(queue.unfinished, 'item')
  return {
    sentence: `join waits for ever: ${items} ${queue.unfinished === 1 ? 'was' : 'were'} taken and never marked by taskDone, and the consumers wait for more.`,
    fine: false,
    facts: [
      { name: 'In the queue', value: figure(queue.qsize()) },
      { name: 'Not marked', value: figure(queue.unfinished) },
    ],
  }
}

function told({ queue, taken, consumers, items }: Stage): Outcome {
  const takings = drained(taken)
  const put = items.flat()
  const got = takings.map(({ item }) => item)
  const times = (item: number) => got.filter((other) => other === item).length
  const [lost, twice] = [put.filter((item) => times(item) === 0), put.filter((item) => times(item) > 1)]
  const isWhole = lost.length === 0 && twice.length === 0 && got.length === put.length
  return {
    sentence: `${count(put.length, 'item')} were put, and ${isWhole ? 'each was taken once' : `${lost.length} were lost and ${twice.length} taken twice`}, by ${count(consumers.length, 'consumer')}.`,
    fine: isWhole,
    facts: [
      { name: 'Taken in this order', value: abridged(got) },
      ...items.map((numbers, index) => ({ name: `Put by producer-${index + 1}`, value: abridged(numbers) })),
      ...consumers.map(({ name }) => ({
        name,
        value: count(takings.filter(({ by }) => by === name).length, 'item'),
      })),
      { name: 'Left in the queue', value: figure(queue.qsize()) },
    ],
  }
}

const shown = 24

const abridged = (numbers: readonly number[]): string =>
  numbers.slice(0, shown).join(' ') + (numbers.length > shown ? ' …' : '')
