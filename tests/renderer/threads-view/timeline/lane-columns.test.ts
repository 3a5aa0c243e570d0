import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stateCode } from '../../../../renderer/threads-view/model/state-codes.ts'
import { ThreadHistory } from '../../../../renderer/threads-view/model/thread-history.ts'
import {
  type ColumnRange,
  LaneColumns,
  noState,
} from '../../../../renderer/threads-view/timeline/lane-columns.ts'
import { event } from '../fixtures/view-builders.ts'

/** Returns `count` columns of 10 ms from a time on. */
const stretch = (from: number, count: number, now: number): ColumnRange => ({
  begin: from * 10,
  count,
  width: 10,
  now,
})

function history(...changes: Parameters<typeof event>[]): ThreadHistory {
  const made = new ThreadHistory()
  for (const change of changes) made.record(event(...change))
  return made
}

describe('columns of 10 ms', () => {
  test('a state fills its share of each column', () => {
    const columns = new LaneColumns()
    columns.read(history([1, 0, 'Waiting'], [2, 15, 'Runnable'], [3, 28, 'Waiting']), stretch(0, 4, 40))
    expect([...columns.running]).toEqual([0, 0.5, expect.closeTo(0.8), 0])
    expect([...columns.quiet]).toEqual([
      stateCode.Waiting,
      stateCode.Waiting,
      stateCode.Waiting,
      stateCode.Waiting,
    ])
  })

  test('a state of a few microseconds is not lost', () => {
    const columns = new LaneColumns()
    columns.read(history([1, 0, 'Waiting'], [2, 15, 'Runnable'], [3, 15.002, 'Waiting']), stretch(0, 3, 30))
    expect(columns.running[0]).toBe(0)
    expect(columns.running[1]).toBeGreaterThan(0)
    expect(columns.running[2]).toBe(0)
  })

  test('even a state without any length is not lost', () => {
    const columns = new LaneColumns()
    columns.read(history([1, 0, 'Waiting'], [2, 15, 'Blocked'], [3, 15, 'Waiting']), stretch(0, 3, 30))
    expect(columns.blocked[1]).toBeGreaterThan(0)
  })

  test('wakes are counted in their column', () => {
    const columns = new LaneColumns()
    const woken = history(
      [1, 0, 'Waiting'],
      [2, 21, 'Runnable', { by: 2 }],
      [3, 22, 'Waiting'],
      [4, 29, 'Runnable', { by: 2 }],
      [5, 35, 'Runnable'],
    )
    columns.read(woken, stretch(1, 3, 40))
    expect([...columns.wakes.slice(0, 3)]).toEqual([0, 2, 0])
  })

  test('nothing is known before the first event and after now', () => {
    const columns = new LaneColumns()
    columns.read(history([1, 20, 'Waiting']), stretch(0, 5, 35))
    expect([...columns.quiet]).toEqual([noState, noState, stateCode.Waiting, stateCode.Waiting, noState])
  })

  test('a second reading starts from zero', () => {
    const columns = new LaneColumns()
    columns.read(history([1, 0, 'Runnable']), stretch(0, 4, 40))
    columns.read(history([1, 0, 'Waiting']), stretch(0, 4, 40))
    expect([...columns.running]).toEqual([0, 0, 0, 0])
  })
})

test('the same time gives the same columns, wherever the range begins', () => {
  const gaps = fc.array(fc.double({ min: 0.001, max: 30, noNaN: true }), { minLength: 2, maxLength: 60 })
  fc.assert(
    fc.property(gaps, fc.integer({ min: 0, max: 20 }), (lengths, from) => {
      const made = new ThreadHistory()
      let at = 0
      lengths.forEach((length, index) => {
        made.record(event(index + 1, at, index % 2 ? 'Runnable' : 'Blocked'))
        at += length
      })
      const complete = new LaneColumns()
      const part = new LaneColumns()
      complete.read(made, stretch(0, 40, at))
      part.read(made, stretch(from, 10, at))
      for (let column = 0; column < 10; column++) {
        expect(part.running[column]).toBeCloseTo(complete.running[from + column] ?? 0, 3)
        expect(part.blocked[column]).toBeCloseTo(complete.blocked[from + column] ?? 0, 3)
      }
    }),
  )
})

test('the shares of a fully recorded column add up to one', () => {
  const lengths = fc.array(fc.double({ min: 0.5, max: 30, noNaN: true }), { minLength: 5, maxLength: 40 })
  fc.assert(
    fc.property(lengths, (gaps) => {
      const made = new ThreadHistory()
      let at = 0
      gaps.forEach((gap, index) => {
        made.record(event(index + 1, at, index % 2 ? 'Runnable' : 'Blocked'))
        at += gap
      })
      const columns = new LaneColumns()
      const known = Math.floor(at / 10)
      columns.read(made, stretch(0, known, at))
      for (let column = 0; column < known; column++) {
        expect((columns.running[column] ?? 0) + (columns.blocked[column] ?? 0)).toBeCloseTo(1, 3)
      }
    }),
  )
})
