import { BrokenBarrierError } from '../../../../shared/threading/src/core/errors.ts'
import { Barrier, type BarrierOptions } from '../../../../shared/threading/src/primitives/barrier.ts'
import { expect, type Run, type Scenario } from '../engine/scenario.ts'
import { pause } from '../engine/steps.ts'

/** The number a thread got, or that the barrier was broken. */
type Outcome = number | 'broken'

function waitAt(barrier: Barrier, timeout?: number): Outcome {
  try {
    return barrier.wait(timeout)
  } catch (error) {
    if (error instanceof BrokenBarrierError) return 'broken'
    throw error
  }
}

function rounds(parties: number, times: number): Run {
  const outcomes: Outcome[][] = Array.from({ length: times }, () => [])
  let actions = 0
  const barrier = new Barrier({ parties, action: () => actions++ })
  const pass = () => {
    for (const round of outcomes) {
      round.push(waitAt(barrier))
      expect(actions >= outcomes.indexOf(round) + 1, 'a thread passed before the action was done')
    }
  }
  return {
    threads: Object.fromEntries(['one', 'two', 'three'].slice(0, parties).map((name) => [name, pass])),
    check: () => {
      for (const round of outcomes) {
        const numbers = [...round].sort().join()
        expect(numbers === [0, 1, 2].slice(0, parties).join(), `a round's numbers are ${numbers}`)
      }
      expect(actions === times, `the action ran ${actions} times in ${times} rounds`)
      expect(barrier.waiting === 0 && !barrier.broken, 'the barrier is not as new')
    },
  }
}

/** All pass, or it is broken for all. */
function timesOut(more: Pick<BarrierOptions, 'action'> = {}): Run {
  const barrier = new Barrier({ parties: 2, ...more })
  const outcomes: Outcome[] = []
  const pass = (timeout?: number) => () => outcomes.push(waitAt(barrier, timeout))
  return {
    threads: { impatient: pass(5), patient: pass() },
    check: () => {
      const text = [...outcomes].sort().join()
      expect(
        text === '0,1' || text === 'broken,broken',
        `of two, one got ${outcomes[0]} and one ${outcomes[1]}`,
      )
      expect(barrier.broken === (text !== '0,1'), 'broken says something else than the threads got')
    },
  }
}

function aborted(): Run {
  const barrier = new Barrier({ parties: 2 })
  const outcomes: Outcome[] = []
  const pass = () => outcomes.push(waitAt(barrier))
  return {
    threads: { one: pass, two: pass, aborter: () => barrier.abort() },
    check: () => {
      const text = [...outcomes].sort().join()
      expect(
        text === '0,1' || text === 'broken,broken',
        `of two, one got ${outcomes[0]} and one ${outcomes[1]}`,
      )
      expect(barrier.broken, 'an aborted barrier is not broken')
    },
  }
}

/** Who waits when it is reset is sent away, and who comes afterwards waits for a whole round. */
function resetMeanwhile(): Run {
  const barrier = new Barrier({ parties: 2 })
  const outcomes: Outcome[] = []
  const pass = () => outcomes.push(waitAt(barrier))
  return {
    threads: { one: pass, two: pass, resetter: () => barrier.reset() },
    servants: ['one', 'two'],
    leavesNothing: false,
    check: () => {
      const text = [...outcomes].sort().join()
      const isSound = text === '0,1' || text === 'broken' || text === 'broken,broken'
      expect(isSound, `two threads and a reset ended as ${text}`)
      expect(!barrier.broken, 'a barrier that was reset is broken')
      if (text === 'broken') expect(barrier.waiting === 1, 'the one that came after the reset does not wait')
    },
  }
}

/** A round that is reset while its action runs does not end the round that follows, which nothing breaks. */
function resetWhileTheActionRuns(): Run {
  const barrier = new Barrier({ parties: 2, action: () => pause() })
  const later: Outcome[] = []
  const pass = () => {
    waitAt(barrier)
  }
  const resetter = () => {
    barrier.reset()
    later.push(waitAt(barrier))
  }
  return {
    threads: { one: pass, two: pass, three: pass, resetter },
    servants: ['one', 'two', 'three', 'resetter'],
    leavesNothing: false,
    check: () => expect(!later.includes('broken'), 'a wait that began after the reset was broken'),
  }
}

function asynchronously(): Run {
  const barrier = new Barrier({ parties: 2 })
  const outcomes: Outcome[] = []
  return {
    threads: {
      one: () => outcomes.push(waitAt(barrier)),
      two: async () => outcomes.push(await barrier.waitAsync()),
    },
    check: () => expect([...outcomes].sort().join() === '0,1', `the numbers are ${outcomes}`),
  }
}

export const barrierScenarios: Scenario[] = [
  { name: 'Barrier: two in two rounds', setUp: () => rounds(2, 2) },
  { name: 'Barrier: three in a round', setUp: () => rounds(3, 1) },
  { name: 'Barrier: one gives up', setUp: () => timesOut() },
  { name: 'Barrier: one gives up while the action runs', setUp: () => timesOut({ action: () => pause() }) },
  { name: 'Barrier: aborted', setUp: aborted },
  { name: 'Barrier: reset meanwhile', setUp: resetMeanwhile },
  { name: 'Barrier: reset while the action runs', setUp: resetWhileTheActionRuns },
  { name: 'Barrier: with an asynchronous one', setUp: asynchronously },
]
