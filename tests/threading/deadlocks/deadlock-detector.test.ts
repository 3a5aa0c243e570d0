import { Barrier, Condition, Event, killThread, Lock, Queue, RLock, type Thread } from '@skein/threading'
import {
  type Deadlock,
  DeadlockDetector,
  emptyObjectFields,
  findDeadlocks,
  Inspector,
  type ProcessView,
  snapshot,
} from '@skein/threading/inspect'
import { describe, expect, test } from 'vitest'
import { store } from '../../../shared/threading/src/core/atomic.ts'
import { object, objectAt } from '../../../shared/threading/src/core/layout.ts'
import { confirmWaits, readWaits } from '../../../shared/threading/src/inspect/read-waits.ts'
import { inProcess, run, until } from '../test-process.ts'
import { takeBoth, takeInOrder } from '../test-targets.ts'
import {
  acquireTwice,
  joinRing,
  notifyThenAcquire,
  takeTwice,
  waitForLockFor,
  waitHolding,
} from './program-targets.ts'

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
  test('are found, named with what they hold and wait for, and reported once', async () => {
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

/** A view with two threads that hold each other's lock. Their waits have these numbers. */
function crossed(sequences: readonly [number | undefined, number | undefined], since = 5): ProcessView {
  const view = snapshot()
  const [thread] = view.threads
  const lock = { ...emptyObjectFields, kind: 'Lock' as const, name: '' }
  const blocked = (id: number, waitsFor: number, waitSequence: number | undefined) => ({
    ...thread!,
    id,
    state: 'Blocked' as const,
    since,
    waiting: { object: waitsFor, operation: 'acquire' as const },
    waitSequence,
  })
  return {
    ...view,
    threads: [blocked(2, 71, sequences[0]), blocked(3, 70, sequences[1])],
    objects: [
      { ...lock, id: 70, holder: 2, waiters: [3] },
      { ...lock, id: 71, holder: 3, waiters: [2] },
    ],
  }
}

describe('two views with the same cycle', () => {
  const reportOf = (...views: readonly ProcessView[]) => {
    const detector = new DeadlockDetector()
    return views.flatMap((view) => detector.detect(view))
  }

  test('are a deadlock if they show the very same waits', () => {
    expect(reportOf(crossed([4, 7]), crossed([4, 7]), crossed([4, 7]))).toHaveLength(1)
    expect(reportOf(crossed([undefined, undefined]), crossed([undefined, undefined]))).toHaveLength(1)
  })

  test('are none if one of the waits is another, or began at another time', () => {
    expect(reportOf(crossed([4, 7]), crossed([4, 8]), crossed([5, 8]))).toEqual([])
    expect(reportOf(crossed([4, 7]), crossed([4, 7], 6))).toEqual([])
  })

  test('are none if a wait did not last while the memory was read', () => {
    expect(reportOf(crossed([0, 7]), crossed([0, 7]))).toEqual([])
    expect(findDeadlocks(crossed([0, 7]))).toEqual([])
  })
})

/** Takes samples until a deadlock is confirmed. */
async function awaitReport(): Promise<Deadlock> {
  const [inspector, detector] = [new Inspector(), new DeadlockDetector()]
  let found: readonly Deadlock[] = []
  await until(() => {
    found = detector.detect(inspector.sample())
    return found.length > 0
  })
  expect(found).toHaveLength(1)
  return found[0]!
}

async function endAll(...threads: readonly Thread[]): Promise<void> {
  for (const { ident } of threads) killThread(ident!)
  for (const thread of threads) await thread.joinAsync()
}

const isBlocked = ({ ident }: Thread) =>
  snapshot().threads.some(({ id, state }) => id === ident && state === 'Blocked')

test('a thread that has the lock already, while its wait has not ended, is in no deadlock', async () => {
  const lock = new Lock()
  lock.acquire()
  const waiter = run(takeInOrder, [lock, new Lock()])
  await until(() => isBlocked(waiter))
  const [inspector, detector] = [new Inspector(), new DeadlockDetector()]
  const word = objectAt(lock.id) + object.word
  // The first step of a hand-off, and of a waiter that takes the lock by itself.
  store(word, waiter.ident!)
  const reports = Array.from({ length: 3 }, () => detector.detect(inspector.sample())).flat()
  const inOneView = findDeadlocks(snapshot())
  store(word, 1)
  lock.release()
  await waiter.joinAsync()
  expect([...reports, ...inOneView]).toEqual([])
})

test('a thread that acquires its Lock again waits for itself', async () => {
  const lock = new Lock()
  const thread = run(joinRing, [new Barrier({ parties: 1 }), [lock], lock])
  expect((await awaitReport()).links).toEqual([
    { thread: thread.ident, waitsFor: lock.id, heldBy: thread.ident },
  ])
  await endAll(thread)
})

test('a thread that blocks on a lock of which it cannot take notice waits for itself', async () => {
  const [lock, asked] = [new Lock(), new Event()]
  lock.acquire()
  const thread = run(acquireTwice, [lock, asked])
  asked.wait()
  await until(() => isBlocked(thread))
  await new Promise((resolve) => setTimeout(resolve, 5))
  lock.release()
  expect(lock.owner).toBe(thread.ident)
  expect((await awaitReport()).links).toEqual([
    { thread: thread.ident, waitsFor: lock.id, heldBy: thread.ident },
  ])
  await endAll(thread)
})

test('a thread that was notified and cannot have the lock back is in a deadlock', async () => {
  const [lock, condition, ready] = [new Lock(), new Condition(), new Event()]
  const waiter = run(waitHolding, [lock, condition, ready])
  const notifier = run(notifyThenAcquire, [lock, condition, ready])
  const { links } = await awaitReport()
  expect(links.toSorted((one, other) => one.thread - other.thread)).toEqual(
    [
      { thread: waiter.ident!, waitsFor: condition.lock.id, heldBy: notifier.ident },
      { thread: notifier.ident!, waitsFor: lock.id, heldBy: waiter.ident },
    ].sort((one, other) => one.thread - other.thread),
  )
  await endAll(waiter, notifier)
})

test('threads of which one stops waiting after a timeout are in no deadlock', async () => {
  const locks = [new Lock(), new Lock()]
  const all = new Barrier({ parties: 2 })
  const patient = run(joinRing, [all, [locks[0]], locks[1]])
  const timed = run(waitForLockFor, [all, locks[1], locks[0], 60_000])
  await until(() => isBlocked(patient) && isBlocked(timed))
  const [inspector, detector] = [new Inspector(), new DeadlockDetector()]
  expect(Array.from({ length: 3 }, () => detector.detect(inspector.sample())).flat()).toEqual([])
  await endAll(patient, timed)
})

test('a deadlock ends when one of its threads is killed, even before that has ended', async () => {
  const { threads, done } = deadlock()
  await awaitReport()
  killThread(threads[0] ?? 0)
  expect(findDeadlocks(snapshot())).toEqual([])
  expect(await done.getAsync(10_000)).toBe('second has both')
})

test('a wait is confirmed if it lasts, and not if its thread waits for the same lock again', async () => {
  const [lock, gate] = [new Lock(), new Lock()]
  lock.acquire()
  gate.acquire()
  const thread = run(takeTwice, [lock, gate])
  const isBlockedBy = ({ id }: Lock) =>
    snapshot().threads.some(({ id: ident, waiting }) => ident === thread.ident && waiting?.object === id)
  const holder = () => 1
  await until(() => isBlockedBy(lock))
  const first = readWaits()
  expect(confirmWaits(first, holder).get(thread.ident!)?.object).toBe(lock.id)
  lock.release()
  await until(() => isBlockedBy(gate))
  expect(confirmWaits(first, holder).has(thread.ident!)).toBe(false)
  lock.acquire()
  gate.release()
  await until(() => isBlockedBy(lock))
  expect(confirmWaits(first, holder).has(thread.ident!)).toBe(false)
  expect(confirmWaits(readWaits(), holder).get(thread.ident!)?.object).toBe(lock.id)
  lock.release()
  await thread.joinAsync()
})

test('each wait of a thread has a higher number', async () => {
  const [lock, next] = [new Lock(), new Lock()]
  lock.acquire()
  next.acquire()
  const thread = run(joinRing, [new Barrier({ parties: 1 }), [lock], next])
  const sequence = () => snapshot().threads.find(({ id }) => id === thread.ident)?.waitSequence ?? 0
  await until(() => sequence() > 0)
  const first = sequence()
  lock.release()
  await until(() => sequence() > first)
  await endAll(thread)
})
