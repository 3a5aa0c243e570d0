import { Event, killThread, Lock, Queue, Semaphore } from '@skein/threading'
import { setOperationRecording } from '@skein/threading/inspect'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { maxLastOperations } from '../../../../renderer/threads-view/analysis/last-operations.ts'
import { inProcess, run } from '../../../threading/test-process.ts'
import { acquireThenTell, getForever, holdUntil, putMany } from '../../../threading/test-targets.ts'
import { AnalysedThreads } from '../fixtures/analysed-threads.ts'

inProcess()
beforeEach(() => setOperationRecording(true))
afterEach(() => setOperationRecording(false))

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('the analysis measures the waits for a lock, and counts the contended acquisitions', async () => {
  const watched = new AnalysedThreads()
  const [lock, held, release] = [new Lock({ name: 'busy' }), new Event(), new Event()]
  const replies = new Queue<string>()
  const holder = run(holdUntil, [lock, held, release], 'holder')
  await held.waitAsync()
  const waiter = run(acquireThenTell, [lock, replies, 'waiter'], 'waiter')
  await watched.until(() => watched.viewOf(waiter)?.state === 'Blocked')
  const { since } = watched.viewOf(waiter)
  await sleep(30)
  release.set()
  await waiter.joinAsync()
  await holder.joinAsync()
  const { at } = watched.sample()
  const waits = watched.process.waitTimes.summaryOf(lock.id)
  expect(waits?.count).toBe(1)
  expect(waits?.maxDuration).toBeGreaterThanOrEqual(29)
  expect(waits?.maxDuration).toBeLessThanOrEqual(at - since)
  expect(watched.process.contention.of(lock.id)).toEqual({ acquisitions: 2, waited: 1 })
})

test('an available permit is acquired without a wait, and a failed acquisition does not count', () => {
  const watched = new AnalysedThreads()
  const permits = new Semaphore({ value: 2 })
  for (let time = 0; time < 3; time++) permits.acquire(false)
  watched.sample()
  expect(watched.process.contention.of(permits.id)).toEqual({ acquisitions: 2, waited: 0 })
})

test('a wait is unusual if it lasts three times as long as each of at least five earlier ones', async () => {
  const watched = new AnalysedThreads()
  const queue = new Queue<number>({ name: 'items' })
  const thread = run(getForever, [queue], 'getter')
  for (let round = 0; round < 5; round++) {
    await watched.until(() => watched.viewOf(thread)?.state === 'Waiting' && queue.empty())
    queue.put(round)
    await watched.until(() => watched.process.waitTimes.earlierWaits('getter', queue.id).count === round + 1)
  }
  const { maxDuration: longest } = watched.process.waitTimes.earlierWaits('getter', queue.id)
  await watched.until(() => watched.viewOf(thread).state === 'Waiting')
  const shown = watched.viewOf(thread)
  const unusualAfter = (ms: number) => watched.process.findUnusualWait(shown, shown.since + ms)
  expect(unusualAfter(Math.max(200, 3 * longest))).toBeUndefined()
  expect(unusualAfter(Math.max(200, 3 * longest) + 1)).toEqual({ maxDuration: longest, count: 5 })
  killThread(thread.ident ?? 0)
})

test('the last operations of a thread are kept, newest first', async () => {
  const watched = new AnalysedThreads()
  const queue = new Queue<number>({ name: 'items' })
  const thread = run(putMany, [queue, 120], 'putter')
  await thread.joinAsync()
  watched.sample()
  const operations = watched.process.operations(thread.ident ?? 0)
  expect(operations?.nthNewest(0)).toMatchObject({ act: 'put', object: queue.id, value: 120 })
  expect(operations?.nthNewest(maxLastOperations - 1)).toMatchObject({ act: 'put', value: 21 })
  expect(operations?.nthNewest(maxLastOperations)).toBeUndefined()
})
