import { BrokenBarrierError } from '../../../../../shared/threading/src/core/errors.ts'
import { Barrier } from '../../../../../shared/threading/src/primitives/barrier.ts'
import { Condition } from '../../../../../shared/threading/src/primitives/condition.ts'
import { Event } from '../../../../../shared/threading/src/primitives/event.ts'
import { Lock } from '../../../../../shared/threading/src/primitives/lock.ts'
import { waiting } from '../../engine/memory-probe.ts'
import { expect, type Scenario } from '../../engine/scenario.ts'
import { pause } from '../../engine/steps.ts'
import { type DeathRun, deathsIn } from './death.ts'

/** All threads that wait for an event are let go, or none. */
function settingEvent(isAsync: boolean, clears: boolean): DeathRun {
  const event = new Event()
  let woken = 0
  let waiters = 0
  const wait = async () => {
    expect(await (isAsync ? event.waitAsync() : event.wait()), 'no flag')
    woken++
  }
  return {
    threads: {
      doomed: () => {
        pause()
        waiters = waiting(event).length
        event.set()
        if (clears) event.clear()
      },
      one: wait,
      two: wait,
    },
    servants: ['one', 'two'],
    check: () => {
      if (event.isSet()) expect(woken === 2, `the flag is set, and ${woken} of 2 threads were let go`)
      else expect(woken === 0 || woken >= waiters, `of ${waiters} waiters ${woken} were let go`)
    },
  }
}

function waitingForEvent(isAsync: boolean): DeathRun {
  const event = new Event()
  const wait = async () => {
    expect(await (isAsync ? event.waitAsync() : event.wait()), 'no flag')
  }
  return { threads: { doomed: wait, one: wait, setter: () => event.set() } }
}

async function takeItem(condition: Condition, stock: { items: number }, isAsync: boolean): Promise<void> {
  condition.acquire()
  while (stock.items === 0) await (isAsync ? condition.waitAsync() : condition.wait())
  stock.items--
  condition.release()
}

/** A signal is lost with the thread that gets it, and only with it; the lock comes back. */
function waitingInCondition(isAsync: boolean, lock?: Lock): DeathRun {
  const condition = new Condition(lock === undefined ? {} : { lock })
  const stock = { items: 0 }
  const consume = () => takeItem(condition, stock, isAsync)
  return {
    threads: {
      doomed: consume,
      one: consume,
      producer: () => {
        for (let made = 0; made < 2; made++) {
          condition.acquire()
          stock.items++
          condition.notifyAll()
          condition.release()
        }
      },
    },
    check: () => expect(!condition.lock.locked(), 'the lock did not come back'),
  }
}

/** A notification that its thread did not live to use is for the next, or the lock is marked. */
function beingNotified(isAsync: boolean): DeathRun {
  const condition = new Condition()
  const stock = { items: 0 }
  const consume = () => takeItem(condition, stock, isAsync)
  return {
    threads: {
      doomed: consume,
      one: consume,
      producer: () => {
        condition.acquire()
        stock.items++
        condition.notify()
        condition.release()
      },
    },
    servants: ['one'],
    check: () => expect(stock.items === 0 || condition.lock.ownerDied, 'a thread waits beside an item'),
  }
}

/** All that a `notify` is for are woken, or none. */
function notifying(count: number, isAsync: boolean): DeathRun {
  const condition = new Condition()
  let waiters = 0
  let woken = 0
  let hasEnded = false
  const wait = async () => {
    condition.acquire()
    await (isAsync ? condition.waitAsync() : condition.wait())
    woken++
    condition.release()
  }
  return {
    threads: {
      doomed: () => {
        condition.acquire()
        waiters = waiting(condition).length
        if (count === Infinity) condition.notifyAll()
        else condition.notify(count)
        hasEnded = true
        condition.release()
      },
      one: wait,
      two: wait,
      three: wait,
    },
    servants: ['one', 'two', 'three'],
    check: () => {
      const isWhole = woken === Math.min(count, waiters)
      expect(isWhole || (woken === 0 && !hasEnded), `of ${waiters} waiters ${woken} were woken`)
      expect(!condition.lock.locked(), 'the lock did not come back')
    },
  }
}

type Outcome = number | 'broken'

async function arriveAt(barrier: Barrier, isAsync: boolean): Promise<Outcome> {
  try {
    return await (isAsync ? barrier.waitAsync() : barrier.wait())
  } catch (error) {
    if (error instanceof BrokenBarrierError) return 'broken'
    throw error
  }
}

/** The two survivors pass, or it is broken for both; or both wait for a third that never arrived. */
function arriving(isAsync: boolean, action?: () => void): DeathRun {
  const barrier = new Barrier({ parties: 3, ...(action === undefined ? {} : { action }) })
  const outcomes: Outcome[] = []
  let hasBegun = false
  const pass = async () => {
    outcomes.push(await arriveAt(barrier, isAsync))
  }
  return {
    threads: {
      doomed: async () => {
        pause()
        hasBegun = true
        await arriveAt(barrier, isAsync)
      },
      one: pass,
      two: pass,
    },
    servants: ['one', 'two'],
    check: () => {
      const text = [...outcomes].sort().join()
      const areNumbers = outcomes.every((outcome) => outcome !== 'broken') && new Set(outcomes).size === 2
      expect(text === '' || text === 'broken,broken' || areNumbers, `two threads of three ended as ${text}`)
      if (areNumbers) expect(hasBegun, 'two of three passed alone')
      if (text === '') expect(!barrier.broken, 'two threads wait at a broken barrier')
      const expected = text === '' ? 2 : 0
      expect(barrier.waiting === expected, `${barrier.waiting} wait, not ${expected}`)
    },
  }
}

/** Each of four threads passes in pairs, so that some arrive while the barrier drains. */
function arrivingInRounds(): DeathRun {
  const barrier = new Barrier({ parties: 2 })
  const passed: Outcome[] = []
  const pass = () => arriveAt(barrier, false)
  const survive = async () => {
    passed.push(await pass())
  }
  return {
    threads: { doomed: pass, one: survive, two: survive, three: survive },
    servants: ['one', 'two', 'three'],
    check: () => {
      const asleep = 3 - passed.length
      if (barrier.broken) expect(asleep === 0, `${asleep} threads wait at a broken barrier`)
      else
        expect(
          asleep <= 1 && barrier.waiting === asleep,
          `${asleep} threads wait, ${barrier.waiting} are counted`,
        )
    },
  }
}

/** Both threads that wait are sent away, or none. */
function breaking(breakIt: (barrier: Barrier) => void, isAsync: boolean): DeathRun {
  const barrier = new Barrier({ parties: 3 })
  const outcomes: Outcome[] = []
  let waiters = 0
  const pass = async () => {
    outcomes.push(await arriveAt(barrier, isAsync))
  }
  return {
    threads: {
      doomed: () => {
        pause()
        waiters = waiting(barrier).length
        breakIt(barrier)
      },
      one: pass,
      two: pass,
    },
    servants: ['one', 'two'],
    check: () => {
      const broken = outcomes.length
      expect(broken === 0 || broken >= waiters, `of ${waiters} waiters ${broken} were sent away`)
      if (barrier.broken) expect(broken === 2, `${2 - broken} threads wait at a broken barrier`)
      expect(barrier.waiting === 2 - broken, `${barrier.waiting} wait, not ${2 - broken}`)
    },
  }
}

const abort = (barrier: Barrier) => barrier.abort()
const reset = (barrier: Barrier) => barrier.reset()

export const signalDeaths: Scenario[] = [
  ...deathsIn('Event.set', () => settingEvent(false, false)),
  ...deathsIn('Event.set, async', () => settingEvent(true, false)),
  ...deathsIn('Event.set and clear', () => settingEvent(false, true)),
  ...deathsIn('a thread that waits for an Event', () => waitingForEvent(false)),
  ...deathsIn('a thread that waits for an Event, async', () => waitingForEvent(true)),
  ...deathsIn('a thread that waits in a Condition', () => waitingInCondition(false)),
  ...deathsIn('a thread that waits in a Condition, async', () => waitingInCondition(true)),
  ...deathsIn('a thread that waits in a Condition over a Lock', () => waitingInCondition(false, new Lock())),
  ...deathsIn('a thread that is notified', () => beingNotified(false)),
  ...deathsIn('a thread that is notified, async', () => beingNotified(true)),
  ...deathsIn('Condition.notify(2)', () => notifying(2, false)),
  ...deathsIn('Condition.notify(2), async', () => notifying(2, true)),
  ...deathsIn('Condition.notifyAll', () => notifying(Infinity, false)),
  ...deathsIn('Barrier.wait', () => arriving(false)),
  ...deathsIn('Barrier.wait, async', () => arriving(true)),
  ...deathsIn('Barrier.wait with an action', () => arriving(false, () => pause())),
  ...deathsIn('Barrier.wait in rounds', arrivingInRounds),
  ...deathsIn('Barrier.abort', () => breaking(abort, false)),
  ...deathsIn('Barrier.abort, async', () => breaking(abort, true)),
  ...deathsIn('Barrier.reset', () => breaking(reset, false)),
]
