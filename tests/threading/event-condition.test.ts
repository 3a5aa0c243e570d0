import { describe, expect, test } from 'vitest'
import { Condition, Event, Inspector, Lock, Queue, RuntimeError } from '../../shared/threading/index.ts'
import { inProcess, run, take, until } from './process.ts'
import { waitForCondition, waitForEvent } from './targets.ts'

inProcess(12)

/** Threads that are seen to wait for the object. */
const waiting = (inspector: Inspector, id: number) =>
  inspector.look().objects.find((object) => object.id === id)?.waiters.length ?? 0

describe('Event', () => {
  test('tells its flag, and does not wait while it is set', () => {
    const event = new Event()
    expect(event.isSet()).toBe(false)
    expect(event.wait(0)).toBe(false)
    expect(event.wait(2)).toBe(false)
    event.set()
    expect(event.wait()).toBe(true)
    event.clear()
    expect(event.isSet()).toBe(false)
  })

  test('releases all who wait at that moment, even if clear follows at once', async () => {
    const event = new Event()
    const told = new Queue<boolean>()
    const inspector = new Inspector()
    for (let count = 0; count < 4; count++) run(waitForEvent, [event, told])
    await until(() => waiting(inspector, event.id) === 4)
    event.set()
    event.clear()
    expect(take(told, 4)).toEqual([true, true, true, true])
    expect(event.isSet()).toBe(false)
  })

  test('can be awaited without blocking', async () => {
    const event = new Event()
    expect(await event.waitAsync(2)).toBe(false)
    const set = event.waitAsync()
    event.set()
    expect(await set).toBe(true)
  })
})

describe('Condition', () => {
  test('needs its lock for wait and notify', () => {
    const condition = new Condition()
    expect(() => condition.wait()).toThrow(RuntimeError)
    expect(() => condition.notify()).toThrow(RuntimeError)
    expect(() => condition.notifyAll()).toThrow(RuntimeError)
  })

  test('takes its lock back after a wait that timed out, at the depth it had', () => {
    const condition = new Condition()
    condition.acquire()
    condition.acquire()
    expect(condition.wait(2)).toBe(false)
    expect(condition.wait(0)).toBe(false)
    condition.release()
    expect(condition.lock.locked()).toBe(true)
    condition.release()
    expect(condition.lock.locked()).toBe(false)
  })

  test('works with a lock that it is given', () => {
    const lock = new Lock({ name: 'given' })
    const condition = new Condition({ lock })
    condition.acquire()
    expect(lock.locked()).toBe(true)
    condition.notifyAll()
    expect(condition.wait(1)).toBe(false)
    condition.release()
    expect(lock.locked()).toBe(false)
  })

  test('wakes as many as are notified, first come first served, and none unasked', async () => {
    const condition = new Condition()
    const told = new Queue<string>()
    const inspector = new Inspector()
    for (const [place, name] of ['first', 'second', 'third'].entries()) {
      run(waitForCondition, [condition, told, name])
      expect(told.get(true, 10_000)).toBe(`${name} waits`)
      await until(() => waiting(inspector, condition.id) === place + 1)
    }
    notify(condition, 1)
    expect(told.get(true, 10_000)).toBe('first woke')
    expect(waiting(inspector, condition.id)).toBe(2)
    notify(condition, 2)
    expect(take(told, 2).sort()).toEqual(['second woke', 'third woke'])
    expect(told.empty()).toBe(true)
  })

  test('waitFor returns the last value of its predicate', () => {
    const condition = new Condition()
    condition.acquire()
    expect(condition.waitFor(() => 'there')).toBe('there')
    expect(condition.waitFor(() => 0, 3)).toBe(0)
    condition.release()
  })

  test('can be awaited without blocking', async () => {
    const condition = new Condition()
    await condition.acquireAsync()
    const woken = condition.waitAsync()
    expect(condition.lock.locked()).toBe(false)
    notify(condition, 1)
    expect(await woken).toBe(true)
    condition.release()
  })
})

function notify(condition: Condition, count: number): void {
  condition.acquire()
  condition.notify(count)
  condition.release()
}
