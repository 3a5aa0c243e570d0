import {
  Cell,
  Condition,
  Event,
  killThread,
  Lock,
  onThreadEnd,
  Queue,
  RLock,
  Semaphore,
  type Thread,
} from '@skein/threading'
import {
  Inspector,
  initialThreadControl,
  type OperationEvent,
  operationFailed,
  pauseThread,
  replaySchedule,
  resumeThread,
  setInitialThreadControl,
  setOperationRecording,
  slowDownThread,
  stepThread,
} from '@skein/threading/inspect'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inProcess, run, until } from './test-process.ts'
import { addOne, addUnderLock, getForever, putMany, takeInOrder } from './test-targets.ts'

inProcess()
beforeEach(() => setOperationRecording(true))
afterEach(() => {
  setOperationRecording(false)
  setInitialThreadControl({ paused: false, slowness: 1 })
})

const started = (thread: Thread) => thread.ident!

/** What was done to objects since the inspector's last look. */
const operationsOn = (inspector: Inspector, ...ids: number[]): OperationEvent[] =>
  inspector.sample().operations.filter(({ object }) => ids.includes(object))

const brief = ({ act, value }: OperationEvent) => [act, value]

test('every operation of a primitive is told with what the object then holds', () => {
  const inspector = new Inspector()
  const [lock, depth, permits, flag, queue, cell] = [
    new Lock(),
    new RLock(),
    new Semaphore({ value: 2 }),
    new Event(),
    new Queue<number>({ maxSize: 1 }),
    new Cell({ value: 7 }),
  ]
  const told = (object: { id: number }) => operationsOn(inspector, object.id).map(brief)
  lock.acquire()
  lock.release()
  expect(told(lock)).toEqual([
    ['acquire', 1],
    ['release', 0],
  ])
  for (const act of ['acquire', 'acquire', 'release', 'release'] as const) depth[act]()
  expect(told(depth)).toEqual([
    ['acquire', 1],
    ['acquire', 2],
    ['release', 1],
    ['release', 0],
  ])
  permits.acquire()
  permits.release()
  expect(told(permits)).toEqual([
    ['acquire', 1],
    ['release', 2],
  ])
  flag.set()
  flag.wait()
  flag.clear()
  expect(flag.wait(0)).toBe(false)
  expect(told(flag)).toEqual([
    ['set', 1],
    ['wait', 1],
    ['clear', 0],
    ['wait', operationFailed],
  ])
  queue.put(1)
  expect(() => queue.put(2, false)).toThrow('full')
  queue.get()
  queue.taskDone()
  expect(told(queue)).toEqual([
    ['put', 1],
    ['put', operationFailed],
    ['get', 0],
    ['taskDone', 0],
  ])
  cell.value += 3
  expect(told(cell)).toEqual([
    ['read', 7],
    ['write', 10],
  ])
})

test('a condition tells how many wait in it and how many were woken', () => {
  const inspector = new Inspector()
  const condition = new Condition()
  condition.acquire()
  condition.wait(1)
  condition.notify()
  condition.release()
  const acts = operationsOn(inspector, condition.id, condition.lock.id).map(brief)
  expect(acts).toEqual([
    ['acquire', 1],
    ['wait', 1],
    ['release', 0],
    ['acquire', 1],
    ['notify', 0],
    ['release', 0],
  ])
})

test('an acquisition tells the lock that its thread held before', () => {
  const inspector = new Inspector()
  const [outer, inner] = [new Lock(), new Lock()]
  outer.acquire()
  inner.acquire()
  inner.release()
  outer.release()
  inner.acquire()
  inner.release()
  const held = operationsOn(inspector, inner.id).filter(({ act }) => act === 'acquire')
  expect(held.map(({ holding }) => holding)).toEqual([outer.id, 0])
})

test('a busy thread records some operations between two looks, and counts the others', async () => {
  const inspector = new Inspector()
  const queue = new Queue<number>()
  const before = inspector.sample().unrecordedCount
  const thread = run(putMany, [queue, 10_000])
  await thread.joinAsync()
  const view = inspector.sample()
  const recorded = view.operations.filter(({ thread: by }) => by === started(thread)).length
  expect(recorded).toBe(128)
  // Its beginning is an act too.
  expect(recorded + view.unrecordedCount - before).toBe(10_001)
})

test('the first time that locks are held in an order is told though much else is not', async () => {
  const inspector = new Inspector()
  const [queue, outer, inner] = [new Queue<number>(), new Lock(), new Lock()]
  inspector.sample()
  for (let item = 0; item < 1000; item++) queue.put(item)
  takeInOrder(outer, inner)
  const told = operationsOn(inspector, inner.id)
  expect(told.map(({ act, holding }) => [act, holding])).toEqual([['acquire', outer.id]])
})

test('nothing is told while nobody watches', () => {
  setOperationRecording(false)
  const inspector = new Inspector()
  const queue = new Queue<number>()
  inspector.sample()
  queue.put(1)
  expect(inspector.sample().operations).toEqual([])
})

test('a thread that starts paused stands before its first step, and goes on step by step', async () => {
  const inspector = new Inspector()
  const counter = new Cell()
  setInitialThreadControl({ paused: true, slowness: 1 })
  const thread = run(addOne, [counter, 2], 'adder')
  const shown = () => inspector.sample().threads.find(({ id }) => id === thread.ident)
  const standsAt = (act: string) => until(() => shown()?.gate?.act === act)
  await standsAt('begin')
  expect(shown()).toMatchObject({ control: 'paused', state: 'Runnable' })
  for (const act of ['read', 'write', 'read', 'write'] as const) {
    expect(stepThread(started(thread))).toBe(true)
    await standsAt(act)
  }
  expect(counter.peek()).toBe(1)
  stepThread(started(thread))
  await thread.joinAsync()
  expect(counter.peek()).toBe(2)
})

test('how threads begin can be asked for, and put back', () => {
  expect(initialThreadControl()).toEqual({ paused: false, slowness: 1 })
  setInitialThreadControl({ paused: true, slowness: 20 })
  expect(initialThreadControl()).toEqual({ paused: true, slowness: 20 })
})

test('a thread that is paused while it waits stands at its next operation, and loses nothing', async () => {
  const inspector = new Inspector()
  const queue = new Queue<number>()
  const thread = run(getForever, [queue], 'getter')
  const shown = () => inspector.sample().threads.find(({ id }) => id === thread.ident)
  await until(() => shown()?.state === 'Waiting')
  pauseThread(started(thread))
  queue.put(1)
  await until(() => shown()?.gate !== undefined)
  expect(shown()?.gate).toEqual({ object: queue.id, act: 'get' })
  expect(queue.qsize()).toBe(0)
  queue.put(2)
  expect(queue.qsize()).toBe(1)
  resumeThread(started(thread))
  await until(() => queue.empty())
  expect(shown()).toMatchObject({ control: 'free', gate: undefined })
})

test('a thread that is slowed stands a while before each operation, and is set free at once', async () => {
  const inspector = new Inspector()
  const counter = new Cell()
  setInitialThreadControl({ paused: false, slowness: 1000 })
  const thread = run(addOne, [counter, 10_000])
  const shown = () => inspector.sample().threads.find(({ id }) => id === thread.ident)
  await until(() => shown()?.gate?.act === 'write')
  expect(shown()).toMatchObject({ control: 'free', slowness: 1000 })
  slowDownThread(started(thread), 1)
  await thread.joinAsync()
  expect(counter.peek()).toBe(10_000)
})

test('a thread that is held can be ended', async () => {
  setInitialThreadControl({ paused: true, slowness: 1 })
  const inspector = new Inspector()
  const thread = run(addOne, [new Cell(), 1])
  await until(() => inspector.sample().threads.some(({ id, gate }) => id === thread.ident && gate))
  const ended = new Promise((resolve) => onThreadEnd(({ ident }) => ident === thread.ident && resolve(ident)))
  killThread(started(thread))
  await ended
  expect(thread.isAlive()).toBe(false)
})

test('holding main, a thread that has ended, or by a wrong factor is refused', async () => {
  expect(() => pauseThread(1)).toThrow('the main thread cannot be paused')
  const thread = run(addOne, [new Cell(), 1])
  await thread.joinAsync()
  expect(() => pauseThread(started(thread))).toThrow('does not run')
  expect(() => slowDownThread(started(thread), 0)).toThrow('1 to 1000')
})

test('an order of operations is forced: a lost update, every time', async () => {
  for (let round = 0; round < 5; round++) {
    const counter = new Cell()
    setInitialThreadControl({ paused: true, slowness: 1 })
    const threads = ['one', 'two'].map((name) => run(addOne, [counter, 1], name))
    const order = ['one', 'two', 'one', 'two', 'one', 'two']
    expect(await replaySchedule(order)).toEqual({ replayed: 6, stopReason: undefined })
    for (const thread of threads) await thread.joinAsync()
    expect([counter.peek(), counter.lost]).toEqual([1, 1])
  }
})

test('an order that a lock forbids is followed as far as it goes', async () => {
  const [counter, lock] = [new Cell(), new Lock()]
  setInitialThreadControl({ paused: true, slowness: 1 })
  const threads = ['one', 'two'].map((name) => run(addUnderLock, [counter, lock, 1], name))
  const order = ['one', 'two', 'one', 'two', 'one', 'two']
  const { replayed: followed, stopReason: stoppedBecause } = await replaySchedule(order)
  expect(followed).toBe(5)
  expect(stoppedBecause).toBe('Thread two waits when its turn comes.')
  for (const thread of threads) resumeThread(started(thread))
  for (const thread of threads) await thread.joinAsync()
  expect([counter.peek(), counter.lost]).toEqual([2, 0])
})

test('a thread that was ended while it was held is held no more', async () => {
  setInitialThreadControl({ paused: true, slowness: 1 })
  const inspector = new Inspector()
  const thread = run(addOne, [new Cell(), 1])
  const shown = () => inspector.sample().threads.find(({ id }) => id === thread.ident)
  await until(() => shown()?.gate !== undefined)
  const ended = new Promise((resolve) => onThreadEnd(({ ident }) => ident === thread.ident && resolve(ident)))
  killThread(started(thread))
  await ended
  expect(shown()).toMatchObject({ state: 'Terminated', control: 'free', gate: undefined })
})

test('a lock that was released while nobody watched is not taken for held', () => {
  const inspector = new Inspector()
  const [outer, inner] = [new Lock(), new Lock()]
  outer.acquire()
  setOperationRecording(false)
  outer.release()
  setOperationRecording(true)
  inner.acquire()
  inner.release()
  expect(operationsOn(inspector, inner.id)[0]).toMatchObject({ act: 'acquire', holding: 0 })
})
