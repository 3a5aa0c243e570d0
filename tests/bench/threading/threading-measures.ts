/**
 * `node threading-measures.ts NAME`: takes one measurement of the threads of shared/threading and prints the
 * figure.
 */

import type { Target } from '@skein/threading'
import { Barrier, closePool, Lock, now, Queue, Semaphore, SharedMemory, Thread } from '@skein/threading'
import { setOperationRecording, setTracing, snapshot } from '@skein/threading/inspect'
import { startProcess } from '@skein/threading/node'
import { startWindowRecorder } from '../../../renderer/shell/window-recorder.ts'
import { addUnderLock, answer, consume, holdInTurns, nothing, produce } from './bench-targets.ts'
import { record } from './record.ts'

const turnsBesideMain = 5

const measures: Readonly<Record<string, () => number | Promise<number>>> = {
  'queue-integers': () => pass(2_000_000, 7, new Queue()),
  'queue-objects': () => pass(300_000, record, new Queue()),
  'queue-bounded': () => pass(1_000_000, 7, new Queue({ maxSize: 16 })),
  'queue-untraced': () => {
    setTracing(false)
    return pass(2_000_000, 7, new Queue())
  },
  'queue-recorded': () => {
    setOperationRecording(true)
    startWindowRecorder()
    return passBesideMain(2_000_000)
  },
  'queue-unrecorded': () => passBesideMain(2_000_000),
  lock: () => add(1, 10_000_000),
  'lock-contended': () => add(2, 3_000_000),
  'lock-longest-wait': longestWait,
  'ping-pong': pingPong,
  'thread-start': threadStart,
  dispose: () => makeAndDispose(2_000_000),
  'dispose-memory': () => memoryAfterLocks(2_000_000),
  'dispose-memory-start': () => memoryAfterLocks(0),
}

// The memory of workers that still boot would count as growth.
const workers = process.argv[2]?.startsWith('dispose') ? 0 : 3
startProcess({
  name: 'player',
  workers,
  entry: new URL('./bench-worker.ts', import.meta.url),
  // On a busy machine a producer can put all its items before its consumer takes the first.
  memoryBytes: 2 ** 28,
})
const measure = measures[process.argv[2] ?? '']
if (measure === undefined) throw new Error(`There is no measurement ${process.argv[2]}.`)
console.log(await measure())
closePool()
// The recorder continues to take samples.
process.exit()

/** Thousands of items per second from one thread to another. */
function pass(count: number, item: unknown, queue: Queue): number {
  return (
    count /
    timed([
      [produce, queue, item, count],
      [consume, queue, count],
    ])
  )
}

/** Like `pass` with integers, while main continues with its event loop. */
async function passBesideMain(count: number): Promise<number> {
  let milliseconds = 0
  // Several passes, because a single one would end before the recorder has taken ten samples.
  for (let turn = 0; turn < turnsBesideMain; turn++) {
    // Bounded, because a producer that is far ahead of its consumer would fill the memory.
    const queue = new Queue<number>({ maxSize: 100_000 })
    const start = new Barrier({ parties: 3 })
    const threads = [
      new Thread({ target: produce, args: [queue, 7, count, start] }),
      new Thread({ target: consume, args: [queue, count, start] }),
    ]
    for (const thread of threads) thread.start()
    await start.waitAsync()
    const began = now()
    for (const thread of threads) await thread.joinAsync()
    milliseconds += now() - began
  }
  return (turnsBesideMain * count) / milliseconds
}

/** Thousands of acquisitions per second by this number of threads. */
function add(threads: number, count: number): number {
  const lock = new Lock()
  const cell = new SharedMemory({ bytes: 64 })
  return (
    (threads * count) /
    timed(Array.from({ length: threads }, () => [addUnderLock, lock, cell, count] as const))
  )
}

/** The maximum wait of two threads, in milliseconds, that hold the lock alternately for two seconds. */
function longestWait(): number {
  const lock = new Lock()
  const maxWaits = new Queue<number>()
  const end = now() + 2_500
  timed([
    [holdInTurns, lock, end, maxWaits],
    [holdInTurns, lock, end, maxWaits],
  ])
  return Math.max(maxWaits.get(), maxWaits.get())
}

/** Microseconds from one thread to the other and back. */
function pingPong(): number {
  const [ping, pong, start] = [
    new Semaphore({ value: 0 }),
    new Semaphore({ value: 0 }),
    new Barrier({ parties: 2 }),
  ]
  const rounds = 500_000
  const thread = new Thread({ target: answer, args: [ping, pong, rounds, start] })
  thread.start()
  start.wait()
  const began = now()
  for (let round = 0; round < rounds; round++) {
    ping.release()
    pong.acquire()
  }
  return ((now() - began) * 1000) / rounds
}

/** Microseconds to start a thread and join it. The first thread of each worker loads its code. */
function threadStart(): number {
  const rounds = 200
  for (let round = 0; round < 10; round++) startAndJoin()
  const began = now()
  for (let round = 0; round < rounds; round++) startAndJoin()
  return ((now() - began) * 1000) / rounds
}

/** Thousands of locks a second that are made, used and disposed of. */
function makeAndDispose(count: number): number {
  makeLocks(100_000)
  const began = now()
  makeLocks(count)
  return count / (now() - began)
}

/** MiB that the process takes after so many locks, and after a garbage collection. */
function memoryAfterLocks(count: number): number {
  makeLocks(100_000)
  makeLocks(count)
  if (gc === undefined) throw new Error('Run it with --expose-gc.')
  gc()
  return process.memoryUsage().rss / 2 ** 20
}

function makeLocks(count: number): void {
  for (let made = 0; made < count; made++) {
    const lock = new Lock()
    lock.acquire()
    lock.release()
    lock.dispose()
  }
}

function startAndJoin(): void {
  const thread = new Thread({ target: nothing })
  thread.start()
  thread.join()
}

/** Milliseconds from the moment all threads have started until the last one has ended. */
function timed(calls: readonly (readonly [Target, ...unknown[]])[]): number {
  const start = new Barrier({ parties: calls.length + 1 })
  const threads = calls.map(
    ([target, ...args]) => new Thread({ target, args: [...args, start] as unknown[] }),
  )
  for (const thread of threads) thread.start()
  start.wait()
  const began = now()
  for (const thread of threads) joinOrFail(thread)
  return now() - began
}

/** Without this, a thread that waits for one that failed would never end. */
function joinOrFail(thread: Thread): void {
  thread.join()
  const error = snapshot().threads.find(({ id }) => id === thread.ident)?.error
  if (error !== undefined) throw new Error(`${thread.name} failed: ${error}`)
}
