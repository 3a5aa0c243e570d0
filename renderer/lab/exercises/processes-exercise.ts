import { Cell, Lock, Queue, type Thread } from '@skein/threading'
import { snapshot } from '@skein/threading/inspect'
import type { Exercise, Outcome, Run, Setup } from '../model/exercise.ts'
import { parsePythonListing, parseTypeScriptListing } from '../model/parse-listing.ts'
import { startCounters, type ThreadReport } from '../programs/processes-program.ts'
import typescript from '../programs/processes-program.ts?raw'
import python from '../programs/python/processes_program.py?raw'
import type { ProcessReport } from '../programs/second-process.ts'
import { awaitThreads, createFailureOutcome } from './support/await-threads.ts'
import { drainQueue } from './support/drain-queue.ts'
import { formatCount, formatNumber } from './support/english.ts'
import { readNumber } from './support/read-setup.ts'

export const processes: Exercise = {
  id: 'processes',
  title: 'Process and threads',
  lesson: [
    'A process is a program that runs: it has a memory of its own, and at least one thread, main. A thread is one sequence of steps in a process. All threads of a process use the same memory; each has its own place in the program and its own local variables.',
    'A second process of the same program has a memory of its own. What one of them writes, the other does not see: they have to send each other messages.',
    'Here threads of the process lab add to one shared counter. At the same time a second process adds as often as one of them to its own counter. Both counters have the same name, and nothing else in common.',
    'One thing is different from Python: each of these threads is a worker, and a worker has its own copy of every plain variable. What they share, such as a counter or a lock, lies in memory that was made to be shared. In Python all variables of a module are shared.',
  ],
  controls: [
    { kind: 'number', name: 'threads', label: 'Threads', min: 1, max: 8, initial: 3 },
    { kind: 'number', name: 'times', label: 'Additions of each', min: 1, max: 10_000, initial: 1000 },
  ],
  actions: [],
  question: {
    ask: 'Run it with 1, 2 and 8 threads. Which of the three counts grow with the number of threads: the shared counter, the plain variable of a thread, the counter of the second process?',
    answer:
      'Only the shared counter: it is one for all threads of the process. Each thread found its plain variable at just what it added itself, and so did the second process its counter.',
  },
  python: parsePythonListing(python),
  typescript: parseTypeScriptListing(typescript),
  start,
}

function start(setup: Setup): Run {
  const [counter, lock] = [new Cell({ name: 'counter' }), new Lock({ name: 'lock' })]
  const told = new Queue<ThreadReport>({ name: 'told' })
  const times = readNumber(setup, 'times')
  const threads = startCounters(readNumber(setup, 'threads'), counter, lock, times, told)
  return {
    threads,
    performAction: () => {},
    outcome: awaitOutcome(threads, counter, told, runSecondProcess(times)),
  }
}

/** Undefined where the second process could not be started. */
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
  told: Queue<ThreadReport>,
  second: Promise<ProcessReport | undefined>,
): Promise<Outcome> {
  const failure = await awaitThreads(threads)
  if (failure) return createFailureOutcome(failure)
  const report = await second
  const found = formatNumber(counter.peek())
  const other = report
    ? `The second process found ${formatNumber(report.found)} in its own.`
    : 'The second process could not be started: load the page again.'
  return {
    summary: `${formatCount(threads.length, 'thread')} of one process added to one counter, and found ${found}. ${other}`,
    isCorrect: report !== undefined,
    facts: [
      {
        name: `Process ${snapshot().process}`,
        value: `counter ${found}, ${formatCount(threads.length + 1, 'thread')}`,
      },
      ...(report ? [{ name: `Process ${report.process}`, value: describeProcess(report) }] : []),
      ...drainQueue(told).map(({ name, ident, nativeId, own }) => ({
        name,
        value: `ident ${ident}, native id ${nativeId}, own variable ${formatNumber(own)}`,
      })),
    ],
  }
}

const describeProcess = ({ found, threads }: ProcessReport): string =>
  `counter ${formatNumber(found)}, ${formatCount(threads, 'thread')}`
