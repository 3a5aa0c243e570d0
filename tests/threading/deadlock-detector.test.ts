import { Event, killThread, Lock, Queue, RLock } from '@skein/threading'
import { DeadlockDetector, findDeadlocks, Inspector } from '@skein/threading/inspect'
import { describe, expect, test } from 'vitest'
import { inProcess, run, until } from './test-process.ts'
import { takeBoth } from './test-targets.ts'

inProcess()

/** Two threads that take two locks in opposite order, each with its first in hand before the second is asked for. */
function deadlock(): { threads: number[]; locks: Lock[]; done: Queue<string> } {
  const locks = [new Lock({ name: 'left' }), new Lock({ name: 'right' })]
  const [one, other, done] = [new Event(), new Event(), new Queue<string>()]
  const first = run(takeBoth, [locks[0], locks[1], one, other, done], 'first')
  const second = run(takeBoth, [locks[1], locks[0], other, one, done], 'second')
  return { threads: [first.ident ?? 0, second.ident ?? 0], locks, done }
}

describe('two threads that wait for each other', () => {
  test('are found, named with what they hold and wait for, and told once', async () => {
    const inspector = new Inspector()
    const watch = new DeadlockDetector()
    const { threads, locks, done } = deadlock()
    await until(() => findDeadlocks(inspector.sample()).length > 0)
    watch.detect(inspector.sample())
    const [found, ...others] = watch.detect(inspector.sample())
    expect(others).toEqual([])
    expect(found?.links.toSorted((a, b) => a.thread - b.thread)).toEqual([
      { thread: threads[0], waitsFor: locks[1]!.id, heldBy: threads[1] },
      { thread: threads[1], waitsFor: locks[0]!.id, heldBy: threads[0] },
    ])
    expect(watch.detect(inspector.sample())).toEqual([])
    killThread(threads[0] ?? 0)
    expect(await done.getAsync(10_000)).toBe('second has both')
    expect(findDeadlocks(inspector.sample())).toEqual([])
  })
})

test('a thread that waits for a lock whose holder runs is in no deadlock', async () => {
  const inspector = new Inspector()
  const lock = new RLock({ name: 'busy' })
  const [one, other, done] = [new Event(), new Event(), new Queue<string>()]
  lock.acquire()
  other.set()
  run(takeBoth, [new Lock(), lock, one, other, done], 'patient')
  await until(() => inspector.sample().threads.some(({ state }) => state === 'Blocked'))
  expect(findDeadlocks(inspector.sample())).toEqual([])
  lock.release()
  expect(await done.getAsync(10_000)).toBe('patient has both')
})

test('a thread that was handed a lock and does not run yet does not wait for itself', () => {
  const lock = new Lock({ name: 'handed' })
  const inspector = new Inspector()
  const view = inspector.sample()
  const nextOwner = view.threads[0]!
  const blocked = {
    ...nextOwner,
    state: 'Blocked' as const,
    waiting: { object: lock.id, operation: 'acquire' as const },
  }
  const handed = (waiters: readonly number[]) => ({
    ...view,
    threads: [blocked],
    objects: view.objects.map((object) =>
      object.id === lock.id ? { ...object, holder: nextOwner.id, waiters } : object,
    ),
  })
  expect(findDeadlocks(handed([]))).toEqual([])
  expect(findDeadlocks(handed([nextOwner.id]))).toHaveLength(1)
})
