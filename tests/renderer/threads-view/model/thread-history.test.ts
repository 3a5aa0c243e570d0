import type { ThreadState } from '@skein/threading/inspect'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stateCode, stateNames } from '../../../../renderer/threads-view/model/state-codes.ts'
import { ThreadHistory } from '../../../../renderer/threads-view/model/thread-history.ts'
import { event, thread } from '../fixtures/view-builders.ts'

/** Every segment as [state, start, end]. */
function segments(history: ThreadHistory, now: number): [string, number, number][] {
  const list: [string, number, number][] = []
  for (let segment = history.first; segment < history.end; segment++) {
    list.push([stateNames[history.state(segment)], history.start(segment), history.endTime(segment, now)])
  }
  return list
}

describe('events in sequence', () => {
  test('each state lasts until the next, the newest until now', () => {
    const history = new ThreadHistory()
    history.record(event(1, 10, 'Waiting'))
    history.record(event(2, 30, 'Runnable'))
    expect(segments(history, 50)).toEqual([
      ['Waiting', 10, 30],
      ['Runnable', 30, 50],
    ])
  })

  test('the object and the waker of a wait are kept', () => {
    const history = new ThreadHistory()
    history.record(event(1, 10, 'Waiting', { object: 7, operation: 'get' }))
    history.record(event(2, 20, 'Runnable', { object: 7, by: 3 }))
    expect([history.object(0), history.waker(0)]).toEqual([7, 0])
    expect([history.object(1), history.waker(1)]).toEqual([7, 3])
  })

  test('a repeated event counts once', () => {
    const history = new ThreadHistory()
    history.record(event(4, 10, 'Waiting'))
    history.record(event(4, 10, 'Waiting'))
    history.record(event(3, 5, 'Runnable'))
    expect(segments(history, 20)).toEqual([['Waiting', 10, 20]])
  })

  test('a clock that is set back creates no segment of negative length', () => {
    const history = new ThreadHistory()
    history.record(event(1, 100, 'Waiting'))
    history.record(event(2, 40, 'Runnable'))
    expect(segments(history, 120)).toEqual([
      ['Waiting', 100, 100],
      ['Runnable', 100, 120],
    ])
  })
})

describe('lost events', () => {
  test('the unrecorded time is marked, from the last sample to the next event', () => {
    const history = new ThreadHistory()
    history.record(event(1, 10, 'Waiting'))
    history.confirm(thread(1, 'a', { state: 'Waiting', since: 10 }), 25)
    history.record(event(9, 60, 'Runnable', { afterGap: true }))
    expect(segments(history, 70)).toEqual([
      ['Waiting', 10, 25],
      ['unknown', 25, 60],
      ['Runnable', 60, 70],
    ])
  })

  test('a new thread begins with its state in the snapshot', () => {
    const history = new ThreadHistory()
    history.confirm(thread(1, 'a', { state: 'Blocked', since: 10 }), 30)
    expect(segments(history, 30)).toEqual([['Blocked', 10, 30]])
  })

  test('a snapshot that is newer than the events repairs the missing start', () => {
    const history = new ThreadHistory()
    history.record(event(1, 10, 'Runnable'))
    history.confirm(thread(1, 'a', { state: 'Waiting', since: 40 }), 50)
    expect(segments(history, 50)).toEqual([
      ['Runnable', 10, 40],
      ['Waiting', 40, 50],
    ])
  })

  test('a snapshot older than the events changes nothing', () => {
    const history = new ThreadHistory()
    history.record(event(1, 10, 'Runnable'))
    history.record(event(2, 20, 'Waiting'))
    history.confirm(thread(1, 'a', { state: 'Runnable', since: 10 }), 15)
    expect(segments(history, 30)).toEqual([
      ['Runnable', 10, 20],
      ['Waiting', 20, 30],
    ])
  })

  test('events after a snapshot replace it', () => {
    const history = new ThreadHistory()
    history.record(event(1, 10, 'Waiting'))
    history.confirm(thread(1, 'a', { state: 'Waiting', since: 40 }), 50)
    history.record(event(2, 30, 'Runnable', { by: 2 }))
    history.record(event(3, 40, 'Waiting'))
    expect(segments(history, 50)).toEqual([
      ['Waiting', 10, 30],
      ['Runnable', 30, 40],
      ['Waiting', 40, 50],
    ])
  })
})

describe('bounded memory', () => {
  test('a full ring drops the oldest entry', () => {
    const history = new ThreadHistory(3)
    for (let n = 1; n <= 5; n++) history.record(event(n, n * 10, n % 2 ? 'Waiting' : 'Runnable'))
    expect(segments(history, 60)).toEqual([
      ['Waiting', 30, 40],
      ['Runnable', 40, 50],
      ['Waiting', 50, 60],
    ])
  })

  test('segments that ended before a time are dropped, longer ones stay', () => {
    const history = new ThreadHistory()
    history.record(event(1, 10, 'Waiting'))
    history.record(event(2, 20, 'Runnable'))
    history.record(event(3, 30, 'Waiting'))
    history.forget(25)
    expect(segments(history, 40).map(([, start]) => start)).toEqual([20, 30])
    history.forget(1000)
    expect(segments(history, 1000)).toEqual([['Waiting', 30, 1000]])
  })
})

test('the segment at a time is the last one that had begun', () => {
  const times = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(times, fc.double({ min: -10, max: 1010, noNaN: true }), (starts, time) => {
      const history = new ThreadHistory(16)
      starts
        .sort((a, b) => a - b)
        .forEach((at, index) => {
          history.record(event(index + 1, at, 'Runnable'))
        })
      const found = history.segmentAt(time)
      for (let segment = history.first; segment < history.end; segment++) {
        expect(history.start(segment) <= time).toBe(segment <= found)
      }
    }),
  )
})

test('for any events in any order, starts never decrease and the ring never overflows', () => {
  const states: ThreadState[] = ['Runnable', 'Blocked', 'Waiting', 'Timed waiting']
  const step = fc.record({
    snapshot: fc.boolean(),
    sequence: fc.integer({ min: 1, max: 60 }),
    at: fc.integer({ min: 0, max: 500 }),
    state: fc.constantFrom(...states),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const history = new ThreadHistory(8)
      for (const { snapshot, sequence, at, state } of steps) {
        if (snapshot) history.confirm(thread(1, 'a', { state, since: at }), at + 5)
        else history.record(event(sequence, at, state))
        expect(history.end - history.first).toBeLessThanOrEqual(8)
        for (let segment = history.first + 1; segment < history.end; segment++) {
          expect(history.start(segment)).toBeGreaterThanOrEqual(history.start(segment - 1))
        }
      }
    }),
  )
})

test('changes are returned once, from the earliest time on', () => {
  const history = new ThreadHistory()
  history.record(event(1, 10, 'Waiting'))
  history.record(event(2, 20, 'Runnable'))
  expect(history.takeChangedFrom()).toBe(10)
  expect(history.takeChangedFrom()).toBe(Number.POSITIVE_INFINITY)
})

test('a clone does not change with the original', () => {
  const history = new ThreadHistory()
  history.record(event(1, 10, 'Waiting'))
  const copy = history.clone()
  history.record(event(2, 20, 'Terminated'))
  expect(segments(copy, 30)).toEqual([['Waiting', 10, 30]])
  expect(copy.endedAt()).toBeUndefined()
  expect(history.endedAt()).toBe(20)
  expect(history.state(1)).toBe(stateCode.Terminated)
})
