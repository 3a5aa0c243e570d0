import type { Target } from '@skein/threading'
import { Event, killThread, Queue, type Thread } from '@skein/threading'
import { setOperationRecording } from '@skein/threading/inspect'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ProcessAnalysis } from '../../../../renderer/threads-view/analysis/process-analysis.ts'
import { inProcess, run as start } from '../../../threading/test-process.ts'
import { getForever, pass, putMany, setThenWait, waitForEvent } from '../../../threading/test-targets.ts'
import { AnalysedThreads } from '../fixtures/analysed-threads.ts'
import { object, process, thread } from '../fixtures/view-builders.ts'

inProcess(8)
beforeEach(() => setOperationRecording(true))
afterEach(async () => {
  setOperationRecording(false)
  for (const thread of started.splice(0)) await end(thread)
})

/** Removes what a test leaves, which the next one would report. */
const started: Thread[] = []

function run(target: Target, args: unknown[], name: string): Thread {
  const thread = start(target, args, name)
  started.push(thread)
  return thread
}

async function end(thread: Thread): Promise<void> {
  if (thread.isAlive()) killThread(thread.ident!)
  await thread.joinAsync()
}

const sentences = (watched: AnalysedThreads) =>
  watched.analysis.findings().blockedForever.map(({ message: sentence }) => sentence)

test('a thread that waits for a queue whose only waker has ended is reported', async () => {
  const watched = new AnalysedThreads()
  const queue = new Queue<number>({ name: 'items' })
  const consumer = run(getForever, [queue], 'consumer')
  const producer = run(putMany, [queue, 3], 'producer')
  await producer.joinAsync()
  await watched.until(() => sentences(watched).length > 0)
  expect(sentences(watched)).toEqual([
    'Nobody can wake consumer any more: it waits on Queue items, and producer has ended.',
  ])
  expect(watched.reasonFor(consumer)).toMatch(
    /^consumer waits on Queue items \(0 items\) for 1\.\d s; usually fed by producer, which has ended\.$/,
  )
  await end(consumer)
  await watched.until(() => sentences(watched).length === 0)
})

test('two threads that wait for each other over queues are reported', async () => {
  const watched = new AnalysedThreads()
  const [left, right] = [new Queue<number>({ name: 'left' }), new Queue<number>({ name: 'right' })]
  const one = run(pass, [left, right], 'one')
  const two = run(pass, [right, left], 'two')
  left.put(5)
  await watched.until(() => watched.process.wakerStats.namesOf(right.id, 'put').includes('one'))
  // main has fed the queue left, so no thread is blocked forever while main runs.
  await watched.until(() => watched.view.at - watched.viewOf(one).since > 1500)
  await watched.until(() => watched.view.at - watched.viewOf(two).since > 1500)
  expect(sentences(watched)).toEqual([])
})

test('a cycle over queues that only its threads feed is reported', async () => {
  const watched = new AnalysedThreads()
  const [left, right] = [new Queue<number>({ name: 'left' }), new Queue<number>({ name: 'right' })]
  const starter = run(putMany, [left, 6], 'starter')
  run(pass, [left, right], 'one')
  run(pass, [right, left], 'two')
  await starter.joinAsync()
  await watched.until(() => sentences(watched).length === 2)
  expect(sentences(watched).toSorted()).toEqual([
    'Nobody can wake one any more: it waits on Queue left, starter has ended, and two waits forever too.',
    'Nobody can wake two any more: it waits on Queue right, and one waits forever too.',
  ])
})

test('a lost wake-up is reported: the thread that set the event waits for the thread that waits for it', async () => {
  const watched = new AnalysedThreads()
  const [ready, answer] = [new Event({ name: 'ready' }), new Event({ name: 'answer' })]
  const [replies, asker] = [new Queue<boolean>(), run(setThenWait, [ready, answer], 'asker')]
  await watched.until(() => ready.isSet() && watched.viewOf(asker)?.state === 'Waiting')
  // The event is cleared before a sample was taken.
  ready.clear()
  const late = run(waitForEvent, [ready, replies], 'late')
  await watched.until(() => watched.view.at - watched.viewOf(asker).since > 1300)
  await watched.until(
    () => sentences(watched).length > 0 || watched.view.at - watched.viewOf(late).since > 3000,
  )
  // No thread was ever seen to set the event. A wait is known to be forever only if all its wakers are known.
  expect(sentences(watched)).toEqual([])
  answer.set()
  await watched.until(() => watched.viewOf(asker).state === 'Terminated')
  await watched.until(() => sentences(watched).length > 0)
  expect(sentences(watched)).toEqual([
    'Nobody can wake late any more: it waits on Event ready, and asker has ended.',
  ])
})

test('a queue without a known waker causes no warning', async () => {
  const watched = new AnalysedThreads()
  const consumer = run(getForever, [new Queue<number>()], 'lonely')
  await watched.until(() => watched.viewOf(consumer)?.state === 'Waiting')
  await watched.until(() => watched.view.at - watched.viewOf(consumer).since > 1500)
  expect(sentences(watched)).toEqual([])
})

test('a replacement takes over the role of the thread with its name', async () => {
  const watched = new AnalysedThreads()
  const queue = new Queue<number>({ name: 'items' })
  run(getForever, [queue], 'consumer')
  await run(putMany, [queue, 1], 'producer').joinAsync()
  await watched.until(() => sentences(watched).length === 1)
  const gate = new Event()
  run(waitForEvent, [gate, new Queue<boolean>()], 'producer')
  await watched.until(() => sentences(watched).length === 0)
})

test('a thread that was handed a lock after a long wait, and does not run yet, is not reported', () => {
  const lockWith = (waitSequence: number) => {
    const analysis = new ProcessAnalysis('player')
    const wait = { object: 72, operation: 'acquire' } as const
    const blocked = thread(3, 'patient', { state: 'Blocked', since: 1000, waiting: wait, waitSequence })
    const lock = object(72, 'Lock', { name: 'library', holder: 3, waiters: [3] })
    analysis.accept(process(5000, { threads: [blocked], objects: [lock] }))
    return analysis.blockedForever
  }
  expect(lockWith(0)).toEqual([])
  expect(lockWith(7)).toHaveLength(1)
})
