import { BrokenBarrierError } from '../../../../../shared/threading/src/core/errors.ts'
import { Barrier } from '../../../../../shared/threading/src/primitives/barrier.ts'
import { Condition } from '../../../../../shared/threading/src/primitives/condition.ts'
import { Lock } from '../../../../../shared/threading/src/primitives/lock.ts'
import { PriorityQueue } from '../../../../../shared/threading/src/primitives/priority-queue.ts'
import { Queue } from '../../../../../shared/threading/src/primitives/queue.ts'
import { Semaphore } from '../../../../../shared/threading/src/primitives/semaphore.ts'
import { expect, identOf, type Scenario } from '../../engine/scenario.ts'
import { pause } from '../../engine/steps.ts'
import { crashOf, type DeathRun, deathIn, ownHandle } from './death.ts'

/** The first two threads die, the second one at any moment during or after the recovery of the first. */

function inLock(): DeathRun {
  const lock = new Lock()
  let passed = 0
  const enter = () => {
    lock.acquire()
    pause()
    lock.release()
  }
  return {
    threads: {
      doomed: enter,
      'second doomed': enter,
      one: () => {
        enter()
        passed++
      },
    },
    check: () => expect(passed === 1 && !lock.locked(), 'the lock is still held'),
  }
}

/** What two threads release is released whole. */
function releasing(): DeathRun {
  const semaphore = new Semaphore({ value: 0 })
  let taken = 0
  const take = () => {
    semaphore.acquire()
    taken++
  }
  const release = () => semaphore.release(2)
  return {
    threads: { doomed: release, 'second doomed': release, one: take, two: take, three: take },
    servants: ['one', 'two', 'three'],
    check: () => {
      const sum = taken + semaphore.value
      expect(
        sum === 0 || sum === 2 || sum === 4,
        `of 2 times 2 permits, ${taken} are taken and ${semaphore.value} left`,
      )
      expect(taken === 3 || semaphore.value === 0, 'a thread waits beside a permit')
    },
  }
}

function notifying(): DeathRun {
  const condition = new Condition()
  let hasNotified = false
  const notify = () => {
    condition.acquire()
    condition.notify(2)
    hasNotified = true
    condition.release()
  }
  return {
    threads: {
      doomed: notify,
      'second doomed': notify,
      one: () => {
        condition.acquire()
        condition.wait()
        condition.release()
      },
    },
    servants: ['one'],
    check: () => expect(!condition.lock.locked() || !hasNotified, 'the lock did not come back'),
  }
}

function arriving(): DeathRun {
  const barrier = new Barrier({ parties: 3 })
  const pass = () => {
    try {
      barrier.wait()
    } catch (error) {
      if (!(error instanceof BrokenBarrierError)) throw error
    }
  }
  return {
    threads: { doomed: pass, 'second doomed': pass, one: pass },
    servants: ['one'],
    check: () => expect(!barrier.broken || barrier.waiting === 0, 'a thread waits at a broken barrier'),
  }
}

/** Each dead thread takes one item with it at most. */
function inQueue(queue: Queue<readonly [number, string]>): DeathRun {
  const before = [1, 2, 3]
  for (const number of before) queue.put([number, 'before'])
  const got: number[] = []
  const exchange = (number: number) => () => {
    const own = ownHandle(queue)
    got.push(own.get()[0])
    own.put([number, 'by a dead thread'])
  }
  return {
    threads: {
      doomed: exchange(10),
      'second doomed': exchange(20),
      one: () => got.push(ownHandle(queue).get()[0]),
    },
    check: () => {
      while (queue.qsize() > 0) got.push(queue.get()[0])
      expect(new Set(got).size === got.length, `an item came out twice: ${got}`)
      const lost = before.filter((number) => !got.includes(number))
      expect(lost.length <= 2, `${lost} did not come out`)
      const seen = got.length + lost.length
      expect(queue.unfinished === seen, `${queue.unfinished} are unfinished, and ${seen} were put`)
    },
  }
}

const twice = (name: string, setUp: () => DeathRun): Scenario =>
  deathIn(`Deaths of two: ${name}`, setUp, () => {
    crashOf(identOf(0))
    crashOf(identOf(1))
  })

export const doubleDeaths: Scenario[] = [
  twice('in a Lock', inLock),
  twice('in Semaphore.release(2)', releasing),
  twice('in Condition.notify(2)', notifying),
  twice('in Barrier.wait', arriving),
  twice('in a Queue', () => inQueue(new Queue())),
  twice('in a PriorityQueue', () => inQueue(new PriorityQueue<readonly [number, string]>())),
]
