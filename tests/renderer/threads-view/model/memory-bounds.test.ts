import type { OperationEvent, StateEvent } from '@skein/threading/inspect'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TimeShareMeter } from '../../../../renderer/threads-view/model/cost.ts'
import { eventBytes, maxEvents } from '../../../../renderer/threads-view/model/event-ring.ts'
import { ProcessModel } from '../../../../renderer/threads-view/model/process-model.ts'
import { SegmentBudget, ThreadHistory } from '../../../../renderer/threads-view/model/thread-history.ts'
import { PointBudget, ValueSeries } from '../../../../renderer/threads-view/model/value-series.ts'
import { event, object, process, thread } from '../fixtures/view-builders.ts'

const start = 1_790_000_000_000

/** Views of `threads` busy threads, `looks` of them `step` ms apart, each with `each` events and acts of each thread. */
function* busy(looks: number, step: number, threads: number, each: number) {
  const sequences = new Float64Array(threads + 1)
  for (let look = 1; look <= looks; look++) {
    const at = start + look * step
    const events: StateEvent[] = []
    const acts: OperationEvent[] = []
    for (let id = 1; id <= threads; id++) {
      for (let number = 0; number < each; number++) {
        const common = { thread: id, at: at - step + (number * step) / each, object: 70 }
        const state = number % 2 === 0 ? 'Waiting' : 'Runnable'
        sequences[id]! += 2
        events.push(event(sequences[id]! - 1, common.at, state, { ...common, operation: 'get' }))
        acts.push({ ...common, sequence: sequences[id]!, act: 'put', value: number, holding: 0 })
      }
    }
    const shown = Array.from({ length: threads }, (_, index) =>
      thread(index + 1, `worker-${index}`, { since: at }),
    )
    yield process(at, {
      threads: shown,
      objects: [object(70, 'Queue', { depth: look % 10 })],
      events,
      operations: acts,
    })
  }
}

test('an hour takes no more memory than its first minute', () => {
  const model = new ProcessModel('player')
  const sizes: number[] = []
  let look = 0
  // An hour of 1000 looks a minute, each with 200 events: 12 million.
  for (const view of busy(60_000, 60, 20, 5)) {
    model.accept(view)
    if (++look % 1000 === 0) sizes.push(model.bytes)
  }
  expect(sizes).toHaveLength(60)
  const afterTwo = sizes[1] ?? 0
  expect(Math.max(...sizes)).toBeLessThanOrEqual(afterTwo * 1.1)
  // What lies in a minute: 200,000 events, and at most two chunks more.
  expect(model.recording.events.bytes).toBeLessThan((200_000 + 2 * 2 ** 14) * eventBytes)
  expect(model.recording.events.dropped).toBe(0)
  expect(model.recording.at(start + 3_590_000).threads).toHaveLength(20)
})

test('more events than fit are dropped and counted, and the memory stays in its bound', () => {
  const model = new ProcessModel('player')
  let count = 0
  for (const view of busy(900, 60, 20, 100)) {
    model.accept(view)
    count += view.events.length + view.operations.length
  }
  const { events } = model.recording
  expect(count).toBeGreaterThan(maxEvents)
  expect(events.bytes).toBe(maxEvents * eventBytes)
  expect(events.end - events.first + events.dropped).toBe(count)
  expect(events.dropped).toBeGreaterThan(0)
})

describe('a thread’s history', () => {
  test('grows to hold what happens, and shows a former moment', () => {
    const history = new ThreadHistory()
    for (let segment = 0; segment < 10_000; segment++) {
      history.record(event(segment + 1, start + segment, segment % 2 ? 'Runnable' : 'Waiting'))
    }
    expect([history.first, history.end]).toEqual([0, 10_000])
    expect(history.start(1234)).toBe(start + 1234)
    const then = history.clippedTo(start + 99.5)
    expect([then.first, then.end, then.start(99)]).toEqual([0, 100, start + 99])
  })

  test('stays at its size when all histories together have no more to grow by', () => {
    const budget = new SegmentBudget()
    expect(budget.reserve(2 ** 21)).toBe(true)
    const history = new ThreadHistory(undefined, budget)
    for (let segment = 0; segment < 1000; segment++) {
      history.record(event(segment + 1, start + segment, segment % 2 ? 'Runnable' : 'Waiting'))
    }
    expect([history.first, history.end]).toEqual([744, 1000])
    expect(history.start(999)).toBe(start + 999)
  })
})

describe('a number over time', () => {
  const changes = fc.array(
    fc.record({ wait: fc.double({ min: 0, max: 30, noNaN: true }), value: fc.integer() }),
    {
      maxLength: 300,
    },
  )

  test('thinned, keeps the first, last, least and greatest of every step, in their order', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const series = new ValueSeries(new PointBudget())
        let at = start
        const points = list.map(({ wait, value }) => {
          at += wait
          series.add(at, value)
          return { at, value }
        })
        const { times, values } = series.between(start - 1, at)
        expect([...times]).toEqual([...times].sort((one, other) => one - other))
        const bySteps = new Map<number, number[]>()
        let before: number | undefined
        for (const point of points) {
          if (point.value === before) continue
          before = point.value
          const step = Math.floor(point.at / 10)
          bySteps.set(step, [...(bySteps.get(step) ?? []), point.value])
        }
        for (const [step, given] of bySteps) {
          const kept = [...values].filter((_, index) => Math.floor((times[index] ?? 0) / 10) === step)
          expect(kept.length).toBeLessThanOrEqual(4)
          expect(kept).toContain(Math.min(...given))
          expect(kept).toContain(Math.max(...given))
          expect(kept[0]).toBe(given[0])
          expect(kept.at(-1)).toBe(given.at(-1))
        }
      }),
    )
  })

  test('takes of a shared budget, and then keeps the newest', () => {
    const budget = new PointBudget(48)
    const [one, other] = [new ValueSeries(budget), new ValueSeries(budget)]
    for (let second = 0; second < 100; second++) {
      one.add(start + second * 1000, second)
      other.add(start + second * 1000, second)
    }
    expect([one.capacity + other.capacity, budget.remaining]).toEqual([48, 0])
    expect(one.between(start + 99_000, start + 99_000).values.at(-1)).toBe(99)
    expect(other.at(start + 99_500)).toBe(99)
    one.release()
    expect(budget.remaining).toBe(48 - other.capacity)
  })
})

describe('what watching costs', () => {
  test('is a share of the last seconds', () => {
    const cost = new TimeShareMeter()
    expect(cost.share(0)).toBeUndefined()
    for (let now = 0; now <= 10_000; now += 20) cost.add(now, 1)
    expect(cost.share(10_000)).toBeCloseTo(0.05, 2)
    expect(cost.share(12_000)).toBeLessThan(0.04)
    expect(cost.share(60_000)).toBe(0)
  })
})
