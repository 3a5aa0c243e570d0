import { Event, Queue, type Thread } from '@skein/threading'
import { m } from '../../../shared/i18n/messages.js'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { type Passage, setAndClear, startWorkers } from '../programs/event-program.ts'
import typescript from '../programs/event-program.ts?raw'
import python from '../programs/python/event_program.py?raw'
import { delay } from './support/async-helpers.ts'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { drainQueue } from './support/drain-queue.ts'
import { formatNumber } from './support/format.ts'
import { QuiescenceDetector } from './support/quiescence.ts'
import { readChoice, readNumber } from './support/read-setup.ts'

export const events: Exercise = {
  id: 'event',
  title: m.lab_event_title,
  lesson: [m.lab_event_lesson_1, m.lab_event_lesson_2, m.lab_event_lesson_3],
  controls: [
    {
      kind: 'choice',
      name: 'main',
      label: m.lab_event_control_main,
      choices: [
        { value: 'shots', label: m.lab_event_choice_shots },
        { value: 'set', label: m.lab_event_choice_set },
        { value: 'hand', label: m.lab_event_choice_hand },
      ],
      initial: 'shots',
    },
    { kind: 'number', name: 'threads', label: m.lab_event_control_threads, min: 1, max: 8, initial: 3 },
    { kind: 'number', name: 'rounds', label: m.lab_event_control_rounds, min: 1, max: 20, initial: 4 },
    { kind: 'number', name: 'work', label: m.lab_event_control_work, min: 0, max: 2000, initial: 500 },
  ],
  actions: [
    { name: 'set', label: m.lab_event_action_set },
    { name: 'clear', label: m.lab_event_action_clear },
    { name: 'shot', label: m.lab_event_action_shot },
  ],
  question: {
    ask: m.lab_event_question,
    answer: m.lab_event_answer,
  },
  python: parsePythonListing(python),
  typescript: parseTypeScriptListing(typescript),
  start,
}

function start(setup: Setup): Run {
  const go = new Event({ name: 'go' })
  const passed = new Queue<Passage>({ name: 'passed' })
  const rounds = { count: readNumber(setup, 'rounds'), work: readNumber(setup, 'work') }
  const threads = startWorkers(readNumber(setup, 'threads'), go, passed, rounds)
  const actions: Record<string, () => void> = {
    set: () => go.set(),
    clear: () => go.clear(),
    shot: () => setAndClear(go),
  }
  const performAction = (action: string) => actions[action]?.()
  const sets = signalWorkers(readChoice(setup, 'main'), threads, go)
  return { threads, performAction, outcome: awaitOutcome(threads, passed, rounds.count, sets) }
}

/** Sets the event as main, until all threads have ended. Returns how often. */
async function signalWorkers(main: string, threads: readonly Thread[], go: Event): Promise<number> {
  const quiescence = new QuiescenceDetector()
  let sets = 0
  while (main !== 'hand' && threads.some((thread) => thread.isAlive())) {
    if (quiescence.detect(threads)) {
      if (main === 'set') go.set()
      else setAndClear(go)
      sets++
    }
    await delay(5)
  }
  return sets
}

async function awaitOutcome(
  threads: readonly Thread[],
  passed: Queue<Passage>,
  rounds: number,
  setCount: Promise<number>,
): Promise<Outcome> {
  const failure = await awaitThreads(threads)
  if (failure) return createFailureOutcome(failure)
  const [sets, passages] = [await setCount, drainQueue(passed)]
  const through = passages.filter(({ wasUp }) => wasUp).length
  const woken = passages.length - through
  return {
    summary: summarize(threads.length, rounds, { sets, woken, through }),
    isCorrect: true,
    facts: [
      { name: m.lab_event_fact_sets(), value: formatNumber(sets) },
      { name: m.lab_event_fact_woken(), value: formatNumber(woken) },
      { name: m.lab_event_fact_through(), value: formatNumber(through) },
      ...threads.map(({ name }) => ({
        name,
        value: describePassages(passages.filter((passage) => passage.name === name)),
      })),
    ],
  }
}

interface PassageCounts {
  readonly sets: number
  readonly woken: number
  readonly through: number
}

function summarize(workers: number, rounds: number, { sets, woken, through }: PassageCounts): string {
  const inputs = {
    workers: m.lab_count_workers({ count: workers }),
    rounds: m.lab_count_times({ count: rounds }),
    woken: m.lab_count_times({ count: woken }),
    through: m.lab_count_times({ count: through }),
  }
  if (sets === 0) return m.lab_event_summary(inputs)
  return m.lab_event_summary_sets({ ...inputs, sets: m.lab_count_times({ count: sets }) })
}

const describePassages = (passages: readonly Passage[]): string =>
  passages
    .map(({ round, wasUp }) =>
      wasUp ? m.lab_event_fact_passage_up({ round }) : m.lab_event_fact_passage_woken({ round }),
    )
    .join(', ')
