import { ValueError } from '../../../../shared/threading/src/core/errors.ts'
import { BoundedSemaphore, Semaphore } from '../../../../shared/threading/src/primitives/semaphore.ts'
import { waiting } from '../engine/memory-probe.ts'
import { expect, type Run, type Scenario } from '../engine/scenario.ts'
import { pause } from '../engine/steps.ts'

/** No more threads inside than permits, and all permits back at the end. */
function permits(semaphore: Semaphore, value: number, takes: readonly (() => unknown)[]): Run {
  let inside = 0
  const enter = (take: () => unknown) => async () => {
    if ((await take()) !== true) return
    inside++
    expect(inside <= value, `${inside} threads have one of ${value} permits`)
    pause()
    inside--
    semaphore.release()
  }
  const names = ['one', 'two', 'three']
  return {
    threads: Object.fromEntries(takes.map((take, place) => [names[place]!, enter(take)])),
    check: () => expect(semaphore.value === value, `${semaphore.value} permits are left of ${value}`),
  }
}

function oneForThree(semaphore: Semaphore): Run {
  return permits(semaphore, 1, [
    () => semaphore.acquire(),
    () => semaphore.acquire(true, 5),
    () => semaphore.acquire(),
  ])
}

function twoForThree(): Run {
  const semaphore = new Semaphore({ value: 2 })
  return permits(semaphore, 2, [
    () => semaphore.acquire(),
    () => semaphore.acquireAsync(),
    () => semaphore.acquire(),
  ])
}

/** A release of two lets two go, and leaves nothing. */
export function releaseOfTwo(semaphore: Pick<Semaphore, 'acquire' | 'release' | 'value'>): Run {
  const take = () => expect(semaphore.acquire(), 'a wait without a timeout came back without a permit')
  return {
    threads: { one: take, two: take, giver: () => semaphore.release(2) },
    check: () => expect(semaphore.value === 0, `${semaphore.value} permits are left over`),
  }
}

function releaseOfTwoForOne(): Run {
  const semaphore = new Semaphore({ value: 0 })
  let taken = 0
  const take = () => {
    if (semaphore.acquire(true, 5)) taken++
  }
  return {
    threads: { one: take, two: take, giver: () => semaphore.release(2) },
    check: () =>
      expect(semaphore.value + taken === 2, `of 2 permits ${taken} are taken and ${semaphore.value} left`),
  }
}

/** Who queued first is let go first. */
function inOrder(): Run {
  const semaphore = new Semaphore({ value: 0 })
  const take = () => semaphore.acquire()
  const give = () => {
    for (let time = 0; time < 2; time++) {
      const before = waiting(semaphore)
      semaphore.release()
      const still = waiting(semaphore).filter((ident) => before.includes(ident))
      const end = before.slice(before.length - still.length)
      expect(still.join() === end.join(), `of ${before} there still wait ${still}`)
    }
  }
  return { threads: { one: take, two: take, giver: give } }
}

function releasedTooOften(): Run {
  const semaphore = new BoundedSemaphore({ value: 1 })
  let refused = 0
  const giveBack = () => {
    try {
      semaphore.release()
    } catch (error) {
      if (!(error instanceof ValueError)) throw error
      refused++
    }
  }
  const use = () => {
    semaphore.acquire()
    giveBack()
  }
  return {
    threads: { one: use, two: use, wrong: giveBack },
    check: () => {
      expect(semaphore.value === 1, `${semaphore.value} permits of 1`)
      expect(refused === 1, `${refused} of one release too many were refused`)
    },
  }
}

export const semaphoreScenarios: Scenario[] = [
  { name: 'Semaphore: one permit for three, one gives up', setUp: () => oneForThree(new Semaphore()) },
  { name: 'Semaphore: two permits for three', setUp: twoForThree },
  { name: 'Semaphore: a release of two lets two go', setUp: () => releaseOfTwo(new Semaphore({ value: 0 })) },
  { name: 'Semaphore: permits and waits that give up', setUp: releaseOfTwoForOne },
  { name: 'Semaphore: first come, first served', setUp: inOrder },
  {
    name: 'BoundedSemaphore: one permit for three, one gives up',
    setUp: () => oneForThree(new BoundedSemaphore()),
  },
  { name: 'BoundedSemaphore: released too often', setUp: releasedTooOften },
]
