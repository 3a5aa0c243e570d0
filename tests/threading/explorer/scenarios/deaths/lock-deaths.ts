import { Lock } from '../../../../../shared/threading/src/primitives/lock.ts'
import { RLock } from '../../../../../shared/threading/src/primitives/rlock.ts'
import { BoundedSemaphore, Semaphore } from '../../../../../shared/threading/src/primitives/semaphore.ts'
import { expect, type Scenario } from '../../engine/scenario.ts'
import { pause } from '../../engine/steps.ts'
import { type DeathRun, deathsIn } from './death.ts'

type Acquire = (lock: Lock | RLock) => unknown

const acquire: Acquire = (lock) => lock.acquire()
const acquireAsync: Acquire = (lock) => lock.acquireAsync()

function inLock(lock: Lock | RLock, take: Acquire, depth = 1): DeathRun {
  let inside = 0
  let passed = 0
  let isDoomedInside = false
  const enter = (isDoomed: boolean) => async () => {
    for (let level = 0; level < depth; level++) await take(lock)
    if (lock.ownerDied) {
      inside = 0
      lock.markConsistent()
    }
    inside++
    expect(inside === 1, 'two threads hold the lock')
    pause()
    inside--
    if (!isDoomed) passed++
    for (let level = 0; level < depth; level++) lock.release()
  }
  return {
    threads: {
      doomed: () => {
        isDoomedInside = true
        return enter(true)()
      },
      one: enter(false),
      two: enter(false),
    },
    check: () => {
      expect(passed === 2, `${passed} of 2 threads got the lock`)
      expect(!lock.locked(), 'the lock is still held')
      expect(isDoomedInside || !lock.ownerDied, 'a lock is marked that its dead thread never had')
    },
  }
}

/** A permit is lost only with a thread that may have it. */
function inSemaphore(semaphore: Semaphore, isAsync: boolean): DeathRun {
  let inside = 0
  let isDoomedInside = false
  let hasBegun = false
  let hasEnded = false
  const take = () => (isAsync ? semaphore.acquireAsync() : semaphore.acquire())
  const enter = async () => {
    await take()
    inside++
    expect(inside + (isDoomedInside ? 1 : 0) <= 2, 'three threads have one of two permits')
    pause()
    inside--
    semaphore.release()
  }
  return {
    threads: {
      doomed: async () => {
        pause()
        hasBegun = true
        await take()
        isDoomedInside = true
        pause()
        isDoomedInside = false
        semaphore.release()
        hasEnded = true
      },
      one: enter,
      two: enter,
    },
    check: () => {
      const { value } = semaphore
      const mayBeLost = hasBegun && !hasEnded
      expect(value === 2 || (value === 1 && mayBeLost), `${value} permits are left of 2`)
    },
  }
}

/** A release is done as a whole, or not at all. */
function releasing(count: number, isAsync: boolean): DeathRun {
  const semaphore = new Semaphore({ value: 0 })
  let taken = 0
  let hasEnded = false
  const take = async () => {
    await (isAsync ? semaphore.acquireAsync() : semaphore.acquire())
    taken++
  }
  return {
    threads: {
      doomed: () => {
        semaphore.release(count)
        hasEnded = true
      },
      one: take,
      two: take,
    },
    servants: ['one', 'two'],
    check: () => {
      const { value } = semaphore
      const sum = taken + value
      expect(
        sum === count || (sum === 0 && !hasEnded),
        `of ${count} permits, ${taken} are taken and ${value} left`,
      )
      expect(taken === 2 || value === 0, 'a thread waits beside a permit')
    },
  }
}

/** A permit that is granted to a dead thread is lost with it; another thread gets its own. */
function wanting(isAsync: boolean): DeathRun {
  const semaphore = new Semaphore({ value: 0 })
  let taken = 0
  let hasBegun = false
  const take = () => (isAsync ? semaphore.acquireAsync() : semaphore.acquire())
  return {
    threads: {
      doomed: async () => {
        pause()
        hasBegun = true
        await take()
      },
      one: async () => {
        await take()
        taken++
      },
      giver: () => {
        semaphore.release()
        semaphore.release()
      },
    },
    check: () => {
      const { value } = semaphore
      expect(taken === 1, 'a thread got no permit')
      expect(value === 1 || (value === 0 && hasBegun), `${value} permits are left of 2, and one was taken`)
    },
  }
}

const handOver = { switchTakes: 2 }

export const lockDeaths: Scenario[] = [
  ...deathsIn('a thread that holds or wants a Lock', () => inLock(new Lock(), acquire)),
  ...deathsIn('a thread that holds or wants a Lock, async', () => inLock(new Lock(), acquireAsync)),
  ...deathsIn('a Lock that is handed over', () => inLock(new Lock(), acquire), handOver),
  ...deathsIn('a Lock that is handed over, async', () => inLock(new Lock(), acquireAsync), handOver),
  ...deathsIn('a thread that holds or wants an RLock', () => inLock(new RLock(), acquire, 2)),
  ...deathsIn('an RLock that is handed over', () => inLock(new RLock(), acquire, 2), handOver),
  ...deathsIn('a thread that has or wants a permit', () => inSemaphore(new Semaphore({ value: 2 }), false)),
  ...deathsIn('a thread that has or wants a permit, async', () =>
    inSemaphore(new Semaphore({ value: 2 }), true),
  ),
  ...deathsIn('a thread that has or wants one of a BoundedSemaphore', () =>
    inSemaphore(new BoundedSemaphore({ value: 2 }), false),
  ),
  ...deathsIn('Semaphore.release(2)', () => releasing(2, false)),
  ...deathsIn('Semaphore.release(2), async', () => releasing(2, true)),
  ...deathsIn('Semaphore.release(3)', () => releasing(3, false)),
  ...deathsIn('a thread that waits for a permit', () => wanting(false)),
  ...deathsIn('a thread that waits for a permit, async', () => wanting(true)),
]
