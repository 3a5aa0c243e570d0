import { Event, Lock, Queue } from '@skein/threading'
import { countEvents, Inspector, setTracing, snapshot } from '@skein/threading/inspect'
import { expect, test } from 'vitest'
import { inProcess, run, until } from './test-process.ts'
import { acquireThenTell, echo, getForever, holdUntil, waitForEvent } from './test-targets.ts'

inProcess()

test('a thread that waits is shown with what it waits for, in what way, and since when', async () => {
  const inspector = new Inspector()
  const queue = new Queue({ name: 'inputs' })
  const before = performance.timeOrigin + performance.now()
  const thread = run(getForever, [queue], 'input')
  const shown = () => inspector.sample().threads.find(({ id }) => id === thread.ident)
  await until(() => shown()?.state === 'Waiting')
  expect(shown()).toMatchObject({
    name: 'input',
    daemon: true,
    waiting: { object: queue.id, operation: 'get' },
  })
  expect(shown()?.since).toBeGreaterThanOrEqual(before - 1)
  expect(object(inspector, queue.id)).toMatchObject({
    kind: 'Queue',
    name: 'inputs',
    waiters: [thread.ident],
    depth: 0,
  })
})

test('a thread that waits for a lock is Blocked, and the lock tells its holder', async () => {
  const inspector = new Inspector()
  const lock = new Lock({ name: 'library' })
  const [held, release, told] = [new Event(), new Event(), new Queue<string>()]
  const holder = run(holdUntil, [lock, held, release], 'holder')
  held.wait()
  const waiter = run(acquireThenTell, [lock, told, 'waiter'], 'waiter')
  const shown = () => inspector.sample().threads.find(({ id }) => id === waiter.ident)
  await until(() => shown()?.state === 'Blocked')
  expect(shown()?.waiting).toEqual({ object: lock.id, operation: 'acquire' })
  expect(object(inspector, lock.id)).toMatchObject({ holder: holder.ident, waiters: [waiter.ident] })
  release.set()
  told.get(true, 10_000)
})

test('events and queues tell their flag and depth', () => {
  const inspector = new Inspector()
  const event = new Event({ name: 'playing' })
  const queue = new Queue({ name: 'commands', maxSize: 8 })
  event.set()
  queue.put(1)
  expect(object(inspector, event.id)?.flag).toBe(true)
  expect(object(inspector, queue.id)).toMatchObject({ depth: 1, maxSize: 8 })
})

test('who ended a wait is shown, and through what', async () => {
  const inspector = new Inspector()
  const [event, told] = [new Event(), new Queue<boolean>()]
  const thread = run(waitForEvent, [event, told])
  const shown = () => inspector.sample().threads.find(({ id }) => id === thread.ident)
  await until(() => shown()?.state === 'Waiting')
  event.set()
  told.get(true, 10_000)
  // The thread's state is published before its event is written: the event of its wait may come with this sample.
  const woken = inspector
    .sample()
    .events.find(({ object: through, state }) => through === event.id && state === 'Runnable')
  expect(woken).toMatchObject({ thread: thread.ident, by: 1 })
})

test('main is shown with what it awaits, and goes on running', async () => {
  const inspector = new Inspector()
  const queue = new Queue<string>({ name: 'audio' })
  const item = queue.getAsync()
  const main = inspector.sample().threads.find(({ id }) => id === 1)
  expect(main).toMatchObject({ state: 'Runnable', awaiting: [{ object: queue.id, operation: 'get' }] })
  queue.put('load')
  await item
  expect(inspector.sample().threads.find(({ id }) => id === 1)?.awaiting).toEqual([])
})

test('each change of state is an event, numbered, with its waker, and told to each reader once', async () => {
  const [inspector, other] = [new Inspector(), new Inspector()]
  const [there, back] = [new Queue(), new Queue()]
  const thread = run(echo, [there, back])
  const shown = () => other.sample().threads.find(({ id }) => id === thread.ident)
  await until(() => shown()?.state === 'Waiting')
  inspector.sample()
  there.put('once')
  back.get(true, 10_000)
  await until(() => shown()?.state === 'Waiting')
  const events = inspector.sample().events.filter((event) => event.thread === thread.ident)
  expect(events.map(({ state }) => state)).toEqual(['Runnable', 'Waiting'])
  expect(events[0]).toMatchObject({ object: there.id, by: 1 })
  expect(events[1]!.sequence).toBeGreaterThan(events[0]!.sequence)
  expect(inspector.sample().events.filter((event) => event.thread === thread.ident)).toEqual([])
})

test('who wakes another is recorded with what it did, in its own ring', async () => {
  const inspector = new Inspector()
  const [there, back] = [new Queue(), new Queue()]
  const thread = run(echo, [there, back])
  const shown = () => inspector.sample().threads.find(({ id }) => id === thread.ident)
  await until(() => shown()?.state === 'Waiting')
  there.put('once')
  back.get(true, 10_000)
  const wakes = inspector.sample().wakes
  expect(wakes).toContainEqual(
    expect.objectContaining({ thread: 1, woken: thread.ident, object: there.id, through: 'put' }),
  )
})

test('nothing is recorded while tracing is off, and states are still shown', async () => {
  const inspector = new Inspector()
  const [there, back] = [new Queue(), new Queue()]
  const thread = run(echo, [there, back])
  const shown = () => inspector.sample().threads.find(({ id }) => id === thread.ident)
  await until(() => shown()?.state === 'Waiting')
  setTracing(false)
  there.put('unseen')
  back.get(true, 10_000)
  await until(() => shown()?.state === 'Waiting')
  inspector.sample()
  setTracing(true)
  expect(inspector.sample().events).toEqual([])
})

test('events that were overwritten before a look are counted', () => {
  const inspector = new Inspector()
  const never = new Event()
  inspector.sample()
  // A wait that times out is two events, whatever other threads do.
  for (let round = 0; round < 1000; round++) never.wait(0.001)
  const { dropped, events } = inspector.sample()
  expect(events.length).toBeGreaterThan(0)
  expect(dropped).toBeGreaterThan(0)
})

test('while nothing happens a look costs little: it answers what was read before, until something changes', () => {
  const inspector = new Inspector()
  const queue = new Queue({ name: 'commands' })
  const event = new Event({ name: 'playing' })
  // After a while it reads everything again. Two samples on both sides of that moment are no example.
  let [former, latter] = [inspector.sample(), inspector.sample()]
  while (former.objects !== latter.objects) [former, latter] = [latter, inspector.sample()]
  expect(latter.threads).toBe(former.threads)
  expect(latter.events).toEqual([])

  queue.put(1)
  expect(object(inspector, queue.id)?.depth).toBe(1)
  queue.get()
  expect(object(inspector, queue.id)?.depth).toBe(0)
  event.set()
  expect(object(inspector, event.id)?.flag).toBe(true)
  event.clear()
  expect(object(inspector, event.id)?.flag).toBe(false)
})

test('the count of events grows when a thread changes its state, and only then', async () => {
  const event = new Event({ name: 'go' })
  const ended = new Queue<boolean>()
  const before = countEvents()
  const thread = run(waitForEvent, [event, ended])
  await until(() => snapshot().threads.some(({ id, state }) => id === thread.ident && state === 'Waiting'))
  const waiting = countEvents()
  expect(waiting).toBeGreaterThan(before)

  snapshot()
  expect(countEvents()).toBe(waiting)

  event.set()
  await until(() => countEvents() > waiting)
})

function object(inspector: Inspector, id: number) {
  return inspector.sample().objects.find((shown) => shown.id === id)
}
