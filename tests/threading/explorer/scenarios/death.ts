import { store } from '../../../../shared/threading/src/core/atomic.ts'
import { BrokenBarrierError } from '../../../../shared/threading/src/core/errors.ts'
import { thread, threadAt } from '../../../../shared/threading/src/core/layout.ts'
import { interruptWait } from '../../../../shared/threading/src/core/wait-list.ts'
import { Barrier } from '../../../../shared/threading/src/primitives/barrier.ts'
import { Condition } from '../../../../shared/threading/src/primitives/condition.ts'
import { Event } from '../../../../shared/threading/src/primitives/event.ts'
import { LifoQueue } from '../../../../shared/threading/src/primitives/lifo-queue.ts'
import { Lock } from '../../../../shared/threading/src/primitives/lock.ts'
import { PriorityQueue } from '../../../../shared/threading/src/primitives/priority-queue.ts'
import { Queue } from '../../../../shared/threading/src/primitives/queue.ts'
import { RLock } from '../../../../shared/threading/src/primitives/rlock.ts'
import { Semaphore } from '../../../../shared/threading/src/primitives/semaphore.ts'
import { recoverFromThreadDeath } from '../../../../shared/threading/src/recovery/thread-death-recovery.ts'
import { expect, identOf, type Run, type Scenario } from '../engine/scenario.ts'
import { pause, terminate } from '../engine/steps.ts'

/** The scenario's first thread dies; what is done for the dead is done by another thread, step by step as well. */
type Death = () => void

const doomed = identOf(0)

/** A worker crashes: there is nothing before its end. */
function crash(): void {
  terminate(doomed)
  recoverFromThreadDeath(doomed - 1)
}

/** As `killThread` does it: the thread may still end by itself before its worker is gone. */
function kill(): void {
  markKilled()
  terminate(doomed)
  recoverFromThreadDeath(doomed - 1)
}

/** main is busy: others take the guards that the dead thread is in before its recovery. */
function killAndRecoverLate(): void {
  markKilled()
  terminate(doomed)
  new Event().wait(200)
  recoverFromThreadDeath(doomed - 1)
}

function markKilled(): void {
  store(threadAt(doomed - 1) + thread.killed, 1)
  interruptWait(doomed - 1)
  pause()
}

function inLock(lock: Lock | RLock, undertaker: Death): Run {
  let inside = 0
  let passed = 0
  const enter = (isDoomed: boolean) => () => {
    lock.acquire()
    if (lock.ownerDied) {
      inside = 0
      lock.markConsistent()
    }
    inside++
    expect(inside === 1, 'two threads hold the lock')
    pause()
    inside--
    if (!isDoomed) passed++
    lock.release()
  }
  return {
    threads: { doomed: enter(true), one: enter(false), two: enter(false), undertaker },
    check: () => {
      expect(passed === 2, 'a thread did not get the lock')
      expect(!lock.locked(), 'the lock is still held')
    },
  }
}

/** A permit may die with a thread that has it, but none may come out of nothing. */
function inSemaphore(undertaker: Death): Run {
  const semaphore = new Semaphore({ value: 2 })
  let inside = 0
  let isDoomedInside = false
  const enter = () => {
    semaphore.acquire()
    inside++
    expect(inside + (isDoomedInside ? 1 : 0) <= 2, 'three threads have one of two permits')
    pause()
    inside--
    semaphore.release()
  }
  const die = () => {
    semaphore.acquire()
    isDoomedInside = true
    pause()
    isDoomedInside = false
    semaphore.release()
  }
  return {
    threads: { doomed: die, one: enter, two: enter, undertaker },
    check: () =>
      expect(semaphore.value === 2 || semaphore.value === 1, `${semaphore.value} permits are left of 2`),
  }
}

/** Permits may die with who was releasing them; but nobody waits beside one, and none comes out of nothing. */
function releasing(undertaker: Death): Run {
  const semaphore = new Semaphore({ value: 0 })
  let taken = 0
  const take = () => {
    semaphore.acquire()
    taken++
  }
  return {
    threads: { doomed: () => semaphore.release(2), one: take, two: take, undertaker },
    servants: ['one', 'two'],
    leavesNothing: false,
    check: () => {
      expect(taken + semaphore.value <= 2, `of two permits ${taken} are taken and ${semaphore.value} left`)
      expect(taken === 2 || semaphore.value === 0, 'a thread waits beside a permit')
    },
  }
}

function atEvent(undertaker: Death): Run {
  const event = new Event()
  const wait = () => {
    expect(event.wait(), 'no flag')
    expect(event.isSet(), 'a thread was let go without the flag')
  }
  return {
    threads: {
      doomed: () => {
        event.wait(5)
        event.set()
      },
      one: wait,
      undertaker: () => {
        undertaker()
        event.set()
      },
    },
  }
}

/** A signal may die with who gives or gets it; the lock comes back, and nobody wakes unasked. */
function atCondition(undertaker: Death): Run {
  const condition = new Condition()
  let items = 0
  let spoken = 0
  const consume = () => {
    condition.acquire()
    while (items === 0) condition.wait()
    items--
    condition.release()
  }
  const produce = () => {
    condition.acquire()
    items++
    spoken++
    condition.notifyAll()
    condition.release()
  }
  return {
    threads: {
      doomed: consume,
      one: consume,
      undertaker: () => {
        undertaker()
        produce()
        produce()
      },
    },
    check: () => {
      expect(spoken === 2 && !condition.lock.locked(), 'the lock did not come back')
    },
  }
}

function notifying(undertaker: Death): Run {
  const condition = new Condition()
  let isSaid = false
  const say = () => {
    condition.acquire()
    isSaid = true
    condition.notifyAll()
    condition.release()
  }
  return {
    threads: {
      doomed: say,
      one: () => {
        condition.acquire()
        while (!isSaid) condition.wait()
        condition.release()
      },
      undertaker: () => {
        undertaker()
        say()
      },
    },
  }
}

/** Nobody passes a barrier that not all came to. */
function atBarrier(undertaker: Death): Run {
  const barrier = new Barrier({ parties: 2 })
  let arrivals = 0
  const pass = () => {
    arrivals++
    try {
      barrier.wait()
    } catch (error) {
      if (!(error instanceof BrokenBarrierError)) throw error
      return
    }
    expect(arrivals === 2, 'a thread passed alone')
  }
  return {
    threads: {
      doomed: pass,
      one: pass,
      undertaker: () => {
        undertaker()
        barrier.abort()
      },
    },
  }
}

type AnyQueue = Pick<Queue<number>, 'put' | 'get' | 'qsize' | 'taskDone' | 'unfinished'>

/** An item may die with who gets or puts it, and with no other. */
function getting(queue: AnyQueue, undertaker: Death): Run {
  const got: number[] = []
  return {
    threads: {
      doomed: () => queue.get(),
      one: () => got.push(queue.get()),
      undertaker: () => {
        queue.put(1)
        queue.put(2)
        undertaker()
      },
    },
    check: () => {
      expect(
        got.length === 1 && queue.qsize() <= 1,
        `of two items ${got.length} were got and ${queue.qsize()} are left`,
      )
    },
  }
}

function putting(queue: AnyQueue, undertaker: Death): Run {
  const got: number[] = []
  return {
    threads: {
      doomed: () => {
        queue.put(1)
        queue.put(2)
      },
      one: () => got.push(queue.get()),
      undertaker: () => {
        undertaker()
        queue.put(3)
      },
    },
    check: () => {
      const left = queue.qsize()
      expect(got.length === 1 && left <= 2, `${got.length} items were got by one, and ${left} are left of 3`)
      // An item that died with who put it may be counted.
      const died = queue.unfinished - left - 1
      expect(died === 0 || died === 1, `${queue.unfinished} are unfinished, 1 was got and ${left} are left`)
    },
  }
}

/** At most the item in the dead thread's hands is lost, and none is there twice; also where another has the ring grow. */
function amongOthers(queue: AnyQueue, undertaker: Death): Run {
  const items = [30, 10, 20]
  for (const item of items) queue.put(item)
  const later = [40, 25]
  const got: number[] = []
  return {
    threads: {
      doomed: () => {
        queue.get()
        queue.put(5)
      },
      producer: () => {
        for (const item of later) queue.put(item)
      },
      undertaker,
    },
    check: () => {
      while (queue.qsize() > 0) got.push(queue.get())
      expect(new Set(got).size === got.length, `an item came out twice: ${got}`)
      const lost = [...items, ...later].filter((item) => !got.includes(item))
      expect(lost.length <= 1, `${lost} did not come out`)
    },
  }
}

const deaths: readonly (readonly [string, Death])[] = [
  ['crashes', crash],
  ['is killed', kill],
  ['is killed and recovered late', killAndRecoverLate],
]

function inEveryWay(
  name: string,
  setUp: (undertaker: Death) => Run,
  more: Partial<Scenario> = {},
): Scenario[] {
  return deaths.map(([how, undertaker]) => ({
    name: `${name} ${how}`,
    setUp: () => setUp(undertaker),
    plain: 'always',
    ...more,
  }))
}

const handoff = { switchTakes: 2 }

export const deathScenarios: Scenario[] = [
  ...inEveryWay('Death: who has or wants a Lock', (undertaker) => inLock(new Lock(), undertaker)),
  ...inEveryWay(
    'Death: who has or wants a Lock, handed over,',
    (undertaker) => inLock(new Lock(), undertaker),
    handoff,
  ),
  ...inEveryWay('Death: who has or wants an RLock', (undertaker) => inLock(new RLock(), undertaker)),
  ...inEveryWay('Death: who has or wants a permit', inSemaphore),
  ...inEveryWay('Death: who releases two permits', releasing),
  ...inEveryWay('Death: who waits for an Event or sets it', atEvent),
  ...inEveryWay('Death: who waits in a Condition', atCondition),
  ...inEveryWay('Death: who notifies', notifying),
  ...inEveryWay('Death: who waits in a Barrier', atBarrier),
  ...inEveryWay('Death: among other items of a Queue', (undertaker) => amongOthers(new Queue(), undertaker)),
  ...inEveryWay('Death: who gets from a Queue', (undertaker) => getting(new Queue(), undertaker)),
  ...inEveryWay('Death: who puts into a Queue', (undertaker) => putting(new Queue(), undertaker)),
  ...inEveryWay('Death: among other items of a LifoQueue', (undertaker) =>
    amongOthers(new LifoQueue(), undertaker),
  ),
  ...inEveryWay('Death: who gets from a LifoQueue', (undertaker) => getting(new LifoQueue(), undertaker)),
  ...inEveryWay('Death: who puts into a LifoQueue', (undertaker) => putting(new LifoQueue(), undertaker)),
  ...inEveryWay('Death: among other items of a PriorityQueue', (undertaker) =>
    amongOthers(new PriorityQueue(), undertaker),
  ),
  ...inEveryWay('Death: who gets from a PriorityQueue', (undertaker) =>
    getting(new PriorityQueue(), undertaker),
  ),
  ...inEveryWay('Death: who puts into a PriorityQueue', (undertaker) =>
    putting(new PriorityQueue(), undertaker),
  ),
]
