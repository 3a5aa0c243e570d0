import {
  Barrier,
  BoundedSemaphore,
  Cell,
  Condition,
  currentThread,
  Event,
  killThread,
  LifoQueue,
  Lock,
  MemoryError,
  PriorityQueue,
  Queue,
  RLock,
  Semaphore,
  SharedMemory,
  Thread,
  Timer,
} from '@skein/threading'
import { snapshot } from '@skein/threading/inspect'
import { describe, expect, test } from 'vitest'
import { header } from '../../shared/threading/src/core/layout.ts'
import { words } from '../../shared/threading/src/core/memory.ts'
import { objectIds } from '../../shared/threading/src/core/object-table.ts'
import { inProcess, run, until } from './test-process.ts'
import { addOne, fail, tell } from './test-targets.ts'

inProcess(3)

/** How much of the table and of the heap was ever used. */
const usage = () => ({ objects: words[header.nextObject]!, heapTop: words[header.heapTop]! })

describe('Timers', () => {
  const cell = () => new Cell()

  test('10,000 run one after another in the default table, cancelled ones among them', () => {
    const counter = cell()
    const before = objectIds().length
    let cancelled = 0
    for (let count = 0; count < 10_000; count++) {
      const isCancelled = count % 4 === 0
      const interval = isCancelled ? 60_000 : 0
      const timer = new Timer({ interval, target: addOne, args: [counter, 1], daemon: true })
      timer.start()
      if (isCancelled) timer.cancel()
      if (isCancelled) cancelled++
      timer.join()
    }
    expect(counter.peek()).toBe(10_000 - cancelled)
    expect(objectIds().length).toBe(before)
    counter.dispose()
  }, 120_000)

  test('10,000 are made and never started', () => {
    const counter = cell()
    const before = usage()
    for (let count = 0; count < 10_000; count++)
      new Timer({ interval: 1, target: addOne, args: [counter, 1] }).cancel()
    expect(usage()).toEqual(before)
    counter.dispose()
  })

  test('one whose thread is killed while it waits leaves no object', async () => {
    const counter = cell()
    const before = objectIds().length
    for (let count = 0; count < 5; count++) {
      const timer = new Timer({ interval: 60_000, target: addOne, args: [counter, 1], daemon: true })
      timer.start()
      await until(() =>
        snapshot().threads.some(({ id, waiting }) => id === timer.ident && waiting !== undefined),
      )
      killThread(timer.ident!)
      await timer.joinAsync()
      timer.cancel()
    }
    expect(objectIds().length).toBe(before)
    counter.dispose()
  })

  test('one that is killed right after its start leaves no object', async () => {
    const counter = cell()
    const before = objectIds().length
    for (let count = 0; count < 5; count++) {
      const timer = new Timer({ interval: 60_000, target: addOne, args: [counter, 1], daemon: true })
      timer.start()
      killThread(timer.ident!)
      await timer.joinAsync()
    }
    await until(() => objectIds().length === before)
    counter.dispose()
  })

  test('one that cannot start leaves no object', () => {
    const before = objectIds().length
    const timer = new Timer({
      interval: 1,
      target: addOne,
      args: [10n as unknown as Cell, Symbol() as unknown as number],
    })
    for (let count = 0; count < 10; count++) expect(() => timer.start()).toThrow(TypeError)
    expect(objectIds().length).toBe(before)
  })
})

describe('A constructor that throws', () => {
  const badName = {
    name: {
      toString: () => {
        throw new RangeError('no name')
      },
    } as unknown as string,
  }
  const broken: Readonly<Record<string, () => unknown>> = {
    'a Lock whose name cannot be converted': () => new Lock(badName),
    'a Queue whose name cannot be converted': () => new Queue(badName),
    'a Condition whose name cannot be converted': () => new Condition(badName),
    'a Condition whose lock is none': () => new Condition({ lock: {} as Lock }),
    'a Condition whose lock was disposed of': () => {
      const lock = new Lock()
      lock.dispose()
      new Condition({ lock })
    },
    'a Queue of a wrong size': () => new Queue({ maxSize: 0.5 }),
    'a LifoQueue of a wrong size': () => new LifoQueue({ maxSize: Number.NaN }),
    'a PriorityQueue of a wrong size': () => new PriorityQueue({ maxSize: '2' as unknown as number }),
    'a Semaphore below 0': () => new Semaphore({ value: -1 }),
    'a BoundedSemaphore of a fraction': () => new BoundedSemaphore({ value: 0.5 }),
    'a Barrier of no parties': () => new Barrier({ parties: 0 }),
    'a Barrier of a wrong timeout': () => new Barrier({ parties: 1, timeout: Number.NaN }),
    'a Cell of a fraction': () => new Cell({ value: 0.5 }),
    'a SharedMemory of no bytes': () => new SharedMemory({ bytes: 0 }),
    'a SharedMemory of a fraction': () => new SharedMemory({ bytes: 1.5 }),
    'a SharedMemory larger than all memory': () => new SharedMemory({ bytes: 2 ** 30 }),
    'a SharedMemory of 64 GiB and a little': () => new SharedMemory({ bytes: 2 ** 36 + 16 }),
  }

  test.each(Object.entries(broken))('%s leaves nothing behind', (_, make) => {
    const witness = new SharedMemory({ bytes: 64 })
    witness.uint8.fill(7)
    expect(make).toThrow()
    const [before, ids] = [usage(), objectIds()]
    for (let count = 0; count < 200; count++) expect(make).toThrow()
    expect([usage(), objectIds()]).toEqual([before, ids])
    expect([...new Set(witness.uint8)]).toEqual([7])
    witness.dispose()
  })

  test('for want of a slot in the table gives back what it took', () => {
    const locks: Lock[] = []
    expect(() => {
      for (;;) locks.push(new Lock())
    }).toThrow(MemoryError)
    locks.pop()!.dispose()
    // A Condition needs two slots, and one is left.
    for (let count = 0; count < 10; count++) expect(() => new Condition()).toThrow(MemoryError)
    for (const make of [
      () => new Lock(),
      () => new RLock(),
      () => new Event(),
      () => new Barrier({ parties: 1, action: () => {} }),
      () => new Queue(),
      () => new SharedMemory({ bytes: 8 }),
      () => new Condition({ lock: locks[0]! }),
    ]) {
      const made = make()
      expect(() => new Lock()).toThrow(MemoryError)
      made.dispose()
    }
    locks.pop()!.dispose()
    const condition = new Condition()
    expect(() => new Lock()).toThrow(MemoryError)
    condition.dispose()
    for (const lock of locks) lock.dispose()
  })
})

describe('Threads', () => {
  test('3,000 are started and joined one after another in flat memory', () => {
    const told = new Queue<number>()
    const round = (count: number) => {
      const thread = new Thread({
        target: tell,
        args: [told as unknown as Queue<string>, `word ${count}`],
        daemon: true,
      })
      thread.start()
      thread.join()
      told.get()
    }
    for (let count = 0; count < 500; count++) round(count)
    const before = usage()
    for (let count = 0; count < 3000; count++) round(count)
    expect(usage()).toEqual(before)
    told.dispose()
  }, 120_000)

  test('500 that end by an error keep one error text for each slot', async () => {
    const round = async () => {
      await run(fail, ['x'.repeat(300)]).joinAsync()
    }
    for (let count = 0; count < 200; count++) await round()
    const before = usage()
    for (let count = 0; count < 500; count++) await round()
    expect(usage()).toEqual(before)
  }, 120_000)

  test('a thread is renamed a thousand times in the same memory', () => {
    const before = usage()
    for (let count = 0; count < 1000; count++)
      currentThread().name = `name ${count} ${'x'.repeat(count % 80)}`
    currentThread().name = 'main'
    expect(usage()).toEqual(before)
  })
})

test('a wait that fails at once takes no record of the table of asynchronous waits', async () => {
  const [barrier, event, condition] = [new Barrier({ parties: 2 }), new Event(), new Condition()]
  for (const one of [barrier, event, condition]) one.dispose()
  for (let count = 0; count < 1000; count++) {
    await expect(barrier.waitAsync(5)).rejects.toThrow(/disposed/)
    await expect(event.waitAsync(5)).rejects.toThrow(/disposed/)
    await expect(condition.waitAsync(5)).rejects.toThrow(/disposed/)
  }
  const gate = new Event()
  const waits = Array.from({ length: 900 }, () => gate.waitAsync())
  gate.set()
  expect(new Set(await Promise.all(waits))).toEqual(new Set([true]))
  gate.dispose()
})
