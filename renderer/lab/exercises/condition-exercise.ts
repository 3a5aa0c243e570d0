import { Cell, Condition, type Thread } from '@skein/threading'
import { m } from '../../../shared/i18n/messages.js'
import type { Exercise, Fact, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { consume, createThreads, type Plan, produce, type Shared } from '../programs/condition-program.ts'
import typescript from '../programs/condition-program.ts?raw'
import python from '../programs/python/condition_program.py?raw'
import { delay, pollUntil } from './support/async-helpers.ts'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { formatNumber } from './support/format.ts'
import { QuiescenceDetector } from './support/quiescence.ts'
import { readChoice, readNumber } from './support/read-setup.ts'
import { startThread } from './support/start-thread.ts'

export const conditions: Exercise = {
  id: 'condition',
  title: m.lab_condition_title,
  lesson: [m.lab_condition_lesson_1, m.lab_condition_lesson_2, m.lab_condition_lesson_3],
  controls: [
    {
      kind: 'choice',
      name: 'test',
      label: m.lab_condition_control_test,
      choices: [{ value: 'while' }, { value: 'if' }],
      initial: 'while',
    },
    {
      kind: 'choice',
      name: 'wake',
      label: m.lab_condition_control_wake,
      choices: [
        { value: 'all', label: m.lab_condition_choice_all },
        { value: 'one', label: m.lab_condition_choice_one },
      ],
      initial: 'all',
    },
    {
      kind: 'number',
      name: 'producers',
      label: m.lab_control_producers,
      min: 1,
      max: 4,
      initial: 1,
    },
    {
      kind: 'number',
      name: 'consumers',
      label: m.lab_control_consumers,
      min: 1,
      max: 7,
      initial: 3,
    },
    { kind: 'number', name: 'items', label: m.lab_control_items, min: 1, max: 500, initial: 10 },
    { kind: 'number', name: 'room', label: m.lab_condition_control_room, min: 1, max: 16, initial: 2 },
    { kind: 'number', name: 'pause', label: m.lab_condition_control_pause, min: 0, max: 1000, initial: 300 },
  ],
  actions: [],
  question: {
    ask: m.lab_condition_question,
    answer: m.lab_condition_answer,
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
  const run: BufferRun = {
    threads: [],
    consumers,
    producers: createThreads(produce, producers, 'producer', shared, plan),
    shared,
    plan,
  }
  return { threads: run.threads, performAction: () => {}, outcome: runThreads(run) }
}

interface BufferRun {
  /** Those that have started. */
  readonly threads: Thread[]
  readonly consumers: readonly Thread[]
  readonly producers: readonly Thread[]
  readonly shared: Shared
  readonly plan: Plan
}

/** More threads than can wait. */
const allWaiters = 99

/** Starts the producers once all consumers wait, so that the first items wake consumers. */
async function runThreads({ threads, consumers, producers, shared, plan }: BufferRun): Promise<Outcome> {
  const quiescence = new QuiescenceDetector()
  for (const thread of consumers) startThread(threads, thread)
  await pollUntil(
    () => quiescence.detect(threads) || threads.some((thread) => !thread.isAlive()) || undefined,
  )
  for (const thread of producers) startThread(threads, thread)
  const end = awaitThreads(threads).then((failure) =>
    failure ? createFailureOutcome(failure) : createOutcome(shared, plan),
  )
  return Promise.race([end, awaitBlockedForever(threads, shared)])
}

/** Resolves when all remaining threads wait in the condition. */
async function awaitBlockedForever(
  threads: readonly Thread[],
  { changed, buffer, left, missed }: Shared,
): Promise<Outcome> {
  const quiescence = new QuiescenceDetector()
  while (threads.some((thread) => thread.isAlive())) {
    await delay(20)
    if (!quiescence.detect(threads)) continue
    const waiting = threads.filter((thread) => thread.isAlive()).map(({ name }) => name)
    return {
      summary: m.lab_condition_blocked({
        count: left.peek(),
        threads: m.lab_count_threads({ count: waiting.length }),
        condition: changed.name,
      }),
      isCorrect: false,
      facts: [
        { name: m.lab_condition_fact_waiting(), value: waiting.join(', ') },
        ...createFacts(buffer, left, missed),
      ],
    }
  }
  return new Promise(() => {})
}

function createOutcome({ buffer, left, missed }: Shared, { isWhile }: Plan): Outcome {
  const count = missed.peek()
  const test = isWhile ? 'while' : 'if'
  return {
    summary: count === 0 ? m.lab_condition_never_missed({ test }) : m.lab_condition_missed({ count, test }),
    isCorrect: count === 0,
    facts: createFacts(buffer, left, missed),
  }
}

const createFacts = (buffer: Cell, left: Cell, missed: Cell): Fact[] => [
  { name: m.lab_condition_fact_missed(), value: formatNumber(missed.peek()) },
  { name: m.lab_condition_fact_buffer(), value: formatNumber(buffer.peek()) },
  { name: m.lab_condition_fact_left(), value: formatNumber(left.peek()) },
]
