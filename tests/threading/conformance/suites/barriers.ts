import {
  Barrier,
  BrokenBarrierError,
  currentThread,
  defineTargets,
  Event,
  now,
  Queue,
  RuntimeError,
  SharedMemory,
  ValueError,
} from '@skein/threading'
import { type Call, step } from '../actor.ts'
import { atLeast, equal, rejects, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { objectView, threadView, until, untilAsync, waitersOf } from '../observe.ts'

const results = (calls: readonly Call<number>[]) => calls.map((call) => call.result())

const passingSuite = suite('Barrier', ({ onThread, onMain, onPage }) => {
  onThread('is for one party or more', ['barrier.parties'], () => {
    for (const parties of [0, -1]) throws(ValueError, () => new Barrier({ parties }))
    throws(TypeError, () => new Barrier({ parties: 1.5 }))
    throws(TypeError, () => new Barrier({ parties: '2' as unknown as number }))
    const barrier = new Barrier({ parties: 3 })
    equal([barrier.parties, barrier.waiting, barrier.broken], [3, 0, false])
  })

  onThread('of one party lets it pass at once, every time', ['barrier.index'], () => {
    const barrier = new Barrier({ parties: 1 })
    equal([barrier.wait(), barrier.wait(0), barrier.wait(-1)], [0, 0, 0])
    equal(barrier.broken, false)
  })

  onThread(
    'lets nobody pass before all have come, and gives each an index of its own',
    ['barrier.index', 'all.pairs', 'all.names'],
    (scene) => {
      const barrier = new Barrier({ parties: 4, name: 'start line' })
      const waiters = scene.actors('a', 'b', 'c')
      const calls = waiters.map((waiter) => waiter.startCall(barrier, 'wait').untilWaiting())
      equal(barrier.waiting, 3)
      equal(objectView(barrier)?.name, 'start line')
      equal(
        waitersOf(barrier),
        waiters.map(({ ident }) => ident),
      )
      const mine = barrier.wait()
      equal([mine, ...results(calls)].sort(), [0, 1, 2, 3])
      equal([barrier.waiting, barrier.broken], [0, false])
    },
  )

  onThread('keeps threads in step over many rounds', ['barrier.index', 'all.pairs'], (scene) => {
    const [parties, rounds] = [4, 100]
    const barrier = new Barrier({ parties })
    const seen = new SharedMemory({ bytes: rounds * 4 + 8 })
    const threads = Array.from({ length: parties }, () => scene.start(goRound, [barrier, seen, rounds]))
    for (const thread of threads) thread.join()
    // Each round's indices 0 … 3 leave four different bits; bit 31 is set by who came into a round too early.
    equal(
      Array.from(seen.int32.subarray(0, rounds)),
      Array.from({ length: rounds }, () => 0b1111),
    )
  })

  onMain('lets main pass with workers', ['barrier.index', 'all.async', 'all.pairs'], async (scene) => {
    const barrier = new Barrier({ parties: 3 })
    for (let round = 0; round < 3; round++) {
      const [one, other] = [scene.actor(), scene.actor()]
      const first = await one.startCall(barrier, 'wait').untilWaitingAsync()
      const mine = barrier.waitAsync()
      const last = other.startCall(barrier, 'wait')
      equal([await first.resultAsync(), await mine, await last.resultAsync()], [0, 1, 2])
    }
  })

  onMain('lets main pass as the last to come', ['barrier.index', 'all.async'], async (scene) => {
    const barrier = new Barrier({ parties: 2 })
    const call = await scene.actor().startCall(barrier, 'wait').untilWaitingAsync()
    equal([await barrier.waitAsync(), await call.resultAsync()], [1, 0])
  })

  onMain('lets several waits of main count as several parties', ['barrier.index', 'all.async'], async () => {
    const barrier = new Barrier({ parties: 3 })
    const waits = [barrier.waitAsync(), barrier.waitAsync(), barrier.waitAsync()]
    equal((await Promise.all(waits)).sort(), [0, 1, 2])
  })

  onPage(
    'never blocks the main thread of a page: wait throws and names its twin, and counts nobody',
    ['all.async'],
    async () => {
      const barrier = new Barrier({ parties: 2 })
      throws(RuntimeError, () => barrier.wait(), /waitAsync/)
      equal([barrier.waiting, waitersOf(barrier)], [0, []])
    },
  )
})

const breakingSuite = suite('Barrier that breaks', ({ onThread, onMain }) => {
  onThread('breaks for all when one waits longer than its timeout', ['barrier.broken'], (scene) => {
    const barrier = new Barrier({ parties: 3 })
    const patient = scene.actor().startCall(barrier, 'wait').untilWaiting()
    const began = now()
    throws(BrokenBarrierError, () => barrier.wait(15))
    equal(new BrokenBarrierError() instanceof RuntimeError, true)
    atLeast(now() - began, 15, 'the wait in milliseconds')
    throws(BrokenBarrierError, () => patient.result())
    equal([barrier.broken, barrier.waiting], [true, 0])
    throws(BrokenBarrierError, () => barrier.wait())
    throws(BrokenBarrierError, () => scene.actor().call(barrier, 'wait', 0))
  })

  onThread('breaks at once for a timeout of 0 or less when not all have come', ['barrier.broken'], () => {
    for (const timeout of [0, -1]) {
      const barrier = new Barrier({ parties: 2 })
      throws(BrokenBarrierError, () => barrier.wait(timeout))
      equal(barrier.broken, true)
    }
  })

  onThread('takes the timeout that it was made with, on every thread', ['barrier.broken'], (scene) => {
    const barrier = new Barrier({ parties: 2, timeout: 10 })
    throws(BrokenBarrierError, () => scene.actor().call(barrier, 'wait'))
    barrier.reset()
    throws(BrokenBarrierError, () => barrier.wait())
    barrier.reset()
    const waiter = scene.actor()
    const longer = waiter.startCall(barrier, 'wait', 10_000).untilWaiting()
    equal((threadView(waiter.ident)?.until ?? 0) > now() + 1000, true, 'whether its own timeout comes first')
    equal([barrier.wait(), longer.result()], [1, 0])
  })

  onThread('refuses a timeout that is no number, and counts nobody', ['barrier.broken'], () => {
    const barrier = new Barrier({ parties: 2 })
    throws(TypeError, () => barrier.wait(Number.NaN))
    throws(TypeError, () => new Barrier({ parties: 2, timeout: Number.NaN }))
    equal([barrier.waiting, barrier.broken], [0, false])
  })

  onThread('breaks for all by abort, and for all who come', ['barrier.broken'], (scene) => {
    const barrier = new Barrier({ parties: 3 })
    const calls = scene.actors('a', 'b').map((waiter) => waiter.startCall(barrier, 'wait').untilWaiting())
    barrier.abort()
    for (const call of calls) throws(BrokenBarrierError, () => call.result())
    throws(BrokenBarrierError, () => barrier.wait())
    equal([barrier.broken, barrier.waiting], [true, 0])
    barrier.abort()
    equal(barrier.broken, true)
  })

  onMain('breaks for main as for workers', ['barrier.broken', 'all.async'], async (scene) => {
    const barrier = new Barrier({ parties: 3 })
    const call = await scene.actor().startCall(barrier, 'wait').untilWaitingAsync()
    await rejects(BrokenBarrierError, barrier.waitAsync(10))
    await rejects(BrokenBarrierError, call.resultAsync())
    await rejects(BrokenBarrierError, barrier.waitAsync())
    barrier.reset()
    const mine = rejects(BrokenBarrierError, barrier.waitAsync())
    await scene.actor().callAsync(barrier, 'abort')
    await mine
  })

  onThread('is as new after reset', ['barrier.reset'], (scene) => {
    const barrier = new Barrier({ parties: 2 })
    barrier.abort()
    barrier.reset()
    equal(barrier.broken, false)
    const other = scene.actor()
    for (let round = 0; round < 3; round++) {
      const call = other.startCall(barrier, 'wait').untilWaiting()
      equal([barrier.wait(), call.result()], [1, 0])
    }
  })

  onThread('reset breaks the wait of who is in it, and not the barrier', ['barrier.reset'], (scene) => {
    const barrier = new Barrier({ parties: 3 })
    const calls = scene.actors('a', 'b').map((waiter) => waiter.startCall(barrier, 'wait').untilWaiting())
    barrier.reset()
    for (const call of calls) throws(BrokenBarrierError, () => call.result())
    equal([barrier.broken, barrier.waiting], [false, 0])
    const again = scene.actors('c', 'd').map((waiter) => waiter.startCall(barrier, 'wait').untilWaiting())
    equal([barrier.wait(), ...results(again)].sort(), [0, 1, 2])
  })

  onThread('reset of an empty barrier changes nothing', ['barrier.reset'], (scene) => {
    const barrier = new Barrier({ parties: 2 })
    barrier.reset()
    const call = scene.actor().startCall(barrier, 'wait').untilWaiting()
    equal([barrier.wait(), call.result()], [1, 0])
  })

  onMain(
    'breaks when a thread dies that was counted: it can never come again',
    ['death.waiting'],
    async (scene) => {
      const barrier = new Barrier({ parties: 3 })
      const [victim, other] = [scene.actor('victim'), scene.actor()]
      await victim.startCall(barrier, 'wait').untilWaitingAsync()
      const call = await other.startCall(barrier, 'wait').untilWaitingAsync()
      await scene.kill(victim)
      await rejects(BrokenBarrierError, call.resultAsync())
      equal([barrier.broken, barrier.waiting], [true, 0])
    },
  )

  onMain('is not touched by the death of a thread that was not in it', ['death.waiting'], async (scene) => {
    const barrier = new Barrier({ parties: 2 })
    const [bystander, waiter] = [scene.actor(), scene.actor()]
    const call = await waiter.startCall(barrier, 'wait').untilWaitingAsync()
    await scene.kill(bystander)
    equal([barrier.broken, barrier.waiting, waitersOf(barrier)], [false, 1, [waiter.ident]])
    equal([await barrier.waitAsync(), await call.resultAsync()], [1, 0])
  })
})

const actionSuite = suite('Barrier with an action', ({ onThread, onMain }) => {
  onThread('runs it in the last to come, before any passes, once a round', ['barrier.action'], (scene) => {
    const told = new Queue<string>()
    const barrier = new Barrier({ parties: 3, action: () => told.put('action') })
    for (let round = 0; round < 3; round++) {
      const calls = scene.actors('a', 'b').map((waiter) => {
        const call = waiter.run(step(barrier, 'wait'), step(told, 'put', 'passed'))
        return call.untilWaiting(barrier)
      })
      barrier.wait()
      for (const call of calls) call.values()
      equal([told.get(), told.get(), told.get()], ['action', 'passed', 'passed'])
    }
    equal(told.empty(), true)
  })

  onThread(
    'runs it on whichever thread comes last, when it is a target',
    ['barrier.action', 'all.pairs'],
    (scene) => {
      const barrier = new Barrier({ parties: 2, action: failUnlessNamedLast })
      const call = scene.actor('first').startCall(barrier, 'wait').untilWaiting()
      throws(RangeError, () => barrier.wait(), /the last was case/)
      throws(BrokenBarrierError, () => call.result())
      barrier.reset()
      const mine = scene.actor('early').startCall(barrier, 'wait').untilWaiting()
      equal([scene.actor('last').call(barrier, 'wait'), mine.result()], [1, 0])
    },
  )

  onThread(
    'breaks, with an error that says so, when the last to come cannot know the action',
    ['barrier.action'],
    (scene) => {
      const barrier = new Barrier({ parties: 1, action: () => {} })
      throws(RuntimeError, () => scene.actor().call(barrier, 'wait'), /defineTargets/)
      equal(barrier.broken, true)
      barrier.reset()
      equal(barrier.wait(), 0)
    },
  )

  onThread(
    'breaks when the action fails: the error is for who ran it',
    ['barrier.action', 'barrier.broken'],
    (scene) => {
      let isFailing = true
      const action = () => {
        if (isFailing) throw new RangeError('in the action')
      }
      const barrier = new Barrier({ parties: 3, action })
      const calls = scene.actors('a', 'b').map((waiter) => waiter.startCall(barrier, 'wait').untilWaiting())
      throws(RangeError, () => barrier.wait(), /in the action/)
      for (const call of calls) throws(BrokenBarrierError, () => call.result())
      equal([barrier.broken, barrier.waiting], [true, 0])
      barrier.reset()
      isFailing = false
      const again = scene.actors('c', 'd').map((waiter) => waiter.startCall(barrier, 'wait').untilWaiting())
      equal([barrier.wait(), ...results(again)].sort(), [0, 1, 2])
    },
  )

  onMain('runs it on main when main comes last', ['barrier.action', 'all.async'], async (scene) => {
    let runs = 0
    const barrier = new Barrier({
      parties: 2,
      action: () => {
        runs++
      },
    })
    const call = await scene.actor().startCall(barrier, 'wait').untilWaitingAsync()
    equal([await barrier.waitAsync(), await call.resultAsync(), runs], [1, 0, 1])
  })

  onThread(
    'has who comes while it runs wait for the next round',
    ['barrier.action', 'barrier.index'],
    (scene) => {
      const late = scene.actor('late')
      let lateCall: Call<number> | undefined
      const barrier: Barrier = new Barrier({
        parties: 2,
        action: () => {
          lateCall ??= late.startCall(barrier, 'wait').untilWaiting()
        },
      })
      const call = scene.actor().startCall(barrier, 'wait').untilWaiting()
      equal([barrier.wait(), call.result()], [1, 0])
      until(() => barrier.waiting === 1)
      equal([barrier.wait(), lateCall?.result()], [1, 0])
    },
  )

  onThread('does not break by a timeout while it runs: all have come', ['barrier.action'], (scene) => {
    const waiter = scene.actor()
    const barrier = new Barrier({
      parties: 2,
      action: () => until(() => (threadView(waiter.ident)?.until ?? Infinity) < now() - 5),
    })
    // Long enough for this thread to arrive in time on a busy machine; the action then waits until it has passed.
    const call = waiter.startCall(barrier, 'wait', 1_000).untilWaiting()
    equal([barrier.wait(), call.result()], [1, 0])
    equal(barrier.broken, false)
  })

  onThread(
    'breaks by an abort while it runs, for who runs it too',
    ['barrier.action', 'barrier.broken'],
    (scene) => {
      const other = scene.actor()
      const barrier: Barrier = new Barrier({ parties: 2, action: () => other.call(barrier, 'abort') })
      const call = scene.actor().startCall(barrier, 'wait').untilWaiting()
      throws(BrokenBarrierError, () => barrier.wait())
      throws(BrokenBarrierError, () => call.result())
      equal(barrier.broken, true)
    },
  )

  onMain('breaks when the thread dies that runs it', ['barrier.action', 'death.waiting'], async (scene) => {
    const running = new Event()
    const barrier = new Barrier({ parties: 2, action: runForever })
    const call = await scene.actor().startCall(barrier, 'wait').untilWaitingAsync()
    const victim = scene.actor('victim')
    victim.run(step(running, 'set'), step(barrier, 'wait'))
    await running.waitAsync()
    // The last to come is in the action once the barrier waits for nobody and none of its waiters goes on.
    await untilAsync(() => barrier.waiting === 2)
    await scene.kill(victim)
    await rejects(BrokenBarrierError, call.resultAsync())
    equal(barrier.broken, true)
  })
})

/** Marks its index of each round, and whoever is a round ahead of the others. */
export function goRound(barrier: Barrier, seen: SharedMemory, rounds: number): void {
  for (let round = 0; round < rounds; round++) {
    const come = Atomics.add(seen.int32, rounds, 1)
    if (come < round * barrier.parties) Atomics.or(seen.int32, round, 1 << 31)
    Atomics.or(seen.int32, round, 1 << barrier.wait())
  }
}

export function failUnlessNamedLast(): void {
  const { name } = currentThread()
  if (name !== 'last') throw new RangeError(`the last was ${name}`)
}

export function runForever(): void {
  for (;;);
}

defineTargets({ goRound, failUnlessNamedLast, runForever })

export const barrierSuites: readonly Suite[] = [passingSuite, breakingSuite, actionSuite]
