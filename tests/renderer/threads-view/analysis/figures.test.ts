import { afterEach, beforeEach, expect, test } from 'vitest'
import { keptOperations } from '../../../../renderer/threads-view/analysis/last-operations.ts'
import { Event, killThread, Lock, Queue, Semaphore, watchActs } from '../../../../shared/threading/index.ts'
import { inProcess, run } from '../../../threading/process.ts'
import { acquireThenTell, getForever, holdUntil, putMany } from '../../../threading/targets.ts'
import { Watched } from './watched.ts'

inProcess()
beforeEach(() => watchActs(true))
afterEach(() => watchActs(false))

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('how long threads waited for a lock is known, and how many of its acquisitions had to wait', async () => {
  const watched = new Watched()
  const [lock, held, release] = [new Lock({ name: 'busy' }), new Event(), new Event()]
  const told = new Queue<string>()
  const holder = run(holdUntil, [lock, held, release], 'holder')
  await held.waitAsync()
  const waiter = run(acquireThenTell, [lock, told, 'waiter'], 'waiter')
  await watched.until(() => watched.shown(waiter)?.state === 'Blocked')
  const { since } = watched.shown(waiter)
  await sleep(30)
  release.set()
  await waiter.joinAsync()
  await holder.joinAsync()
  const { at } = watched.look()
  const waits = watched.process.waits.of(lock.id)
  expect(waits?.count).toBe(1)
  expect(waits?.longest).toBeGreaterThanOrEqual(29)
  expect(waits?.longest).toBeLessThanOrEqual(at - since)
  expect(watched.process.contention.of(lock.id)).toEqual({ acquisitions: 2, waited: 1 })
})

test('permits that were there are acquired without a wait, and what was not got does not count', () => {
  const watched = new Watched()
  const permits = new Semaphore({ value: 2 })
  for (let time = 0; time < 3; time++) permits.acquire(false)
  watched.look()
  expect(watched.process.contention.of(permits.id)).toEqual({ acquisitions: 2, waited: 0 })
})

test('a wait is unusual once it lasts three times as long as any of five before it', async () => {
  const watched = new Watched()
  const queue = new Queue<number>({ name: 'items' })
  const thread = run(getForever, [queue], 'getter')
  for (let round = 0; round < 5; round++) {
    await watched.until(() => watched.shown(thread)?.state === 'Waiting' && queue.empty())
    queue.put(round)
    await watched.until(() => watched.process.waits.earlier('getter', queue.id).count === round + 1)
  }
  const { longest } = watched.process.waits.earlier('getter', queue.id)
  await watched.until(() => watched.shown(thread).state === 'Waiting')
  const shown = watched.shown(thread)
  const unusualAfter = (ms: number) => watched.process.unusualWait(shown, shown.since + ms)
  expect(unusualAfter(Math.max(200, 3 * longest))).toBeUndefined()
  expect(unusualAfter(Math.max(200, 3 * longest) + 1)).toEqual({ longest, count: 5 })
  killThread(thread.ident ?? 0)
})

test('the last operations of a thread are kept, the newest first', async () => {
  const watched = new Watched()
  const queue = new Queue<number>({ name: 'items' })
  const thread = run(putMany, [queue, 120], 'putter')
  await thread.joinAsync()
  watched.look()
  const operations = watched.process.operations(thread.ident ?? 0)
  expect(operations?.count).toBe(121)
  expect(operations?.back(0)).toMatchObject({ act: 'put', object: queue.id, value: 120 })
  expect(operations?.back(keptOperations - 1)).toMatchObject({ act: 'put', value: 21 })
  expect(operations?.back(keptOperations)).toBeUndefined()
})
