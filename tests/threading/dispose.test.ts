import {
  Barrier,
  Cell,
  Condition,
  Event,
  killThread,
  Lock,
  PriorityQueue,
  Queue,
  RLock,
  RuntimeError,
  Semaphore,
  SharedMemory,
  Timer,
} from '@skein/threading'
import { snapshot } from '@skein/threading/inspect'
import { expect, test } from 'vitest'
import { recoverPrimitive, registerRecovery } from '../../shared/threading/src/core/kind-registry.ts'
import { header } from '../../shared/threading/src/core/layout.ts'
import { words } from '../../shared/threading/src/core/memory.ts'
import { inProcess, run, until } from './test-process.ts'
import { addOne, holdUntil, readAfter } from './test-targets.ts'

inProcess(3)

const make = [
  () => new Lock(),
  () => new RLock(),
  () => new Condition(),
  () => new Semaphore(),
  () => new Event(),
  () => new Barrier({ parties: 2, action: () => undefined }),
  () => {
    const queue = new Queue<string>()
    for (let item = 0; item < 40; item++) queue.put(`item ${item}`)
    return queue
  },
  () => new PriorityQueue(),
  () => new Cell(),
  () => new SharedMemory({ bytes: 1000 }),
]

test('100,000 objects of all kinds are made and disposed of in flat memory', () => {
  const round = () => {
    for (const makeOne of make) makeOne().dispose()
  }
  for (let rounds = 0; rounds < 100; rounds++) round()
  const [objects, heapTop] = [words[header.nextObject], words[header.heapTop]]
  for (let rounds = 0; rounds < 10_000; rounds++) round()
  expect([words[header.nextObject], words[header.heapTop]]).toEqual([objects, heapTop])
})

test('a lock disposes of itself at the end of its block', () => {
  let kept: Lock
  {
    using lock = new Lock()
    kept = lock
    expect(lock.acquire(false)).toBe(true)
    lock.release()
  }
  expect(() => kept.acquire()).toThrow(RuntimeError)
})

test('disposing of an object again does nothing, and what has its record now stays', () => {
  const old = new Lock({ name: 'old' })
  old.dispose()
  const lock = new Lock({ name: 'new' })
  old.dispose()
  lock.acquire()
  expect(lock.id).not.toBe(old.id)
  expect(() => old.locked()).toThrow(RuntimeError)
  expect(() => old.release()).toThrow(RuntimeError)
  expect(lock.locked()).toBe(true)
  lock.release()
  lock.dispose()
})

test('use after disposal throws RuntimeError', () => {
  const [queue, event, semaphore, condition] = [new Queue(), new Event(), new Semaphore(), new Condition()]
  const [barrier, cell] = [new Barrier({ parties: 1 }), new Cell()]
  for (const one of [queue, event, semaphore, condition, barrier, cell]) one.dispose()
  for (const use of [
    () => queue.put(1),
    () => queue.get(false),
    () => queue.qsize(),
    () => event.set(),
    () => event.wait(0),
    () => semaphore.acquire(),
    () => semaphore.release(),
    () => condition.acquire(),
    () => condition.notify(),
    () => barrier.wait(),
    () => cell.value,
    () => {
      cell.value = 1
    },
  ])
    expect(use).toThrow(RuntimeError)
})

test('an object that is held or waited for is refused, and goes on', async () => {
  const lock = new Lock()
  const event = new Event()
  const held = new Event()
  const holder = run(holdUntil, [lock, held, event])
  await until(() => snapshot().objects.some(({ id, waiters }) => id === event.id && waiters.length > 0))
  expect(() => lock.dispose()).toThrow(/is in use/)
  expect(() => event.dispose()).toThrow(/is in use/)
  event.set()
  await holder.joinAsync()
  lock.dispose()
  event.dispose()
})

test('a thread that uses an object that another disposed of ends with a RuntimeError', async () => {
  const cell = new Cell()
  const gate = new Event()
  const thread = run(readAfter, [gate, cell])
  await until(() => snapshot().objects.some(({ id, waiters }) => id === gate.id && waiters.length > 0))
  cell.dispose()
  gate.set()
  await thread.joinAsync()
  expect(snapshot().threads.find(({ id }) => id === thread.ident)?.error).toMatch(
    /RuntimeError: object \d+ was disposed/,
  )
})

test('an inspector tells a new object from the disposed one whose record it has', () => {
  const first = new Lock({ name: 'same' })
  first.dispose()
  const second = new Lock({ name: 'same' })
  const ids = snapshot()
    .objects.filter(({ name }) => name === 'same')
    .map(({ id }) => id)
  expect(ids).toEqual([second.id])
  expect(first.id).not.toBe(second.id)
  second.dispose()
})

test('timers leave no objects behind', async () => {
  const cell = new Cell()
  const objects = () => snapshot().objects.filter(({ kind }) => kind === 'Event').length
  const before = objects()
  for (let count = 0; count < 10; count++) {
    const timer = new Timer({ interval: count % 2 === 0 ? 1 : 60_000, target: addOne, args: [cell, 1] })
    timer.start()
    if (count % 2 === 1) timer.cancel()
    await timer.joinAsync()
    timer.cancel()
  }
  new Timer({ interval: 1, target: addOne, args: [cell, 1] }).cancel()
  expect(objects()).toBe(before)
  expect(cell.peek()).toBe(5)
})

test('a snapshot shows a condition whose lock was disposed of, without a holder', () => {
  const lock = new Lock()
  const condition = new Condition({ lock })
  lock.dispose()
  expect(snapshot().objects.find(({ id }) => id === condition.id)).toMatchObject({
    kind: 'Condition',
    holder: undefined,
  })
  condition.dispose()
})

test('recovery ignores an object that is disposed of while it is recovered', () => {
  const cell = new Cell()
  registerRecovery('Cell', (own: Cell) => {
    own.dispose()
    own.value = 1
  })
  expect(() => cell.value).not.toThrow()
  expect(() => recoverPrimitive(cell.id, 2)).not.toThrow()
  expect(() => cell.value).toThrow(RuntimeError)
})

test('a thread dies beside a condition whose lock was disposed of, and is recovered from', async () => {
  const lock = new Lock()
  const condition = new Condition({ lock })
  lock.dispose()
  const [gate, cell] = [new Event(), new Cell()]
  const thread = run(readAfter, [gate, cell])
  await until(() => snapshot().objects.some(({ id, waiters }) => id === gate.id && waiters.length > 0))
  killThread(thread.ident!)
  await thread.joinAsync()
  expect(thread.isAlive()).toBe(false)
  expect(() => condition.acquire()).toThrow(/disposed/)
  condition.dispose()
})
