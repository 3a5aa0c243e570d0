import { type OperationEvent, operationFailed, operationNames } from '@skein/threading/inspect'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ActivityLog, controlCode } from '../../../../renderer/threads-view/model/activity-log.ts'
import { SampledValues } from '../../../../renderer/threads-view/model/sampled-values.ts'
import type { TimedEntries } from '../../../../renderer/threads-view/model/timed-entries.ts'
import { scaleTop, seriesPoints } from '../../../../renderer/threads-view/series/series-points.ts'
import { Thinning } from '../../../../renderer/threads-view/timeline/thinning.ts'
import { object, process, thread } from '../fixtures/view-builders.ts'

const act = (at: number, rest: Partial<OperationEvent> = {}): OperationEvent => ({
  thread: 1,
  sequence: at,
  at,
  object: 70,
  act: 'put',
  value: 1,
  holding: 0,
  ...rest,
})

const values = (ring: TimedEntries | undefined): number[][] =>
  ring
    ? Array.from({ length: ring.end - ring.first }, (_, n) => [
        ring.at(ring.first + n),
        ring.value(ring.first + n),
      ])
    : []

describe('a ring', () => {
  test('keeps the newest entries, in order', () => {
    const ring = new SampledValues(3)
    for (let at = 1; at <= 5; at++) ring.push({ at, code: 0, object: 0, value: at * 10 })
    expect(values(ring)).toEqual([
      [3, 30],
      [4, 40],
      [5, 50],
    ])
  })

  test('keeps its entries when it grows', () => {
    const ring = new SampledValues(1_000)
    for (let at = 1; at <= 1_500; at++) ring.push({ at, code: 0, object: 0, value: at })
    expect([ring.end - ring.first, ring.at(ring.first), ring.value(ring.end - 1)]).toEqual([
      1_000, 501, 1_500,
    ])
  })

  test('finds the first entry at or after a time', () => {
    const times = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 40 })
    fc.assert(
      fc.property(times, fc.integer({ min: -5, max: 105 }), (all, time) => {
        const ring = new SampledValues(16)
        for (const at of all.sort((a, b) => a - b)) ring.push({ at, code: 0, object: 0, value: 0 })
        const found = ring.firstAtOrAfter(time)
        for (let entry = ring.first; entry < ring.end; entry++)
          expect(ring.at(entry) >= time).toBe(entry >= found)
      }),
    )
  })
})

describe('operations of threads', () => {
  const log = new ActivityLog()
  log.accept(
    process(100, {
      threads: [thread(1, 'main'), thread(2, 'input')],
      objects: [object(70, 'Queue', { depth: 1 })],
      operations: [
        act(10, { value: 1 }),
        act(30, { value: 2 }),
        act(20, { thread: 2, act: 'get', value: 0 }),
      ],
      wakes: [{ thread: 1, sequence: 2, at: 10, woken: 2, object: 70, through: 'put' }],
    }),
  )

  test('are stored by thread', () => {
    const acts = log.operations(1)
    expect([acts?.first, acts?.end].map(Number)).toEqual([0, 2])
    expect(operationNames[log.operations(2)?.code(0) ?? 0]).toBe('get')
    expect(values(log.wakesByThread().get(1))).toEqual([[10, 2]])
  })

  test('give the object’s values over time, and samples add the rest', () =>
    expect(values(log.series(70))).toEqual([
      [10, 1],
      [20, 0],
      [30, 2],
      [100, 1],
    ]))

  test('without success give no value', () => {
    const failed = new ActivityLog()
    failed.accept(
      process(100, {
        objects: [object(70, 'Queue', { depth: 3 })],
        operations: [act(10, { value: operationFailed })],
      }),
    )
    expect(values(failed.series(70))).toEqual([[100, 3]])
  })

  test('that are read a second time are not added again', () => {
    const twice = new ActivityLog()
    const view = process(100, { operations: [act(10), act(30)] })
    twice.accept(view)
    twice.accept({ ...view, at: 200 })
    expect(values(twice.operations(1))).toHaveLength(2)
  })

  test('a copy does not change with the original', () => {
    const copy = log.clone()
    log.accept(process(200, { operations: [act(150, { value: 5 })] }))
    expect(copy.operations(1)?.end).toBe(2)
    expect(log.operations(1)?.end).toBe(3)
  })
})

test('the control of a thread is known from the sample that showed it', () => {
  const log = new ActivityLog()
  const sample = (at: number, rest: Parameters<typeof thread>[2]) =>
    log.accept(process(at, { threads: [thread(2, 'input', rest)] }))
  sample(10, {})
  sample(20, { control: 'paused' })
  sample(30, { control: 'paused', gate: { object: 70, act: 'get' } })
  sample(40, { control: 'paused', gate: { object: 70, act: 'get' } })
  sample(50, { slowness: 10 })
  sample(60, {})
  const holds = log.controlChanges(2)
  const codes = holds && Array.from({ length: holds.end }, (_, entry) => [holds.at(entry), holds.code(entry)])
  expect(codes).toEqual([
    [20, controlCode.paused],
    [30, controlCode.held],
    [50, controlCode.slowed],
    [60, controlCode.none],
  ])
})

describe('a series', () => {
  const ring = new SampledValues(16)
  for (const [at, value] of [
    [0, 1],
    [10, 4],
    [20, 2],
    [40, 9],
  ] as const)
    ring.push({ at, code: 0, object: 70, value })

  test('begins with the previous value, and its last value lasts to the end', () =>
    expect(seriesPoints(ring, { from: 5, to: 30 }, 30, 1)).toEqual({
      times: [5, 10, 20, 30],
      values: [1, 4, 2, 2],
      min: 1,
      max: 4,
      changes: 2,
    }))

  test('keeps of each column the first, the lowest, the highest and the last value, in order', () => {
    const busy = new SampledValues(64)
    const inColumns = [5, 7, 6, 9, 1, 4, 3, 3, 2, 8]
    for (const [index, value] of inColumns.entries())
      busy.push({ at: index * 10, code: 0, object: 70, value })
    expect(seriesPoints(busy, { from: 0, to: 100 }, 100, 60)).toEqual({
      times: [0, 30, 40, 50, 60, 80, 90, 100],
      values: [5, 9, 1, 4, 3, 2, 8, 8],
      min: 1,
      max: 9,
      changes: 10,
    })
  })

  test('is empty without values', () =>
    expect(seriesPoints(ring, { from: -20, to: -10 }, -10, 1).times).toEqual([]))

  test.each([
    [0, 1],
    [1, 1],
    [3, 4],
    [32, 40],
    [100, 100],
    [101, 200],
  ])('up to %d has a scale up to %d', (most, top) => expect(scaleTop(most)).toBe(top))
})

test('of several marks in one slot one is drawn, and all are counted', () => {
  const slots = new Thinning()
  const taken = [
    [0, 1],
    [0, 1],
    [1, 1],
    [0, 2],
    [0, 2],
  ].map(([row, slot]) => slots.claim(row ?? 0, slot ?? 0))
  expect(taken).toEqual([true, false, true, true, false])
  expect(slots.countFrom(0)).toEqual({ drawn: 3, total: 5 })
  expect(slots.countFrom(2)).toEqual({ drawn: 1, total: 2 })
})
