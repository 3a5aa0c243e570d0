import {
  Condition,
  defineTargets,
  Event,
  Lock,
  MemoryError,
  Queue,
  RuntimeError,
  SharedMemory,
  Thread,
} from '../../../../shared/threading/index.ts'
import { type Suite, suite } from '../cases.ts'
import { equal, rejects, throws } from '../check.ts'
import { untilAsync, waitersOf } from '../look.ts'
import { waitFor } from './threads.ts'

/** These fill the process's tables: each runs in a process of its own. */

const memorySuite = suite('Memory that is full', ({ onThread, onMain }) => {
  onThread('refuses an item that is larger than what is left, and takes smaller ones', ['limits.memory'], () => {
    const queue = new Queue<string>()
    throws(MemoryError, () => queue.put('x'.repeat(2 ** 26)))
    equal([queue.qsize(), queue.unfinished], [0, 0])
    queue.put('small')
    equal(queue.get(), 'small')
  })

  onThread('refuses items one after another, loses none, and takes others once there is room', ['limits.memory'], (scene) => {
    const queue = new Queue<string>()
    // Sizes that differ: what small items leave must be there for large ones, and the other way round.
    for (const size of [300, 40_000, 20, 900_000, 5]) {
      const count = fill(queue, size)
      equal([queue.qsize() === count, queue.unfinished === count], [true, true])
      throws(MemoryError, () => queue.put('y'.repeat(size)))
      const other = scene.actor()
      equal(other.does(queue, 'get').length, size)
      queue.put('y'.repeat(size))
      for (let left = count; left > 0; left--) {
        const text = queue.get()
        if (text.length !== size) equal(text.length, size)
        queue.taskDone()
      }
      queue.taskDone()
      equal([queue.qsize(), queue.unfinished], [0, 0])
      other.dismiss()
      other.thread.join()
    }
  })

  onThread('refuses new queues, blocks and threads, and gives them once there is room', ['limits.memory'], () => {
    const queue = new Queue<string>()
    fill(queue, 100_000)
    fill(queue, 1000)
    fill(queue, 1)
    throws(MemoryError, () => new Queue())
    throws(MemoryError, () => new SharedMemory({ bytes: 4096 }))
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
  })

  onThread('does not keep a thread from ending by an error', ['limits.memory', 'thread.excepthook'], (scene) => {
    const queue = new Queue<string>()
    const gate = new Event()
    const thread = scene.start(failAtGate, [gate])
    fill(queue, 100_000)
    fill(queue, 1000)
    fill(queue, 1)
    gate.set()
    thread.join()
    equal(thread.isAlive(), false)
    queue.shutdown(true)
    scene.start(waitFor, [gate]).join()
  })

  onMain('rejects on main, which goes on', ['limits.memory', 'all.async'], async () => {
    const queue = new Queue<string>()
    await rejects(MemoryError, queue.putAsync('x'.repeat(2 ** 26)))
    await queue.putAsync('small')
    equal(await queue.getAsync(), 'small')
  })
})

const waitsSuite = suite('More asynchronous waits than the table holds', ({ onMain }) => {
  onMain('are refused with a MemoryError, and the next call works', ['limits.waits'], async (scene) => {
    const [event, lock, queue] = [new Event(), new Lock(), new Queue<number>()]
    await scene.actor().doesAsync(lock, 'acquire')
    const waits: Promise<boolean>[] = []
    const refused: Promise<void>[] = []
    for (let count = 0; count < 1100; count++) {
      const wait = event.waitAsync()
      if (waitersOf(event).length === waits.length) refused.push(rejects(MemoryError, wait))
      else waits.push(wait)
    }
    await Promise.all(refused)
    equal(waits.length > 900, true, `whether ${waits.length} waits are many`)
    equal(waits.length + refused.length, 1100)
    for (const promise of [event.waitAsync(), lock.acquireAsync(), queue.getAsync()]) {
      await rejects(MemoryError, promise)
    }
    // What need not wait needs no place in the table.
    equal(await new Lock().acquireAsync(), true)
    queue.put(1)
    equal(await queue.getAsync(), 1)
    event.set()
    equal((await Promise.all(waits)).every(Boolean), true)
    event.clear()
    const again = event.waitAsync()
    event.set()
    equal(await again, true)
  })

  onMain('leave a Condition with its lock held, as it was', ['limits.waits', 'condition.back'], async () => {
    const [event, condition] = [new Event(), new Condition()]
    const waits: Promise<unknown>[] = []
    for (let count = 0; count < 1024; count++) waits.push(event.waitAsync().catch((error: Error) => error.name))
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
  onMain('are refused with a RuntimeError, and the next call works', ['limits.threads'], async (scene) => {
    const gate = new Event()
    const threads: Thread[] = []
    const start = () => threads.push(scene.start(waitFor, [gate]))
    for (let count = 0; count < 63; count++) start()
    const late = new Thread({ target: waitFor, args: [gate], name: 'late', daemon: true })
    throws(RuntimeError, () => late.start(), /late/)
    equal([late.ident, late.isAlive()], [undefined, false])
    await untilAsync(() => waitersOf(gate).length === 63)
    throws(RuntimeError, () => late.start(), /late/)
    gate.set()
    for (const thread of threads) await thread.joinAsync()
    late.start()
    await late.joinAsync()
    equal(typeof late.ident, 'number')
  })
})

const objectsSuite = suite('More objects than the table holds', ({ onThread }) => {
  onThread('are refused with a MemoryError, on every thread, and what there is goes on', ['limits.objects'], (scene) => {
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
  })
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

defineTargets({ makeLock, failAtGate })

export const limitSuites: readonly Suite[] = [memorySuite, waitsSuite, threadsSuite, objectsSuite]
