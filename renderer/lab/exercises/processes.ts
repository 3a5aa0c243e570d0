import { Cell, Lock, Queue, snapshot, type Thread } from '../../../shared/threading/index.ts'
import type { Exercise, Outcome, Run, Setup } from '../exercise.ts'
import { listingOf, pythonListing } from '../listing.ts'
import python from '../programs/processes.py?raw'
import { startAdders, type Told } from '../programs/processes.ts'
import typescript from '../programs/processes.ts?raw'
import type { Report } from '../programs/second-process.ts'
import { drained, ended, outcomeOf } from './ends.ts'
import { numberIn } from './setup.ts'
import { count, figure } from './words.ts'

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
    { kind: 'number', name: 'threads', label: 'Threads', least: 1, most: 8, first: 3 },
    { kind: 'number', name: 'times', label: 'Additions of each', least: 1, most: 10_000, first: 1000 },
  ],
  actions: [],
  question: {
    ask: 'Run it with 1, 2 and 8 threads. Which of the three counts grow with the number of threads: the shared counter, the plain variable of a thread, the counter of the second process?',
    answer:
      'Only the shared counter: it is one for all threads of the process. Each thread found its plain variable at just what it added itself, and so did the second process its counter.',
  },
  python: pythonListing(python),
  typescript: listingOf(typescript),
  start,
}

function start(setup: Setup): Run {
  const [counter, lock] = [new Cell({ name: 'counter' }), new Lock({ name: 'lock' })]
  const told = new Queue<Told>({ name: 'told' })
  const times = numberIn(setup, 'times')
  const threads = startAdders(numberIn(setup, 'threads'), counter, lock, times, told)
  return { threads, act: () => {}, outcome: outcome(threads, counter, told, reportOfSecond(times)) }
}

/** Undefined where the second process could not be started. */
function reportOfSecond(times: number): Promise<Report | undefined> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('../programs/second-process.ts', import.meta.url), { type: 'module' })
    const end = (report: Report | undefined) => {
      worker.terminate()
      resolve(report)
    }
    worker.addEventListener('message', ({ data }: MessageEvent<Report>) => end(data))
    worker.addEventListener('error', () => end(undefined))
    worker.postMessage(times)
  })
}

async function outcome(
  threads: readonly Thread[],
  counter: Cell,
  told: Queue<Told>,
  second: Promise<Report | undefined>,
): Promise<Outcome> {
  const failure = await ended(threads)
  if (failure) return outcomeOf(failure)
  const report = await second
  const found = figure(counter.peek())
  const other = report
    ? `The second process found ${figure(report.found)} in its own.`
    : 'The second process could not be started: load the page again.'
  return {
    sentence: `${count(threads.length, 'thread')} of one process added to one counter, and found ${found}. ${other}`,
    fine: report !== undefined,
    facts: [
      {
        name: `Process ${snapshot().process}`,
        value: `counter ${found}, ${count(threads.length + 1, 'thread')}`,
      },
      ...(report ? [{ name: `Process ${report.process}`, value: describe(report) }] : []),
      ...drained(told).map(({ name, ident, nativeId, own }) => ({
        name,
        value: `ident ${ident}, native id ${nativeId}, own variable ${figure(own)}`,
      })),
    ],
  }
}

const describe = ({ found, threads }: Report): string =>
  `counter ${figure(found)}, ${count(threads, 'thread')}`
