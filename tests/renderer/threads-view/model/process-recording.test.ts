import type { OperationEvent, WakeEvent } from '@skein/threading/inspect'
import { describe, expect, test } from 'vitest'
import { ProcessRecording } from '../../../../renderer/threads-view/model/process-recording.ts'
import { event, object, process, thread } from '../fixtures/view-builders.ts'

const act = (sequence: number, at: number, rest: Partial<OperationEvent> = {}): OperationEvent => ({
  thread: 1,
  sequence,
  at,
  object: 70,
  act: 'put',
  value: 1,
  holding: 0,
  ...rest,
})

const wake = (sequence: number, at: number, rest: Partial<WakeEvent> = {}): WakeEvent => ({
  thread: 1,
  sequence,
  at,
  woken: 2,
  object: 70,
  through: 'put',
  ...rest,
})

const start = 1_790_000_000_000

describe('events', () => {
  test('are read in the order of their arrival', () => {
    const recording = new ProcessRecording('player')
    const events = [
      event(1, start, 'Waiting', { object: 70, operation: 'get' }),
      event(4, start + 3, 'Runnable', { object: 70, by: 2, afterGap: true }),
    ]
    const wakes = [wake(2, start + 1)]
    const acts = [act(3, start + 2, { act: 'acquire', value: -0x8000_0000, holding: 71 })]
    recording.accept(process(start + 4, { events, wakes, operations: acts }))
    expect(recording.between(start, start + 4)).toEqual([events[0], wakes[0], acts[0], events[1]])
    expect(recording.between(start + 1, start + 2)).toEqual([wakes[0], acts[0]])
  })

  test('that a new reader returns a second time are recorded once', () => {
    const recording = new ProcessRecording('player')
    const events = [event(1, start, 'Waiting'), event(2, start + 1, 'Runnable')]
    recording.accept(process(start + 1, { events }))
    recording.accept(process(start + 3, { events: [...events, event(3, start + 2, 'Waiting')] }))
    expect(recording.between(0, start + 10).map((one) => one.sequence)).toEqual([1, 2, 3])
  })

  test('are dropped and counted from the oldest when there are too many', () => {
    const recording = new ProcessRecording('player', { events: 2 ** 15 })
    const acts = Array.from({ length: 3 * 2 ** 14 }, (_, index) => act(index + 1, start + index / 1000))
    for (let first = 0; first < acts.length; first += 64) {
      recording.accept(process(start + first / 1000, { operations: acts.slice(first, first + 64) }))
    }
    expect(recording.events.dropped).toBe(2 ** 14)
    const kept = recording.between(0, start + 1000)
    expect([kept.length, kept[0]?.sequence]).toEqual([2 ** 15, 2 ** 14 + 1])
  })
})

describe('a moment', () => {
  const waiting = { object: 70, operation: 'get' } as const

  test('shows threads and objects as they were sampled, and nothing later', () => {
    const recording = new ProcessRecording('player')
    const main = thread(1, 'main')
    recording.accept(process(start, { threads: [main], objects: [object(70, 'Queue', { depth: 0 })] }))
    recording.accept(
      process(start + 100, {
        threads: [main, thread(2, 'input', { state: 'Waiting', since: start + 90, waiting })],
        objects: [object(70, 'Queue', { depth: 3, waiters: [2] })],
      }),
    )
    recording.accept(process(start + 200, { threads: [main], objects: [] }))
    expect(recording.at(start + 50)).toMatchObject({ threads: [{ id: 1 }], objects: [{ depth: 0 }] })
    expect(recording.at(start + 150)).toMatchObject({
      at: start + 150,
      threads: [{ id: 1 }, { id: 2, state: 'Waiting' }],
      objects: [{ depth: 3, waiters: [2] }],
    })
    expect(recording.at(start + 200)).toMatchObject({ threads: [{ id: 1 }], objects: [] })
  })

  test('between two samples shows the state of the events', () => {
    const recording = new ProcessRecording('player')
    const threads = [thread(2, 'input', { state: 'Waiting', since: start - 5, waiting })]
    recording.accept(process(start, { threads, objects: [object(70, 'Queue', { depth: 0, waiters: [2] })] }))
    const later = {
      threads: [thread(2, 'input', { state: 'Waiting', since: start + 40, waiting })],
      objects: [object(70, 'Queue', { depth: 0, waiters: [2] })],
      events: [
        event(5, start + 30, 'Runnable', { thread: 2, object: 70, by: 1 }),
        event(7, start + 40, 'Waiting', { thread: 2, object: 70, operation: 'get' }),
      ],
      operations: [act(9, start + 29, { value: 1 }), act(6, start + 31, { thread: 2, act: 'get', value: 0 })],
    }
    recording.accept(process(start + 50, later))
    expect(recording.at(start + 29.5).objects[0]).toMatchObject({ depth: 1, waiters: [2] })
    const woken = recording.at(start + 35)
    expect(woken.threads[0]).toMatchObject({
      state: 'Runnable',
      since: start + 30,
      waiting: undefined,
      wokenBy: { thread: 1, object: 70 },
    })
    expect(woken.objects[0]).toMatchObject({ depth: 0, waiters: [] })
    expect(recording.at(start + 45).threads[0]).toMatchObject({
      state: 'Waiting',
      since: start + 40,
      waiting,
    })
    expect(recording.at(start + 45).objects[0]).toMatchObject({ waiters: [2] })
  })

  test('can be as old as the recorded changes', () => {
    const recording = new ProcessRecording('player', { changes: 1024 })
    for (let sample = 0; sample < 5000; sample++) {
      recording.accept(process(start + sample, { objects: [object(70, 'Queue', { depth: sample })] }))
    }
    const from = recording.from ?? 0
    expect(from).toBeGreaterThan(start + 3000)
    expect(recording.at(from).objects[0]?.depth).toBe(from - start)
    expect(recording.at(start + 4500).objects[0]?.depth).toBe(4500)
  })

  test('cannot be older than a minute', () => {
    const recording = new ProcessRecording('player')
    for (let second = 0; second <= 300; second++) {
      recording.accept(
        process(start + second * 1000, { threads: [thread(1, 'main', { since: start + second * 1000 })] }),
      )
    }
    expect([recording.from, recording.to]).toEqual([start + 240_000, start + 300_000])
    expect(recording.at(start + 250_500).threads[0]?.since).toBe(start + 250_000)
  })
})

test('recording the samples of a recording gives the same recording', () => {
  const recording = new ProcessRecording('player')
  const queue = (depth: number) => [object(70, 'Queue', { depth })]
  recording.accept(process(start, { threads: [thread(1, 'main')], objects: queue(0) }))
  recording.accept(
    process(start + 50, {
      threads: [thread(1, 'main')],
      objects: queue(2),
      operations: [act(1, start + 20), act(2, start + 30, { value: 2 })],
      wakes: [wake(3, start + 30)],
    }),
  )
  recording.accept(process(start + 100, { objects: queue(2), events: [event(4, start + 60, 'Terminated')] }))
  const again = new ProcessRecording('player')
  for (const view of recording.views()) again.accept(view)
  expect([...again.views()]).toEqual([...recording.views()])
  expect(again.at(start + 55)).toEqual(recording.at(start + 55))
})

test('a copy does not change with the recording', () => {
  const recording = new ProcessRecording('player')
  recording.accept(
    process(start, { objects: [object(70, 'Queue', { depth: 1 })], operations: [act(1, start)] }),
  )
  const copy = recording.clone()
  const before = [...copy.views()]
  for (let sample = 1; sample < 40_000; sample++) {
    const at = start + sample * 10
    recording.accept(
      process(at, { objects: [object(70, 'Queue', { depth: sample })], operations: [act(sample + 1, at)] }),
    )
  }
  expect([...copy.views()]).toEqual(before)
  expect(copy.at(start).objects[0]?.depth).toBe(1)
})
