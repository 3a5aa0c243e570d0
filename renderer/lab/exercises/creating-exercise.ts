import { now, onThreadEnd, Queue, type Thread } from '@skein/threading'
import { m } from '../../../shared/i18n/messages.js'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { joinAll, startGreeters } from '../programs/creating-program.ts'
import typescript from '../programs/creating-program.ts?raw'
import python from '../programs/python/creating_program.py?raw'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { drainQueue } from './support/drain-queue.ts'
import { formatDuration, formatNumber, joinNames } from './support/format.ts'
import { readNumber, readSwitch } from './support/read-setup.ts'

export const creating: Exercise = {
  id: 'creating',
  title: m.lab_creating_title,
  lesson: [
    m.lab_creating_lesson_1,
    m.lab_creating_lesson_2,
    m.lab_creating_lesson_3,
    m.lab_creating_lesson_4,
  ],
  controls: [
    { kind: 'number', name: 'threads', label: m.lab_control_threads, min: 1, max: 8, initial: 3 },
    { kind: 'number', name: 'pause', label: m.lab_creating_control_pause, min: 0, max: 1000, initial: 300 },
    { kind: 'switch', name: 'named', label: m.lab_creating_control_named, initial: true },
    { kind: 'switch', name: 'join', label: m.lab_creating_control_join, initial: true },
    { kind: 'switch', name: 'daemon', label: m.lab_creating_daemons, initial: false },
  ],
  actions: [],
  question: {
    ask: m.lab_creating_question,
    answer: m.lab_creating_answer,
  },
  python: parsePythonListing(python),
  typescript: parseTypeScriptListing(typescript),
  start,
}

function start(setup: Setup): Run {
  const printed = new Queue<string>({ name: 'printed' })
  const daemon = readSwitch(setup, 'daemon')
  const startTime = now()
  const threads = startGreeters(printed, {
    count: readNumber(setup, 'threads'),
    pause: readNumber(setup, 'pause'),
    daemon,
    isNamed: readSwitch(setup, 'named'),
  })
  const ends = recordEnds(threads, startTime)
  return {
    threads,
    performAction: () => {},
    outcome: awaitOutcome({ threads, isJoined: readSwitch(setup, 'join'), startTime, ends, printed }),
  }
}

interface ThreadEnd {
  readonly name: string
  readonly after: number
}

/** Returns a list that grows with each end, in order, with the time since `startTime`. */
function recordEnds(threads: readonly Thread[], startTime: number): ThreadEnd[] {
  const ends: ThreadEnd[] = []
  const stop = onThreadEnd(({ ident, name }) => {
    if (!threads.some((thread) => thread.ident === ident)) return
    ends.push({ name, after: now() - startTime })
    if (ends.length === threads.length) stop()
  })
  return ends
}

interface GreeterRun {
  readonly threads: readonly Thread[]
  readonly isJoined: boolean
  readonly startTime: number
  readonly ends: readonly ThreadEnd[]
  readonly printed: Queue<string>
}

async function awaitOutcome({ threads, isJoined, startTime, ends, printed }: GreeterRun): Promise<Outcome> {
  if (isJoined) await joinAll(threads)
  const waited = now() - startTime
  const alive = threads.filter((thread) => thread.isAlive()).length
  const failure = await awaitThreads(threads)
  if (failure) return createFailureOutcome(failure)
  const count = threads.length
  const main = isJoined
    ? m.lab_creating_joined({ count, duration: formatDuration(waited) })
    : m.lab_creating_not_joined({ count, alive: formatNumber(alive) })
  const lines = drainQueue(printed)
  return {
    summary: m.lab_creating_summary({
      main,
      started: joinNames(threads.map(({ name }) => name)),
      greeted: joinNames(lines.map(extractName)),
    }),
    isCorrect: true,
    facts: [
      { name: m.lab_creating_fact_alive(), value: formatNumber(alive) },
      {
        name: m.lab_creating_daemons(),
        value: threads[0]?.daemon ? m.lab_creating_fact_daemons_yes() : m.lab_no(),
      },
      ...lines.map((line, index) => ({
        name: m.lab_creating_fact_printed({ index: index + 1 }),
        value: line,
      })),
      ...ends.map(({ name, after }) => ({
        name,
        value: m.lab_creating_fact_ended({ duration: formatDuration(after) }),
      })),
    ],
  }
}

const extractName = (line: string): string => line.slice(line.indexOf(' from ') + ' from '.length)
