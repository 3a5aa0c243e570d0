import {
  Event,
  enumerate,
  killThread,
  Lock,
  Queue,
  Semaphore,
  SharedMemory,
  type Thread,
} from '@skein/threading'
import { Inspector } from '@skein/threading/inspect'
import { describe, expect, test } from 'vitest'
import {
  acquireAndExit,
  exchangeItems,
  exitProcess,
  oddValueNames,
  rejectUnhandled,
  rejectWithOdd,
  releaseOnce,
  spinForever,
  throwInTimer,
  throwOdd,
  throwOddAndPrint,
  throwOddInHook,
  waitForever,
} from './ending-targets.ts'
import { inProcess, run } from './test-process.ts'

// Main's event loop never runs while a test blocks: no event of a worker can report its end.

inProcess(4)

/** Milliseconds. A join that is not woken by the end of its thread takes this long. */
const joinLimit = 20_000

function expectJoinReturns(thread: Thread): void {
  const began = performance.now()
  expect(thread.join(joinLimit)).toBeUndefined()
  expect(thread.isAlive()).toBe(false)
  expect(performance.now() - began).toBeLessThan(joinLimit)
  expect(enumerate().map(({ ident }) => ident)).not.toContain(thread.ident)
  const view = new Inspector().sample().threads.find(({ id }) => id === thread.ident)
  expect(view?.state).toBe('Terminated')
}

describe('a blocking join on main returns for a thread that', () => {
  test.each([
    ['exits its process', exitProcess],
    ['leaves a rejection unhandled', rejectUnhandled],
    ['fails in a timer', throwInTimer],
  ])('%s', (_title, target) => {
    for (let round = 0; round < 3; round++) expectJoinReturns(run(target, []))
  })

  test.each(oddValueNames)('throws %s, and the excepthook is called', (name) => {
    for (const target of [throwOdd, rejectWithOdd]) {
      const hookCalls = new Queue<string>()
      const thread = run(target, [name, hookCalls], 'odd')
      expectJoinReturns(thread)
      expect(hookCalls.getNowait()).toBe('odd')
    }
  })

  test.each(oddValueNames)('throws %s, which is printed', (name) => {
    expectJoinReturns(run(throwOddAndPrint, [name]))
  })

  test.each(oddValueNames)('throws %s in its excepthook', (name) => {
    expectJoinReturns(run(throwOddInHook, [name]))
  })

  test.each([
    ['computes', spinForever],
    ['waits', waitForever],
  ])('is killed while it %s', (_title, target) => {
    for (let round = 0; round < 3; round++) {
      const running = new Event()
      const thread = run(target, [running])
      running.wait()
      killThread(thread.ident ?? 0)
      expectJoinReturns(thread)
    }
  })

  test('is killed, while main’s event loop runs a few turns and hears only of the first signs of its end', async () => {
    for (let round = 0; round < 20; round++) {
      const running = new Event()
      const thread = run(waitForever, [running])
      running.wait()
      killThread(thread.ident ?? 0)
      for (let turn = 0; turn < round; turn++) await new Promise((resolve) => setImmediate(resolve))
      expectJoinReturns(thread)
    }
  })

  test('is killed before it begins', () => {
    for (let round = 0; round < 5; round++) {
      const thread = run(waitForever, [new Event()])
      killThread(thread.ident ?? 0)
      expectJoinReturns(thread)
    }
  })

  test('is killed in the middle of operations', () => {
    for (let round = 0; round < 10; round++) {
      const queue = new Queue<unknown>()
      const stop = new SharedMemory({ bytes: 4 })
      const threads = [run(exchangeItems, [queue, stop]), run(exchangeItems, [queue, stop])]
      new Event().wait(20)
      killThread(threads[0]?.ident ?? 0)
      expectJoinReturns(threads[0]!)
      stop.int32[0] = 1
      queue.put('last', false)
      expectJoinReturns(threads[1]!)
    }
  })
})

describe('main, which waits for what a thread holds or has to do, goes on when that thread dies:', () => {
  test('a lock', () => {
    const lock = new Lock()
    const thread = run(acquireAndExit, [lock])
    while (!lock.locked() && thread.isAlive()) new Event().wait(1)
    expect(lock.acquire(true, joinLimit)).toBe(true)
    expect(lock.ownerDied).toBe(true)
    lock.markConsistent()
    lock.release()
  })
})

test('the reason of a death is known after main was blocked', async () => {
  const thread = run(throwInTimer, [])
  expectJoinReturns(thread)
  const errorOf = () => new Inspector().sample().threads.find(({ id }) => id === thread.ident)?.error
  expect(errorOf()).toBe('its worker ended')
  await expect.poll(errorOf).toBe('RangeError: nobody catches this')
})

test('workers that ended while main blocked are replaced', () => {
  for (let round = 0; round < 12; round++) expectJoinReturns(run(exitProcess, []))
  const permits = new Semaphore({ value: 0 })
  const threads = Array.from({ length: 4 }, () => run(releaseOnce, [permits]))
  for (const thread of threads) expectJoinReturns(thread)
  expect(permits.value).toBe(4)
})
