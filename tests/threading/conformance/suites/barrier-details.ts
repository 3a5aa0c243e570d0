import {
  Barrier,
  BrokenBarrierError,
  currentThread,
  defineTargets,
  Queue,
  RuntimeError,
  ValueError,
} from '@skein/threading'
import { step } from '../actor.ts'
import { equal, rejects, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { pause, untilAsync, waitersOf } from '../observe.ts'
import { hugeTimeouts, noTimeouts } from './wait-timeouts.ts'

const argumentSuite = suite('Barrier: arguments', ({ onThread, onMain }) => {
  onThread('refuses parties that are no whole number, or too few', ['barrier.parties', 'all.numbers'], () => {
    for (const parties of [0, -1, -(2 ** 31)]) throws(ValueError, () => new Barrier({ parties }))
    for (const parties of [1.5, Number.NaN, '2', null, undefined, {}])
      throws(TypeError, () => new Barrier({ parties: parties as number }))
  })

  onThread('refuses parties that do not fit 32 bits', ['barrier.parties', 'all.numbers'], () => {
    for (const parties of [2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 53])
      throws(ValueError, () => new Barrier({ parties }))
    equal(new Barrier({ parties: 2 ** 31 - 1 }).parties, 2 ** 31 - 1)
  })

  onThread(
    'refuses a timeout that is no number, for all waits or for one',
    ['barrier.broken', 'all.numbers'],
    () => {
      const barrier = new Barrier({ parties: 2 })
      for (const timeout of noTimeouts as number[]) {
        throws(TypeError, () => new Barrier({ parties: 2, timeout }))
        throws(TypeError, () => barrier.wait(timeout))
      }
      equal([barrier.waiting, barrier.broken], [0, false])
    },
  )

  onThread('breaks at once with a timeout of 0 or less', ['barrier.broken'], () => {
    for (const timeout of [0, -1, -Infinity]) {
      const barrier = new Barrier({ parties: 2 })
      throws(BrokenBarrierError, () => barrier.wait(timeout))
      equal([barrier.broken, barrier.waiting], [true, 0])
    }
  })

  onThread(
    'does not break with a timeout of 0 when all have come',
    ['barrier.broken', 'barrier.index'],
    (scene) => {
      const barrier = new Barrier({ parties: 2 })
      const call = scene.actor().startCall(barrier, 'wait').untilWaiting()
      equal([barrier.wait(0), call.result()], [1, 0])
      equal(new Barrier({ parties: 1 }).wait(-1), 0)
    },
  )

  for (const timeout of hugeTimeouts)
    onThread(`waits with a timeout of ${timeout} ms`, ['barrier.broken', 'all.numbers'], (scene) => {
      for (const [barrier, own] of [
        [new Barrier({ parties: 2 }), timeout],
        [new Barrier({ parties: 2, timeout }), undefined],
      ] as const) {
        const call = scene.actor().startCall(barrier, 'wait', own).untilWaiting()
        pause(12)
        equal([barrier.waiting, barrier.broken], [1, false])
        equal([barrier.wait(), call.result()], [1, 0])
      }
    })

  onThread('has a timeout for all waits, which a single wait replaces', ['barrier.broken'], (scene) => {
    const barrier = new Barrier({ parties: 2, timeout: 5 })
    const call = scene.actor().startCall(barrier, 'wait', 60_000).untilWaiting()
    equal([barrier.wait(), call.result()], [1, 0])
    throws(BrokenBarrierError, () => scene.actor().call(barrier, 'wait'))
  })

  onMain('refuses and breaks the same on main', ['barrier.broken', 'all.async', 'all.numbers'], async () => {
    const barrier = new Barrier({ parties: 2 })
    for (const timeout of noTimeouts as number[]) await rejects(TypeError, barrier.waitAsync(timeout))
    equal([barrier.waiting, barrier.broken], [0, false])
    await rejects(BrokenBarrierError, barrier.waitAsync(0))
    await rejects(BrokenBarrierError, barrier.waitAsync())
    equal(barrier.broken, true)
  })
})

const stateSuite = suite('Barrier: its state', ({ onThread, onMain }) => {
  onThread('BrokenBarrierError is a RuntimeError with a name of its own', ['barrier.broken'], () => {
    const barrier = new Barrier({ parties: 2, name: 'gate' })
    barrier.abort()
    throws(RuntimeError, () => barrier.wait(), /gate is broken/)
    equal(new BrokenBarrierError('').name, 'BrokenBarrierError')
  })

  onThread('of one party lets it pass at once, again and again', ['barrier.index'], () => {
    const barrier = new Barrier({ parties: 1 })
    equal([barrier.wait(), barrier.wait(), barrier.wait(5)], [0, 0, 0])
    equal([barrier.waiting, barrier.broken, barrier.parties], [0, false, 1])
  })

  onThread('reset of one that nobody waits in changes nothing', ['barrier.reset'], () => {
    const barrier = new Barrier({ parties: 1 })
    barrier.reset()
    equal([barrier.broken, barrier.waiting, barrier.wait()], [false, 0, 0])
  })

  onThread(
    'reset ends the waits with an error, and leaves it whole',
    ['barrier.reset', 'barrier.broken'],
    (scene) => {
      const barrier = new Barrier({ parties: 3 })
      const calls = scene.actors('a', 'b').map((actor) => actor.startCall(barrier, 'wait').untilWaiting())
      equal(barrier.waiting, 2)
      barrier.reset()
      for (const call of calls) throws(BrokenBarrierError, () => call.result())
      equal([barrier.waiting, barrier.broken], [0, false])
    },
  )

  onThread('abort twice, and reset twice', ['barrier.reset', 'barrier.broken'], () => {
    const barrier = new Barrier({ parties: 1 })
    barrier.abort()
    barrier.abort()
    equal(barrier.broken, true)
    throws(BrokenBarrierError, () => barrier.wait())
    throws(BrokenBarrierError, () => barrier.wait(0))
    barrier.reset()
    barrier.reset()
    equal([barrier.broken, barrier.wait()], [false, 0])
  })

  onThread('a wait that times out breaks it for the others', ['barrier.broken'], (scene) => {
    const barrier = new Barrier({ parties: 3 })
    const patient = scene.actor().startCall(barrier, 'wait').untilWaiting()
    throws(BrokenBarrierError, () => barrier.wait(5))
    throws(BrokenBarrierError, () => patient.result())
    equal([barrier.broken, barrier.waiting, waitersOf(barrier)], [true, 0, []])
  })

  onMain(
    'reset by main ends the wait of a worker and of main',
    ['barrier.reset', 'all.pairs'],
    async (scene) => {
      const barrier = new Barrier({ parties: 3 })
      const call = await scene.actor().startCall(barrier, 'wait').untilWaitingAsync()
      const mine = rejects(BrokenBarrierError, barrier.waitAsync())
      await untilAsync(() => barrier.waiting === 2)
      barrier.reset()
      await mine
      await rejects(BrokenBarrierError, call.resultAsync())
      equal(barrier.broken, false)
    },
  )
})

const actionSuite = suite('Barrier: its action', ({ onThread, onMain }) => {
  onThread('that is no function is refused', ['barrier.action'], () => {
    for (const action of [5, 'action', {}, true])
      throws(TypeError, () => new Barrier({ parties: 1, action: action as unknown as () => void }))
  })

  onThread('may throw what is no Error', ['barrier.action', 'barrier.broken'], () => {
    for (const thrown of [undefined, null, 'text', 5, Object.create(null)]) {
      const barrier = new Barrier({
        parties: 1,
        action: () => {
          throw thrown
        },
      })
      let caught: unknown = 'nothing'
      try {
        barrier.wait()
      } catch (error) {
        caught = error
      }
      equal([Object.is(caught, thrown), barrier.broken], [true, true])
    }
  })

  onThread(
    'sees the barrier full, and its own thread as the current one',
    ['barrier.action', 'process.current'],
    (scene) => {
      let seen: unknown
      const barrier: Barrier = new Barrier({
        parties: 2,
        action: () => {
          seen = [barrier.waiting, barrier.broken, currentThread().ident]
        },
      })
      const call = scene.actor().startCall(barrier, 'wait').untilWaiting()
      equal([barrier.wait(), call.result(), seen], [1, 0, [2, false, currentThread().ident]])
    },
  )

  onThread(
    'that resets the barrier breaks the round for all, and leaves it whole',
    ['barrier.action', 'barrier.reset'],
    (scene) => {
      const barrier: Barrier = new Barrier({ parties: 2, action: () => barrier.reset() })
      const call = scene.actor().startCall(barrier, 'wait').untilWaiting()
      throws(BrokenBarrierError, () => barrier.wait())
      throws(BrokenBarrierError, () => call.result())
      equal([barrier.broken, barrier.waiting], [false, 0])
    },
  )

  onThread('that throws again after a reset breaks again', ['barrier.action', 'barrier.reset'], () => {
    const barrier = new Barrier({
      parties: 1,
      action: () => {
        throw new RangeError('again')
      },
    })
    for (let round = 0; round < 3; round++) {
      throws(RangeError, () => barrier.wait(), /again/)
      throws(BrokenBarrierError, () => barrier.wait())
      barrier.reset()
    }
  })

  onThread('is not run by a round that breaks', ['barrier.action', 'barrier.broken'], () => {
    let runs = 0
    const barrier = new Barrier({
      parties: 2,
      action: () => {
        runs++
      },
    })
    throws(BrokenBarrierError, () => barrier.wait(3))
    throws(BrokenBarrierError, () => barrier.wait())
    equal(runs, 0)
  })

  onThread('that is a target runs in a thread that came last', ['barrier.action', 'all.pairs'], (scene) => {
    const told = new Queue<number>()
    const barrier = new Barrier({ parties: 2, action: checkLastIsNamedLast })
    const early = scene.actor('early').startCall(barrier, 'wait').untilWaiting()
    const last = scene.actor('last').run(step(barrier, 'wait'), step(told, 'put', 1))
    equal([last.values()[0], early.result(), told.get()], [1, 0, 1])
  })

  onMain(
    'that throws on main rejects there, and breaks the wait of a worker',
    ['barrier.action', 'all.async'],
    async (scene) => {
      const barrier = new Barrier({
        parties: 2,
        action: () => {
          throw new RangeError('on main')
        },
      })
      const call = await scene.actor().startCall(barrier, 'wait').untilWaitingAsync()
      await rejects(RangeError, barrier.waitAsync(), /on main/)
      await rejects(BrokenBarrierError, call.resultAsync())
      equal(barrier.broken, true)
    },
  )
})

export function checkLastIsNamedLast(): void {
  if (currentThread().name !== 'last') throw new RangeError(currentThread().name)
}

defineTargets({ checkLastIsNamedLast })

export const barrierDetailSuites: readonly Suite[] = [argumentSuite, stateSuite, actionSuite]
