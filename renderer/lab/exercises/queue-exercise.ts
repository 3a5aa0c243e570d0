import { LifoQueue, PriorityQueue, Queue, type Thread } from '@skein/threading'
import { m } from '../../../shared/i18n/messages.js'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import python from '../programs/python/queue_program.py?raw'
import { endConsumers, makeConsumer, makeProducer, type TakenItem } from '../programs/queue-program.ts'
import typescript from '../programs/queue-program.ts?raw'
import { delay } from './support/async-helpers.ts'
import { awaitThreads, createFailureOutcome, type ThreadFailure } from './support/await-threads.ts'
import { drainQueue } from './support/drain-queue.ts'
import { formatNumber } from './support/format.ts'
import { QuiescenceDetector } from './support/quiescence.ts'
import { readChoice, readNumber, readSwitch } from './support/read-setup.ts'
import { startThread } from './support/start-thread.ts'

export const queues: Exercise = {
  id: 'queue',
  title: m.lab_queue_title,
  lesson: [m.lab_queue_lesson_1, m.lab_queue_lesson_2, m.lab_queue_lesson_3, m.lab_queue_lesson_4],
  controls: [
    {
      kind: 'choice',
      name: 'kind',
      label: m.lab_control_kind,
      choices: [{ value: 'Queue' }, { value: 'LifoQueue' }, { value: 'PriorityQueue' }],
      initial: 'Queue',
    },
    { kind: 'number', name: 'maxSize', label: m.lab_queue_control_max_size, min: 0, max: 64, initial: 4 },
    { kind: 'number', name: 'producers', label: m.lab_control_producers, min: 1, max: 4, initial: 2 },
    { kind: 'number', name: 'consumers', label: m.lab_control_consumers, min: 1, max: 6, initial: 3 },
    { kind: 'number', name: 'items', label: m.lab_control_items, min: 1, max: 500, initial: 10 },
    { kind: 'number', name: 'pause', label: m.lab_queue_control_pause, min: 0, max: 1000, initial: 200 },
    { kind: 'switch', name: 'late', label: m.lab_queue_control_late, initial: false },
    { kind: 'switch', name: 'done', label: m.lab_queue_control_done, initial: true },
  ],
  actions: [],
  question: {
    ask: m.lab_queue_question,
    answer: m.lab_queue_answer,
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
  /** The items of each producer, in the order it puts them. */
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
  const consumers = createNumbered(readNumber(setup, 'consumers'), (number) =>
    makeConsumer(queue, taken, work, number),
  )
  const threads: Thread[] = []
  const run: QueueRun = { queue, taken, producers, consumers, items, marksDone }
  return { threads, performAction: () => {}, outcome: runThreads(threads, run, readSwitch(setup, 'late')) }
}

/** A prime above the maximum number of items, so that its multiples reach each number once. */
const stride = 7919

/** Returns each producer's own numbers, in an order that is the same in every run and is not sorted. */
const createShuffledItems = (producers: number, items: number): number[][] =>
  createNumbered(producers, (producer) =>
    createNumbered(items, (number) => ((number * stride) % items) * producers + producer),
  )

/** Returns what `create` returns for 1 to `count`. */
const createNumbered = <Created>(count: number, create: (number: number) => Created): Created[] =>
  Array.from({ length: count }, (_, index) => create(index + 1))

async function runThreads(threads: Thread[], run: QueueRun, isLate: boolean): Promise<Outcome> {
  const { queue, producers, consumers } = run
  for (const thread of producers) startThread(threads, thread)
  if (isLate) await awaitEndedOrBlocked(producers)
  for (const thread of consumers) startThread(threads, thread)
  const end = awaitThreads(threads)
  const failure = await Promise.race([
    end,
    awaitThreads(producers).then((failed) => failed ?? joinAndEndConsumers(run)),
  ])
  if (failure === 'blocked') return createBlockedJoinOutcome(queue)
  const failed = failure ?? (await end)
  return failed ? createFailureOutcome(failed) : createOutcome(run)
}

/** Resolves when each thread has ended or waits for room. */
async function awaitEndedOrBlocked(threads: readonly Thread[]): Promise<void> {
  const quiescence = new QuiescenceDetector()
  while (threads.some((thread) => thread.isAlive()) && !quiescence.detect(threads)) await delay(5)
}

/** Joins the queue and ends the consumers. Resolves with `blocked` if join waits forever: no consumer has an item left. */
async function joinAndEndConsumers({
  queue,
  consumers,
}: QueueRun): Promise<ThreadFailure | 'blocked' | undefined> {
  const joined = endConsumers(queue, consumers).then(() => 'joined' as const)
  const quiescence = new QuiescenceDetector()
  for (;;) {
    if ((await Promise.race([joined, delay(20)])) === 'joined') return undefined
    if (quiescence.detect(consumers) && queue.empty() && queue.unfinished > 0) return 'blocked'
  }
}

function createBlockedJoinOutcome(queue: Queue<number>): Outcome {
  return {
    summary: m.lab_queue_blocked({ count: queue.unfinished }),
    isCorrect: false,
    facts: [
      { name: m.lab_queue_fact_size(), value: formatNumber(queue.qsize()) },
      { name: m.lab_queue_fact_unmarked(), value: formatNumber(queue.unfinished) },
    ],
  }
}

function createOutcome({ queue, taken, consumers, items }: QueueRun): Outcome {
  const takenItems = drainQueue(taken)
  const numbers = takenItems.map(({ item }) => item)
  const { summary, isWhole } = summarizeItems(items.flat(), numbers, consumers.length)
  return {
    summary,
    isCorrect: isWhole,
    facts: [
      { name: m.lab_queue_fact_taken(), value: abbreviateNumbers(numbers) },
      ...items.map((put, index) => ({
        name: m.lab_queue_fact_put({ name: `producer-${index + 1}` }),
        value: abbreviateNumbers(put),
      })),
      ...consumers.map(({ name }) => ({
        name,
        value: m.lab_count_items({ count: takenItems.filter(({ by }) => by === name).length }),
      })),
      { name: m.lab_queue_fact_left(), value: formatNumber(queue.qsize()) },
    ],
  }
}

function summarizeItems(
  put: readonly number[],
  taken: readonly number[],
  consumerCount: number,
): { summary: string; isWhole: boolean } {
  const countTaken = (item: number): number => taken.filter((other) => other === item).length
  const lost = put.filter((item) => countTaken(item) === 0).length
  const twice = put.filter((item) => countTaken(item) > 1).length
  const isWhole = lost === 0 && twice === 0 && taken.length === put.length
  const items = m.lab_count_items({ count: put.length })
  const consumers = m.lab_count_consumers({ count: consumerCount })
  return {
    summary: isWhole
      ? m.lab_queue_summary_whole({ items, consumers })
      : m.lab_queue_summary_lost({
          items,
          lost: formatNumber(lost),
          twice: formatNumber(twice),
          consumers,
        }),
    isWhole,
  }
}

const maxShownNumbers = 24

const abbreviateNumbers = (numbers: readonly number[]): string =>
  numbers.slice(0, maxShownNumbers).join(' ') + (numbers.length > maxShownNumbers ? ' …' : '')
