import { describe, expect, test } from 'vitest'
import {
  Event,
  killThread,
  Lock,
  Queue,
  RLock,
  RuntimeError,
  SharedMemory,
  ValueError,
} from '../../shared/threading/index.ts'
import { inProcess, run, take, until } from './process.ts'
import { acquireThenTell, addWithLock, holdUntil, spinHolding } from './targets.ts'

inProcess()

for (const LockType of [Lock, RLock]) {
  describe(LockType.name, () => {
    test('is held by the thread that acquired it, until it releases it', () => {
      const lock = new LockType()
      expect(lock.acquire()).toBe(true)
      expect(lock.locked()).toBe(true)
      expect(lock.owner).toBe(1)
      lock.release()
      expect(lock.locked()).toBe(false)
    })

    test('refuses to be released by a thread that does not hold it', () => {
      const lock = new LockType({ name: 'library' })
      expect(() => lock.release()).toThrow(RuntimeError)
    })

    test('refuses a timeout without blocking, and one below −1', () => {
      const lock = new LockType()
      expect(() => lock.acquire(false, 5)).toThrow(ValueError)
      expect(() => lock.acquire(true, -2)).toThrow(ValueError)
      expect(() => lock.acquire(true, Number.NaN)).toThrow(TypeError)
      expect(lock.locked()).toBe(false)
    })

    test('is released at the end of a block with `using`, also by an error', () => {
      const lock = new LockType()
      expect(() => {
        using _ = lock.hold()
        throw new Error('in the block')
      }).toThrow('in the block')
      expect(lock.locked()).toBe(false)
    })

    test('lets one thread in at a time: no update is lost', () => {
      const lock = new LockType()
      const cell = new SharedMemory({ bytes: 8 })
      const times = 100_000
      const threads = [1, 2, 3].map(() => run(addWithLock, [lock, cell, times]))
      for (const thread of threads) thread.join()
      expect(cell.int32[0]).toBe(3 * times)
      expect(lock.locked()).toBe(false)
    })

    test('gives up after its timeout while another thread holds it', () => {
      const { lock, release } = heldElsewhere(LockType)
      expect(lock.acquire(false)).toBe(false)
      expect(lock.acquire(true, 5)).toBe(false)
      release.set()
      expect(lock.acquire()).toBe(true)
      lock.release()
    })

    test('can be awaited without blocking', async () => {
      const { lock, release } = heldElsewhere(LockType)
      expect(await lock.acquireAsync(5)).toBe(false)
      const acquired = lock.acquireAsync()
      release.set()
      expect(await acquired).toBe(true)
      lock.release()
    })

    test('goes to a waiter when its owner dies, and says so until it is made consistent', async () => {
      const lock = new LockType()
      const held = new Event()
      const owner = run(spinHolding, [lock, held], 'owner')
      held.wait()
      const told = new Queue<string>()
      const waiter = run(acquireThenTell, [lock, told, 'waiter'])
      killThread(owner.ident ?? 0)
      expect(await told.getAsync(10_000)).toBe('waiter after a death')
      await waiter.joinAsync()
      lock.acquire()
      lock.markConsistent()
      expect(lock.ownerDied).toBe(false)
      lock.release()
    })

    test('is had in the end by every thread that waits for it', async () => {
      const { lock, release } = heldElsewhere(LockType)
      const told = new Queue<string>()
      const names = ['a', 'b', 'c', 'd']
      for (const name of names) run(acquireThenTell, [lock, told, name])
      await until(() => lock.locked())
      release.set()
      expect(take(told, names.length).sort()).toEqual(names)
    })
  })
}

test('an RLock can be acquired again by its owner, and is free after as many releases', () => {
  const lock = new RLock()
  lock.acquire()
  expect(lock.acquire(false)).toBe(true)
  lock.release()
  expect(lock.locked()).toBe(true)
  lock.release()
  expect(lock.locked()).toBe(false)
  expect(() => lock.release()).toThrow(RuntimeError)
})

test('a Lock cannot be acquired again by its owner', () => {
  const lock = new Lock()
  lock.acquire()
  expect(lock.acquire(false)).toBe(false)
  expect(lock.acquire(true, 1)).toBe(false)
  lock.release()
})

function heldElsewhere(LockType: typeof Lock | typeof RLock): { lock: Lock | RLock; release: Event } {
  const lock = new LockType()
  const held = new Event()
  const release = new Event()
  run(holdUntil, [lock, held, release])
  held.wait()
  return { lock, release }
}
