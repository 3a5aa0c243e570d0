import { Condition } from '../../../../shared/threading/src/primitives/condition.ts'
import { Lock } from '../../../../shared/threading/src/primitives/lock.ts'
import { Semaphore } from '../../../../shared/threading/src/primitives/semaphore.ts'
import { waiting } from '../engine/memory-probe.ts'
import { expect, identOf, type Run, type Scenario } from '../engine/scenario.ts'

type AnyCondition = Pick<Condition, 'acquire' | 'release' | 'wait' | 'notify'>

/** Items go through a buffer under the condition: none is lost, and nobody sleeps beside one. */
export function buffer(condition: AnyCondition, consumers: number): Run {
  let items = 0
  let taken = 0
  const consume = () => {
    condition.acquire()
    while (items === 0) condition.wait()
    items--
    taken++
    condition.release()
  }
  const produce = () => {
    for (let made = 0; made < consumers; made++) {
      condition.acquire()
      items++
      condition.notify()
      condition.release()
    }
  }
  const names = ['one', 'two'].slice(0, consumers)
  return {
    threads: { ...Object.fromEntries(names.map((name) => [name, consume])), producer: produce },
    check: () =>
      expect(taken === consumers && items === 0, `${taken} of ${consumers} were taken, ${items} are left`),
  }
}

function asynchronousBuffer(): Run {
  const condition = new Condition()
  let items = 0
  return {
    threads: {
      consumer: async () => {
        await condition.acquireAsync()
        while (items === 0) await condition.waitAsync()
        items--
        condition.release()
      },
      producer: () => {
        condition.acquire()
        items++
        condition.notify()
        condition.release()
      },
    },
  }
}

interface Meeting {
  readonly condition: Condition
  readonly wait: (timeout?: number) => boolean
  /** Comes back with the lock held, when so many wait. */
  readonly whenWaiting: (count: number) => void
}

/** Waiters that say so, and who notifies when they surely wait. */
function meeting(): Meeting {
  const condition = new Condition()
  const arrivals = new Semaphore({ value: 0 })
  return {
    condition,
    wait: (timeout) => {
      condition.acquire()
      arrivals.release()
      const isNotified = condition.wait(timeout)
      condition.release()
      return isNotified
    },
    whenWaiting: (count) => {
      for (let arrived = 0; arrived < count; arrived++) arrivals.acquire()
      condition.acquire()
    },
  }
}

/** A signal is for the one who waited longest, and for no other. */
function oneSignal(): Run {
  const { condition, wait, whenWaiting } = meeting()
  const back: number[] = []
  let first = 0
  const waiter = (place: number) => () => {
    expect(wait(), 'a wait without a timeout came back without a signal')
    back.push(identOf(place))
  }
  return {
    threads: {
      one: waiter(0),
      two: waiter(1),
      notifier: () => {
        whenWaiting(2)
        const before = waiting(condition)
        first = before[0] ?? 0
        condition.notify()
        expect(waiting(condition).join() === before.slice(1).join(), 'the signal was not for the first alone')
        condition.release()
      },
    },
    servants: ['one', 'two'],
    leavesNothing: false,
    check: () => expect(back.join() === String(first), `${first} was notified, and ${back} came back`),
  }
}

function signalForAll(): Run {
  const { condition, wait, whenWaiting } = meeting()
  const waiter = () => expect(wait(), 'a wait without a timeout came back without a signal')
  return {
    threads: {
      one: waiter,
      two: waiter,
      notifier: () => {
        whenWaiting(2)
        condition.notifyAll()
        condition.release()
      },
    },
  }
}

/** A signal is never spent on a wait that says its time was up. */
function signalOrTimeout(): Run {
  const { condition, wait, whenWaiting } = meeting()
  let notified = 0
  const waiter = (timeout?: number) => () => {
    if (wait(timeout)) notified++
  }
  return {
    threads: {
      impatient: waiter(5),
      patient: waiter(),
      notifier: () => {
        whenWaiting(2)
        condition.notify()
        condition.release()
      },
    },
    servants: ['patient'],
    leavesNothing: false,
    check: () => expect(notified === 1, `one signal woke ${notified} threads`),
  }
}

/** wait gives a lock up that is held twice, and has it twice again; so too when its time is up. */
function heldTwice(lock?: Lock): Run {
  const condition = new Condition(lock === undefined ? {} : { lock })
  const depth = lock === undefined ? 2 : 1
  let said = false
  return {
    threads: {
      waiter: () => {
        for (let time = 0; time < depth; time++) condition.acquire()
        if (!said) condition.wait(4)
        while (!said) condition.wait()
        for (let time = 0; time < depth; time++) {
          expect(condition.lock.locked(), 'the lock is not held at the depth it had')
          condition.release()
        }
        expect(condition.lock.owner !== identOf(0), 'the lock is held deeper than it was')
      },
      notifier: () => {
        condition.acquire()
        said = true
        condition.notify()
        condition.release()
      },
    },
    check: () => expect(!condition.lock.locked(), 'the lock is still held'),
  }
}

function waitFor(): Run {
  const condition = new Condition()
  let count = 0
  return {
    threads: {
      waiter: () => {
        condition.acquire()
        const value = condition.waitFor(() => count === 2, 6)
        expect(value === (count === 2), 'waitFor did not return the last value')
        condition.release()
      },
      notifier: () => {
        for (let time = 0; time < 2; time++) {
          condition.acquire()
          count++
          condition.notifyAll()
          condition.release()
        }
      },
    },
  }
}

const handoff = { switchTakes: 2 }

export const conditionScenarios: Scenario[] = [
  { name: 'Condition: a buffer with one consumer', setUp: () => buffer(new Condition(), 1) },
  { name: 'Condition: a buffer with two consumers', setUp: () => buffer(new Condition(), 2) },
  {
    name: 'Condition: a buffer with two consumers, handed over',
    setUp: () => buffer(new Condition(), 2),
    ...handoff,
  },
  { name: 'Condition: a buffer with an asynchronous consumer', setUp: asynchronousBuffer },
  { name: 'Condition: one signal for two', setUp: oneSignal },
  { name: 'Condition: a signal for all', setUp: signalForAll },
  { name: 'Condition: signal or timeout', setUp: signalOrTimeout },
  { name: 'Condition: signal or timeout, handed over', setUp: signalOrTimeout, ...handoff },
  { name: 'Condition: a lock held twice', setUp: () => heldTwice() },
  { name: 'Condition: over a Lock', setUp: () => heldTwice(new Lock()) },
  { name: 'Condition: waitFor', setUp: waitFor },
]
