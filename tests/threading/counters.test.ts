import {
  currentThread,
  Event,
  enumerate,
  LifoQueue,
  Lock,
  PriorityQueue,
  Queue,
  Thread,
} from '@skein/threading'
import { Inspector, setTracing, snapshot } from '@skein/threading/inspect'
import { expect, test } from 'vitest'
import { attachHandle } from '../../shared/threading/src/core/kind-registry.ts'
import {
  header,
  maxThreads,
  object,
  objectAt,
  slotOf,
  slotState,
  thread,
  threadAt,
} from '../../shared/threading/src/core/layout.ts'
import { words } from '../../shared/threading/src/core/memory.ts'
import { queueField } from '../../shared/threading/src/primitives/queue-fields.ts'
import { inProcess, run, until } from './test-process.ts'
import { echo, waitForEvent } from './test-targets.ts'

/** Every counter of the library wraps at 32 bits. Each test sets one a little before that, and counts on. */

inProcess(3)

const maxInt32 = 2 ** 31 - 1
/** Where a signed word wraps, and where an unsigned one does. */
const wraps = [maxInt32 - 4, -5]

const { done, added, announced, knownAdded, taken, knownTaken, taking } = queueField
const queueCounters = [done, added, announced, knownAdded, taken, knownTaken, taking]

/** A queue that has had that many items, and holds none. */
function queueAfter(count: number, make: () => Queue<number>): Queue<number> {
  const { id } = make()
  for (const field of queueCounters) words[objectAt(id) + object.fields + field] = count
  return attachHandle(id) as Queue<number>
}

const kinds = [
  ['Queue', () => new Queue<number>(), (items: number[]) => items],
  ['bounded Queue', () => new Queue<number>({ maxSize: 100 }), (items: number[]) => items],
  ['LifoQueue', () => new LifoQueue<number>(), (items: number[]) => items.toReversed()],
  [
    'PriorityQueue',
    () => new PriorityQueue<number>(),
    (items: number[]) => items.toSorted((one, other) => one - other),
  ],
] as const

test.each(kinds.flatMap((kind) => wraps.map((count) => [...kind, count] as const)))(
  'a %s counts its items beyond the wrap',
  (_name, make, ordered, count) => {
    const queue = queueAfter(count, make)
    expect([queue.qsize(), queue.unfinished, queue.empty()]).toEqual([0, 0, true])
    // More than a ring of slots holds: it is widened across the wrap.
    const items = Array.from({ length: 40 }, (_, index) => (index * 7) % 40)
    for (const item of items) queue.put(item)
    expect([queue.qsize(), queue.unfinished]).toEqual([40, 40])
    expect(items.map(() => queue.get())).toEqual(ordered(items))
    for (const _ of items) queue.taskDone()
    queue.join()
    expect(() => queue.taskDone()).toThrow(/more often/)
    expect([queue.qsize(), queue.unfinished, queue.empty()]).toEqual([0, 0, true])
    queue.dispose()
  },
)

test.each(wraps)('equal priorities keep their order of arrival beyond the wrap at %d', (count) => {
  const queue = queueAfter(
    count,
    () => new PriorityQueue<never>() as unknown as Queue<number>,
  ) as unknown as PriorityQueue<[number, string]>
  for (let index = 0; index < 20; index++) queue.put([index % 2, `item ${index}`])
  const got = Array.from({ length: 20 }, () => queue.get()[1])
  expect(got).toEqual(
    [0, 1].flatMap((priority) => Array.from({ length: 10 }, (_, index) => `item ${2 * index + priority}`)),
  )
  queue.dispose()
})

test.each(wraps)('two threads pass items beyond the wrap at %d', async (count) => {
  const make = () => new Queue<number>({ maxSize: 2 })
  const [there, back] = [queueAfter(count, make), queueAfter(count, make)]
  const echoing = run(echo, [there, back])
  for (let item = 0; item < 50; item++) {
    there.put(item)
    expect(await back.getAsync()).toBe(item)
  }
  ;(there as Queue<unknown>).put('stop')
  await echoing.joinAsync()
  there.dispose()
  back.dispose()
})

test.each(wraps)('threads are listed in the order of their start beyond the wrap at %d', async (count) => {
  words[header.startedThreads] = count
  const gate = new Event()
  const told = new Queue()
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  const threads = names.map((name) => run(waitForEvent, [gate, told], name))
  expect(enumerate().map(({ name }) => name)).toEqual(['main', ...names])
  expect(
    snapshot()
      .threads.map(({ name }) => name)
      .filter((name) => name === 'main' || names.includes(name)),
  ).toEqual(['main', ...names])
  gate.set()
  for (const one of threads) await one.joinAsync()
  expect(enumerate().map(({ name }) => name)).toEqual(['main'])
  words[header.startedThreads] = 100
})

test('threads without a name are numbered beyond the wrap', () => {
  words[header.namedThreads] = maxInt32 - 1
  expect([new Thread().name, new Thread().name, new Thread().name]).toEqual([
    `Thread-${2 ** 31 - 1}`,
    `Thread-${2 ** 31}`,
    `Thread-${2 ** 31 + 1}`,
  ])
  words[header.namedThreads] = 100
})

test('the idents of a slot wrap, and stay idents of that slot', async () => {
  const gate = new Event()
  const told = new Queue()
  await until(() => idleSlots().length >= 2)
  for (const slotNumber of idleSlots()) {
    const last = maxInt32 - (maxInt32 % maxThreads) - maxThreads + slotNumber + 1
    words[threadAt(slotNumber) + thread.ident] = last
    expect(slotOf(last)).toBe(slotNumber)
  }
  for (let round = 0; round < 12; round++) {
    const one = run(waitForEvent, [gate, told], `round ${round}`)
    expect([one.ident! > 0 && one.ident! <= maxInt32, one.isAlive()]).toEqual([true, true])
    expect(slotOf(one.ident!)).toBe(one.nativeId! - 1)
    gate.set()
    await one.joinAsync()
    gate.clear()
    expect([one.isAlive(), one.name]).toEqual([false, `round ${round}`])
  }
})

function idleSlots(): number[] {
  const slots = Array.from({ length: maxThreads }, (_, slotNumber) => slotNumber)
  return slots.filter((slotNumber) => {
    const state = words[threadAt(slotNumber) + thread.slotState]
    return state === slotState.idle || state === slotState.ended
  })
}

test.each(wraps)('an inspector reads trace events beyond the wrap at %d', async (count) => {
  setTracing(true)
  await until(() => idleSlots().length >= 3)
  const gate = new Event()
  const told = new Queue()
  for (const slotNumber of idleSlots()) words[threadAt(slotNumber) + thread.traceEventCount] = count
  const inspector = new Inspector()
  const before = inspector.sample().dropped
  const idents: number[] = []
  for (let round = 0; round < 6; round++) {
    const one = run(waitForEvent, [gate, told])
    idents.push(one.ident!)
    await until(() => snapshot().objects.some(({ id, waiters }) => id === gate.id && waiters.length > 0))
    gate.set()
    await one.joinAsync()
    gate.clear()
  }
  const { events, dropped } = inspector.sample()
  for (const ident of idents)
    expect(events.filter((event) => event.thread === ident).map(({ state }) => state)).toEqual([
      'Runnable',
      'Waiting',
      'Runnable',
      'Terminated',
    ])
  expect(dropped).toBe(before)
})

test('the ids of a record wrap, and do not meet those of another record', () => {
  const first = new Lock()
  const record = objectAt(first.id)
  first.dispose()
  words[record + object.id] = -maxInt32 + ((maxInt32 - first.id) % 4160)
  const second = new Lock()
  expect(objectAt(second.id)).toBe(record)
  expect([second.acquire(), second.locked(), second.owner]).toEqual([true, true, currentThread().ident])
  second.release()
  second.dispose()
  expect(() => first.locked()).toThrow(/disposed/)
})
