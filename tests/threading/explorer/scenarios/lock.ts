import { RuntimeError } from '../../../../shared/threading/src/core/errors.ts'
import { Lock } from '../../../../shared/threading/src/primitives/lock.ts'
import { RLock } from '../../../../shared/threading/src/primitives/rlock.ts'
import { currentThread } from '../../../../shared/threading/src/threads/thread.ts'
import { firstWaitingFor } from '../engine/memory-probe.ts'
import { expect, type Run, type Scenario } from '../engine/scenario.ts'
import { pause } from '../engine/steps.ts'

const names = ['one', 'two', 'three']

/** Everyone takes the lock in its own way, and nobody is in it beside another. */
function inTurn(lock: Lock | RLock, ways: readonly (() => unknown)[]): Run {
  let inside = 0
  const enter = (take: () => unknown) => async () => {
    const isTaken = await take()
    if (isTaken !== true) return
    inside++
    expect(inside === 1, 'two threads hold the lock')
    pause()
    inside--
    lock.release()
  }
  return {
    threads: Object.fromEntries(ways.map((take, place) => [names[place]!, enter(take)])),
    check: () => expect(!lock.locked(), 'the lock is still held'),
  }
}

function withoutTimeouts(threads: number): Run {
  const lock = new Lock()
  return inTurn(
    lock,
    Array.from({ length: threads }, () => () => lock.acquire()),
  )
}

function withAndWithoutTimeouts(lock: Lock | RLock): Run {
  return inTurn(lock, [() => lock.acquire(), () => lock.acquire(true, 5), () => lock.acquire()])
}

function twiceEach(lock: Lock | RLock): Run {
  const { threads, check } = inTurn(lock, [() => lock.acquire(), () => lock.acquire()])
  const again = (body: () => unknown) => async () => {
    await body()
    await body()
  }
  return {
    threads: Object.fromEntries(Object.entries(threads).map(([name, body]) => [name, again(body)])),
    ...(check === undefined ? {} : { check }),
  }
}

function asynchronousOnes(): Run {
  const lock = new Lock()
  return inTurn(lock, [() => lock.acquireAsync(), () => lock.acquireAsync(5), () => lock.acquire()])
}

/** Who waited a millisecond before a release has the lock next, whoever else comes by. */
function handedOff(): Run {
  const lock = new Lock()
  const owners: number[] = []
  const promised: [turn: number, ident: number][] = []
  const passBy = (times: number) => () => {
    for (let time = 0; time < times; time++) {
      lock.acquire()
      owners.push(currentThread().ident ?? 0)
      pause()
      const first = firstWaitingFor(lock, 1)
      if (first !== 0) promised.push([owners.length, first])
      lock.release()
    }
  }
  return {
    threads: { one: passBy(1), two: passBy(1), three: passBy(2) },
    check: () => {
      for (const [turn, ident] of promised) {
        expect(
          owners[turn] === ident,
          `ident ${ident} waited a millisecond, and ident ${owners[turn]} was let in before`,
        )
      }
    },
  }
}

function nested(): Run {
  const lock = new RLock()
  const { threads, check } = inTurn(lock, [
    () => lock.acquire() && lock.acquire() && (lock.release() ?? true),
    () => lock.acquire() && lock.acquire(true, 3) && (lock.release() ?? true),
  ])
  return { threads, ...(check === undefined ? {} : { check }) }
}

/** A thread that comes too late gets RuntimeError, and does not touch the lock that gets the record next. */
function disposedOf(): Run {
  const lock = new Lock()
  let isDisposed = false
  const refused = (operate: () => unknown) => {
    try {
      operate()
      return false
    } catch (error) {
      expect(error instanceof RuntimeError, 'an error of another kind')
      return true
    }
  }
  return {
    threads: {
      user: () => {
        if (!refused(() => lock.acquire())) lock.release()
      },
      disposer: () => {
        isDisposed = !refused(() => lock.dispose())
      },
    },
    check: () => {
      if (!isDisposed) return expect(!lock.locked(), 'the lock is still held')
      const next = new Lock()
      expect(
        refused(() => lock.acquire()),
        'a lock that was disposed of was acquired',
      )
      expect(next.id !== lock.id, 'an id was used again')
      expect(!next.locked(), 'the next lock is held')
    },
  }
}

const handoff = { switchTakes: 2 }

export const lockScenarios: Scenario[] = [
  { name: 'Lock: three in turn', setUp: () => withoutTimeouts(3) },
  { name: 'Lock: three in turn, handed over', setUp: () => withoutTimeouts(3), ...handoff },
  { name: 'Lock: two in turn, twice each', setUp: () => twiceEach(new Lock()) },
  { name: 'Lock: two in turn, twice each, handed over', setUp: () => twiceEach(new Lock()), ...handoff },
  { name: 'Lock: one gives up', setUp: () => withAndWithoutTimeouts(new Lock()) },
  { name: 'Lock: one gives up, handed over', setUp: () => withAndWithoutTimeouts(new Lock()), ...handoff },
  { name: 'Lock: with asynchronous ones', setUp: asynchronousOnes },
  { name: 'Lock: with asynchronous ones, handed over', setUp: asynchronousOnes, ...handoff },
  { name: 'Lock: handed to who waited a millisecond', setUp: handedOff, ...handoff },
  { name: 'RLock: two in turn, twice each', setUp: () => twiceEach(new RLock()) },
  { name: 'RLock: one gives up, handed over', setUp: () => withAndWithoutTimeouts(new RLock()), ...handoff },
  { name: 'Lock: disposed of while it may be in use', setUp: disposedOf },
  { name: 'RLock: held twice', setUp: nested },
  { name: 'RLock: held twice, handed over', setUp: nested, ...handoff },
]
