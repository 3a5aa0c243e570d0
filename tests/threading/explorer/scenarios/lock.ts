import { Lock } from '../../../../shared/threading/lock.ts'
import { expect, type Scenario } from '../engine/scenario.ts'
import { pause } from '../engine/steps.ts'

/** Counts who is inside at the same time. */
export function inTurn(threads: number, times: number) {
  const lock = new Lock({ name: 'lock' })
  let inside = 0
  let passed = 0
  const enter = () => {
    for (let time = 0; time < times; time++) {
      lock.acquire()
      inside++
      expect(inside === 1, 'two threads hold the lock')
      pause()
      inside--
      passed++
      lock.release()
    }
  }
  const names = ['one', 'two', 'three'].slice(0, threads)
  return {
    threads: Object.fromEntries(names.map((name) => [name, enter])),
    check: () => {
      expect(passed === threads * times, 'a thread did not get the lock')
      expect(!lock.locked(), 'the lock is still held')
    },
  }
}

export const lockScenarios: Scenario[] = [
  { name: 'Lock: two threads in turn', setUp: () => inTurn(2, 2) },
  { name: 'Lock: two threads in turn, handed over', setUp: () => inTurn(2, 2), switchTakes: 2 },
  { name: 'Lock: three threads in turn', setUp: () => inTurn(3, 1) },
  { name: 'Lock: three threads in turn, handed over', setUp: () => inTurn(3, 1), switchTakes: 2 },
]
