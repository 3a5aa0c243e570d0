import { Cell, Lock, Queue, type Thread } from '@skein/threading'
import { snapshot } from '@skein/threading/inspect'
import { m } from '../../../shared/i18n/messages.js'
import type { Exercise, Fact, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { startCounters, type ThreadReport } from '../programs/processes-program.ts'
import typescript from '../programs/processes-program.ts?raw'
import python from '../programs/python/processes_program.py?raw'
import type { ProcessReport } from '../programs/second-process.ts'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { drainQueue } from './support/drain-queue.ts'
import { formatNumber } from './support/format.ts'
import { readNumber } from './support/read-setup.ts'

export const processes: Exercise = {
  id: 'processes',
  title: m.lab_processes_title,
  lesson: [
    m.lab_processes_lesson_1,
    m.lab_processes_lesson_2,
    m.lab_processes_lesson_3,
    m.lab_processes_lesson_4,
  ],
  controls: [
    { kind: 'number', name: 'threads', label: m.lab_control_threads, min: 1, max: 8, initial: 3 },
    {
      kind: 'number',
      name: 'times',
      label: m.lab_processes_control_times,
      min: 1,
      max: 10_000,
      initial: 1000,
    },
  ],
  actions: [],
  question: {
    ask: m.lab_processes_question,
    answer: m.lab_processes_answer,
  },
  python: parsePythonListing(python),
  typescript: parseTypeScriptListing(typescript),
  start,
}

function start(setup: Setup): Run {
  const [counter, lock] = [new Cell({ name: 'counter' }), new Lock({ name: 'lock' })]
  const reports = new Queue<ThreadReport>({ name: 'reports' })
  const times = readNumber(setup, 'times')
  const threads = startCounters(readNumber(setup, 'threads'), counter, lock, times, reports)
  return {
    threads,
    performAction: () => {},
    outcome: awaitOutcome(threads, counter, reports, runSecondProcess(times)),
  }
}

/** Resolves with undefined if the second process could not be started. */
function runSecondProcess(times: number): Promise<ProcessReport | undefined> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('../programs/second-process.ts', import.meta.url), { type: 'module' })
    const end = (report: ProcessReport | undefined) => {
      worker.terminate()
      resolve(report)
    }
    worker.addEventListener('message', ({ data }: MessageEvent<ProcessReport>) => end(data))
    worker.addEventListener('error', () => end(undefined))
    worker.postMessage(times)
  })
}

async function awaitOutcome(
  threads: readonly Thread[],
  counter: Cell,
  reports: Queue<ThreadReport>,
  secondProcess: Promise<ProcessReport | undefined>,
): Promise<Outcome> {
  const failure = await awaitThreads(threads)
  if (failure) return createFailureOutcome(failure)
  const report = await secondProcess
  const found = formatNumber(counter.peek())
  const other = report
    ? m.lab_processes_other({ found: formatNumber(report.found) })
    : m.lab_processes_no_other()
  return {
    summary: m.lab_processes_summary({ count: threads.length, found, other }),
    isCorrect: report !== undefined,
    facts: [
      describeProcess({ process: snapshot().process, found: counter.peek(), threads: threads.length + 1 }),
      ...(report ? [describeProcess(report)] : []),
      ...drainQueue(reports).map(({ name, ident, nativeId, own }) => ({
        name,
        value: m.lab_processes_fact_thread({ ident, nativeId, own: formatNumber(own) }),
      })),
    ],
  }
}

const describeProcess = ({ process, found, threads }: ProcessReport): Fact => ({
  name: m.lab_processes_fact_process({ name: process }),
  value: m.lab_processes_fact_counter({
    found: formatNumber(found),
    threads: m.lab_count_threads({ count: threads }),
  }),
})
