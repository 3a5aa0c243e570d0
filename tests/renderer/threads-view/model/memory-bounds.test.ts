import type { OperationEvent, StateEvent } from '@skein/threading/inspect'
import { describe, expect, test } from 'vitest'
import { TimeShareMeter } from '../../../../renderer/threads-view/model/cost.ts'
import { eventBytes, maxEvents } from '../../../../renderer/threads-view/model/event-store.ts'
import { ProcessModel } from '../../../../renderer/threads-view/model/process-model.ts'
import { ThreadHistory } from '../../../../renderer/threads-view/model/thread-history.ts'
import { event, object, process, thread } from '../fixtures/view-builders.ts'

const start = 1_790_000_000_000

/**
 * Returns `count` views of `threads` busy threads, `step` ms apart, with `each` states and operations per
 * thread.
 */
function* busy(count: number, step: number, threads: number, each: number) {
  const sequences = new Float64Array(threads + 1)
  for (let sample = 1; sample <= count; sample++) {
    const at = start + sample * step
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
      objects: [object(70, 'Queue', { depth: sample % 10 })],
      events,
      operations: acts,
    })
  }
}

test('an hour needs no more memory than its first minute', () => {
  const model = new ProcessModel('player')
  const sizes: number[] = []
  let sample = 0
  // An hour with 1000 samples a minute of 200 events each: 12 million events.
  for (const view of busy(60_000, 60, 20, 5)) {
    model.accept(view)
    if (++sample % 1000 === 0) sizes.push(model.bytes)
  }
  expect(sizes).toHaveLength(60)
  const afterTwo = sizes[1] ?? 0
  expect(Math.max(...sizes)).toBeLessThanOrEqual(afterTwo * 1.1)
  // The events of a minute: 200,000, and at most two chunks more.
  expect(model.recording.events.bytes).toBeLessThan((200_000 + 2 * 2 ** 14) * eventBytes)
  expect(model.recording.events.dropped).toBe(0)
  expect(model.recording.at(start + 3_590_000).threads).toHaveLength(20)
  // It only computes. A busy machine takes minutes for what takes seconds otherwise.
}, 600_000)

test('excess events are dropped and counted, and the memory stays bounded', () => {
  const model = new ProcessModel('player')
  let count = 0
  for (const view of busy(900, 60, 20, 100)) {
    model.accept(view)
    count += view.events.length + view.operations.length
  }
  const { events } = model.recording
  expect(count).toBeGreaterThan(maxEvents)
  expect(events.bytes).toBe(maxEvents * eventBytes)
  let reported = 0
  for (let number = events.first; number < events.end; number++) if (!events.isInferred(number)) reported++
  expect(reported + events.dropped).toBe(count)
  expect(events.dropped).toBeGreaterThan(0)
})

describe('a thread’s history', () => {
  test('grows with the events, and shows a past moment', () => {
    const history = new ThreadHistory()
    for (let segment = 0; segment < 10_000; segment++) {
      history.record(event(segment + 1, start + segment, segment % 2 ? 'Runnable' : 'Waiting'))
    }
    expect([history.first, history.end]).toEqual([0, 10_000])
    expect(history.start(1234)).toBe(start + 1234)
    const then = history.clippedTo(start + 99.5)
    expect([then.first, then.end, then.start(99)]).toEqual([0, 100, start + 99])
  })
})

test('the state of an idle thread stays when the events around it are dropped', () => {
  const model = new ProcessModel('player')
  const resting = event(1, start, 'Waiting', { thread: 99, object: 70, operation: 'get', by: 0 })
  for (const view of busy(2000, 60, 20, 5)) {
    const isFirst = view.at === start + 60
    const threads = [...view.threads, thread(99, 'resting', { state: 'Waiting', since: start })]
    model.accept({ ...view, threads, events: isFirst ? [...view.events, resting] : view.events })
  }
  const history = model.history(99)
  expect(model.recording.events.first).toBeGreaterThan(0)
  expect([history?.first, history?.end, history?.start(0), history?.object(0)]).toEqual([0, 1, start, 70])
  const reported = model.recording.between(start, start + 120_000)
  expect(reported.every(({ thread: id }) => id !== 99)).toBe(true)
})

describe('the cost of watching', () => {
  test('is a share of the last seconds', () => {
    const cost = new TimeShareMeter()
    expect(cost.share(0)).toBeUndefined()
    for (let now = 0; now <= 10_000; now += 20) cost.add(now, 1)
    expect(cost.share(10_000)).toBeCloseTo(0.05, 2)
    expect(cost.share(12_000)).toBeLessThan(0.04)
    expect(cost.share(60_000)).toBe(0)
  })
})
