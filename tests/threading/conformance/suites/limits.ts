import {
  activeCount,
  Condition,
  defineTargets,
  Event,
  Lock,
  MemoryError,
  Queue,
  RuntimeError,
  SharedMemory,
  Thread,
} from '@skein/threading'
import { atLeast, equal, rejects, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { memoryBytes } from '../memory-size.ts'
import { waitersOf } from '../observe.ts'
import { waitFor } from './threads.ts'

/** These fill the process's memory and tables: they run in a process of their own, the last for good. */

const memorySuite = suite('Memory that is full', ({ onThread, onMain }) => {
  onThread(
    'refuses an item that is larger than what is left, and takes smaller ones',
    ['limits.memory'],
    () => {
      const queue = new Queue<string>()
      throws(MemoryError, () => queue.put('x'.repeat(memoryBytes)))
      equal([queue.qsize(), queue.unfinished], [0, 0])
      queue.put('small')
      equal(queue.get(), 'small')
    },
  )

  onThread(
    'refuses items one after another, loses none, and takes others once there is room',
    ['limits.memory'],
    (scene) => {
      // Sizes that differ: what small items leave must be there for large ones, and the other way round.
      for (const size of [300, 40_000, 20, 900_000, 1000]) {
        const queue = new Queue<string>()
        const [gate, told] = [new Event(), new Queue<number>()]
        const taken = Math.min(100, Math.floor(10_000_000 / size))
        const taker = scene.start(takeSome, [gate, queue, told, taken])
        const count = fill(queue, size)
        // A block is up to twice its item, and a queue's ring has to fit beside it twice as wide.
        atLeast(count * size, memoryBytes / 8, `the ${count} items of ${size} bytes together`)
        equal([queue.qsize(), queue.unfinished], [count, count])
        throws(MemoryError, () => queue.put('y'.repeat(size)))
        gate.set()
        equal(told.get(), taken * size)
        taker.join()
        for (let again = 0; again < taken; again++) queue.put('y'.repeat(size))
        let length = 0
        for (let left = count; left > 0; left--) length += queue.get().length
        equal(length, count * size)
        equal([queue.qsize(), queue.unfinished], [0, count + taken])
      }
    },
  )

  onThread(
    'refuses new queues, blocks and threads, and gives them once there is room',
    ['limits.memory'],
    () => {
      const queue = new Queue<string>()
      fillWholly(queue)
      // More often than there is room for objects: those that could not be made take no place.
      for (let count = 0; count < 5000; count++) throws(MemoryError, () => new Queue(), /memory is full/)
      throws(MemoryError, () => new SharedMemory({ bytes: 4096 }), /memory is full/)
      const thread = new Thread({ target: waitFor, args: [new Event()], daemon: true })
      throws(MemoryError, () => thread.start())
      equal([thread.ident, thread.isAlive()], [undefined, false])
      // What needs no memory goes on.
      const lock = new Lock()
      equal(lock.acquire(), true)
      lock.release()
      const event = new Event()
      event.set()
      queue.shutdown(true)
      const told = new Queue<string>()
      told.put('again')
      equal(told.get(), 'again')
      new SharedMemory({ bytes: 4096 })
      const next = new Thread({ target: waitFor, args: [event], daemon: true })
      next.start()
      next.join()
    },
  )

  onThread(
    'does not keep a thread from ending by an error',
    ['limits.memory', 'thread.excepthook'],
    (scene) => {
      const queue = new Queue<string>()
      const gate = new Event()
      const thread = scene.start(failAtGate, [gate])
      fillWholly(queue)
      gate.set()
      thread.join()
      equal(thread.isAlive(), false)
      queue.shutdown(true)
      scene.start(waitFor, [gate]).join()
    },
  )

  onMain('rejects on main, which goes on', ['limits.memory', 'all.async'], async () => {
    const queue = new Queue<string>()
    await rejects(MemoryError, queue.putAsync('x'.repeat(memoryBytes)))
    await queue.putAsync('small')
    equal(await queue.getAsync(), 'small')
  })
})

const waitsSuite = suite('More asynchronous waits than the table holds', ({ onMain }) => {
  onMain('are refused with a MemoryError, and the next call works', ['limits.waits'], async (scene) => {
    const [event, lock, queue] = [new Event(), new Lock(), new Queue<number>()]
    await scene.actor().callAsync(lock, 'acquire')
    const outcome = (wait: Promise<unknown>) => wait.catch((error: Error) => error.name)
    const waits = Array.from({ length: 1100 }, () => outcome(event.waitAsync()))
    const waiting = waitersOf(event).length
    equal(waiting > 900, true, `whether ${waiting} waits are many`)
    const refused = [event.waitAsync(), lock.acquireAsync(), queue.getAsync()]
    await Promise.all(refused.map((promise) => rejects(MemoryError, promise)))
    // What need not wait needs no place in the table.
    equal(await new Lock().acquireAsync(), true)
    queue.put(1)
    equal(await queue.getAsync(), 1)
    event.set()
    const outcomes = await Promise.all(waits)
    equal(outcomes.filter((one) => one === true).length, waiting)
    equal(outcomes.filter((one) => one === 'MemoryError').length, 1100 - waiting)
    event.clear()
    const again = event.waitAsync()
    event.set()
    equal(await again, true)
  })

  onMain('leave a Condition with its lock held, as it was', ['limits.waits', 'condition.back'], async () => {
    const [event, condition] = [new Event(), new Condition()]
    const waits: Promise<unknown>[] = []
    for (let count = 0; count < 1024; count++)
      waits.push(event.waitAsync().catch((error: Error) => error.name))
    await condition.acquireAsync()
    await rejects(MemoryError, condition.waitAsync())
    equal(condition.lock.owner, 1)
    condition.release()
    event.set()
    const outcomes = new Set(await Promise.all(waits))
    equal([...outcomes].sort(), ['MemoryError', true])
  })
})

const threadsSuite = suite('More threads than the table holds', ({ onMain }) => {
  onMain('are refused with a RuntimeError, and the next call works', ['limits.threads'], async () => {
    const gate = new Event()
    const begin = (name: string) => new Thread({ target: waitFor, args: [gate], name, daemon: true })
    // Most of these find no worker ready and get one of their own, which takes its time: they are left to begin.
    const threads = Array.from({ length: 63 }, (_, index) => begin(`thread ${index}`))
    for (const thread of threads) thread.start()
    const late = begin('late')
    for (let count = 0; count < 3; count++) throws(RuntimeError, () => late.start(), /late/)
    equal([late.ident, late.isAlive()], [undefined, false])
    equal(activeCount(), 64)
    gate.set()
    await threads[0]?.joinAsync()
    late.start()
    await late.joinAsync()
    equal(typeof late.ident, 'number')
  })
})

const objectsSuite = suite('More objects than the table holds', ({ onThread }) => {
  onThread(
    'are refused with a MemoryError, on every thread, and what there is goes on',
    ['limits.objects'],
    (scene) => {
      const [lock, queue] = [new Lock(), new Queue<string>()]
      const gate = new Event()
      const thread = scene.start(makeLock, [gate, queue])
      const locks: Lock[] = []
      throws(MemoryError, () => {
        for (;;) locks.push(new Lock())
      })
      equal(locks.length > 3900, true, `whether ${locks.length} objects are many`)
      for (const make of [() => new Lock(), () => new Queue(), () => new Event()]) throws(MemoryError, make)
      gate.set()
      equal(queue.get(), 'MemoryError')
      thread.join()
      equal([lock.acquire(), locks.at(-1)?.acquire()], [true, true])
      lock.release()
      const next = scene.start(makeLock, [gate, queue])
      equal(queue.get(), 'MemoryError')
      next.join()
    },
  )
})

/** Puts items of a size until there is no room. Returns how many. */
function fill(queue: Queue<string>, size: number): number {
  const item = 'x'.repeat(size)
  for (let count = 0; ; count++) {
    try {
      queue.put(item)
    } catch (error) {
      if (error instanceof MemoryError) return count
      throw error
    }
  }
}

/** Takes the last byte: each size leaves less than its own. */
function fillWholly(queue: Queue<string>): void {
  // The ring is made wide enough first: it needs room too.
  for (let item = 0; item < 1000; item++) queue.put('')
  for (let item = 0; item < 1000; item++) queue.get()
  for (const size of [1_000_000, 100_000, 10_000, 1000, 100, 1]) fill(queue, size)
}

/** Takes items when the gate opens, and tells how long their texts were together. */
export function takeSome(gate: Event, queue: Queue<string>, told: Queue<number>, count: number): void {
  gate.wait()
  let length = 0
  for (let taken = 0; taken < count; taken++) length += queue.get().length
  told.put(length)
}

export function makeLock(gate: Event, told: Queue<string>): void {
  gate.wait()
  try {
    new Lock()
    told.put('made')
  } catch (error) {
    told.put(error instanceof Error ? error.name : 'no Error')
  }
}

export function failAtGate(gate: Event): void {
  gate.wait()
  throw new RangeError('with memory full')
}

defineTargets({ takeSome, makeLock, failAtGate })

export const limitSuites: readonly Suite[] = [memorySuite, waitsSuite, threadsSuite, objectsSuite]
