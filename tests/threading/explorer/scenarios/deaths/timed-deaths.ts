import { BrokenBarrierError, Empty, Full } from '../../../../../shared/threading/src/core/errors.ts'
import { Barrier } from '../../../../../shared/threading/src/primitives/barrier.ts'
import { Condition } from '../../../../../shared/threading/src/primitives/condition.ts'
import { Event } from '../../../../../shared/threading/src/primitives/event.ts'
import { Lock } from '../../../../../shared/threading/src/primitives/lock.ts'
import { Queue } from '../../../../../shared/threading/src/primitives/queue.ts'
import { Semaphore } from '../../../../../shared/threading/src/primitives/semaphore.ts'
import { expect, type Scenario } from '../../engine/scenario.ts'
import { pause } from '../../engine/steps.ts'
import { type DeathRun, deathsIn, ownHandle } from './death.ts'

/** The waits of these scenarios have a timeout: a thread dies while it leaves the list, or beside one that does. */

function forPermit(): DeathRun {
  const semaphore = new Semaphore({ value: 0 })
  let taken = 0
  let mayBeLost = false
  const take = () => {
    if (semaphore.acquire(true, 5)) taken++
  }
  return {
    threads: {
      doomed: () => {
        pause()
        mayBeLost = true
        if (semaphore.acquire(true, 5)) taken++
        mayBeLost = false
      },
      one: take,
      giver: () => semaphore.release(),
    },
    check: () => {
      const sum = taken + semaphore.value
      expect(
        sum === 1 || (sum === 0 && mayBeLost),
        `of 1 permit, ${taken} are taken and ${semaphore.value} left`,
      )
    },
  }
}

function forLock(): DeathRun {
  const lock = new Lock()
  const enter = () => {
    if (!lock.acquire(true, 5)) return
    pause()
    lock.release()
  }
  return {
    threads: { doomed: enter, one: enter, two: enter },
    check: () => expect(!lock.locked(), 'the lock is still held'),
  }
}

function forEvent(): DeathRun {
  const event = new Event()
  const wait = () => {
    event.wait(5)
  }
  return { threads: { doomed: wait, one: wait, setter: () => event.set() } }
}

/** One of those that wait is notified, and only one; or the dead thread was. */
function forNotification(): DeathRun {
  const condition = new Condition()
  let woken = 0
  const wait = () => {
    condition.acquire()
    if (condition.wait(5)) woken++
    condition.release()
  }
  return {
    threads: {
      doomed: wait,
      one: wait,
      notifier: () => {
        condition.acquire()
        condition.notify()
        condition.release()
      },
    },
    check: () => {
      expect(woken <= 1, `${woken} were woken by a notify for 1`)
      expect(!condition.lock.locked(), 'the lock did not come back')
    },
  }
}

/** A timeout breaks the barrier for all. */
function forParties(): DeathRun {
  const barrier = new Barrier({ parties: 3 })
  let passed = 0
  let broken = 0
  const pass = () => {
    try {
      barrier.wait(5)
      passed++
    } catch (error) {
      if (!(error instanceof BrokenBarrierError)) throw error
      broken++
    }
  }
  return {
    threads: {
      doomed: () => {
        try {
          barrier.wait(5)
        } catch (error) {
          if (!(error instanceof BrokenBarrierError)) throw error
        }
      },
      one: pass,
      two: pass,
    },
    check: () => {
      expect(passed === 2 || broken === 2, `${passed} passed, and for ${broken} the barrier was broken`)
      expect(barrier.waiting === 0, `${barrier.waiting} wait at the end`)
    },
  }
}

const ignoring = (errorClass: typeof Full | typeof Empty, body: () => unknown): void => {
  try {
    body()
  } catch (error) {
    if (!(error instanceof errorClass)) throw error
  }
}

function forRoomOrItem(): DeathRun {
  const queue = new Queue<string>({ maxSize: 1 })
  let put = 0
  let got = 0
  let isPutting = false
  let isGetting = false
  return {
    threads: {
      doomed: () => {
        const own = ownHandle(queue)
        for (const text of ['one', 'two']) {
          isPutting = true
          ignoring(Full, () => {
            own.put(text, true, 5)
            put++
          })
          isPutting = false
        }
        isGetting = true
        ignoring(Empty, () => {
          own.get(true, 5)
          got++
        })
        isGetting = false
      },
      producer: () =>
        ignoring(Full, () => {
          ownHandle(queue).put('three', true, 5)
          put++
        }),
      consumer: () =>
        ignoring(Empty, () => {
          ownHandle(queue).get(true, 5)
          got++
        }),
    },
    check: () => {
      const size = queue.qsize()
      const difference = put - got - size
      const isSound = difference === 0 || (difference === 1 && isGetting) || (difference === -1 && isPutting)
      expect(isSound, `${put} were put, ${got} got, and ${size} are left`)
    },
  }
}

const timesOut = { timesOut: true }

export const timedDeaths: Scenario[] = [
  ...deathsIn('a timed wait for a permit', forPermit, timesOut),
  ...deathsIn('a timed wait for a Lock', forLock, timesOut),
  ...deathsIn('a timed wait for a Lock that is handed over', forLock, { ...timesOut, switchTakes: 2 }),
  ...deathsIn('a timed wait for an Event', forEvent, timesOut),
  ...deathsIn('a timed wait in a Condition', forNotification, timesOut),
  ...deathsIn('a timed wait in a Barrier', forParties, timesOut),
  ...deathsIn('a timed wait for a Queue', forRoomOrItem, timesOut),
]
