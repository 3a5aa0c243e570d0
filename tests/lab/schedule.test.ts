import type { ObjectKind, OperationEvent, StateEvent, WakeEvent } from '@skein/threading/inspect'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildSchedule, type RunRecording, type ScheduleStep } from '../../renderer/lab/run/schedule.ts'

const names = new Map([
  [1, 'main'],
  [2, 'one'],
  [3, 'two'],
])
const cell = 70
const lock = 71
const queue = 72
const event = 73
const kinds = new Map<number, ObjectKind>([
  [cell, 'Cell'],
  [lock, 'Lock'],
  [queue, 'Queue'],
  [event, 'Event'],
])

const operation = (
  thread: number,
  sequence: number,
  at: number,
  what: Pick<OperationEvent, 'act' | 'object' | 'value'>,
): OperationEvent => ({ thread, sequence, at, holding: 0, ...what })

const read = (value: number) => ({ act: 'read', object: cell, value }) as const
const write = (value: number) => ({ act: 'write', object: cell, value }) as const
const acquire = { act: 'acquire', object: lock, value: 1 } as const
const release = { act: 'release', object: lock, value: 0 } as const

const stepNames = (recording: Partial<RunRecording>): string[] =>
  buildSchedule({
    events: [],
    wakes: [],
    operations: [],
    userActions: [],
    names,
    kinds,
    maxSizes: new Map(),
    finalCells: [],
    ...recording,
  }).map(formatStep)

const formatStep = (step: ScheduleStep): string =>
  'action' in step ? `(${step.action})` : step.afterMain ? `${step.thread} after main` : step.thread

test('operations are ordered by time, and each thread keeps its own order', () => {
  const operations = [
    operation(2, 1, 10, read(0)),
    operation(2, 2, 30, write(1)),
    operation(3, 1, 20, read(0)),
    operation(3, 2, 40, write(1)),
  ]
  expect(stepNames({ operations })).toEqual(['one', 'two', 'one', 'two'])
})

test('a number is read after it was written, regardless of clock differences', () => {
  const operations = [
    operation(2, 1, 10, read(0)),
    operation(2, 2, 30, write(1)),
    // Reads what the other wrote, by a clock that is behind.
    operation(3, 1, 29, read(1)),
    operation(3, 2, 40, write(2)),
  ]
  expect(stepNames({ operations })).toEqual(['one', 'one', 'two', 'two'])
})

test('a number is read before it was overwritten, even if the reader noted the time only later', () => {
  const operations = [
    operation(2, 1, 10, read(0)),
    operation(2, 2, 30, write(1)),
    // It was read before the other wrote, and the thread lost its core before it noted the time.
    operation(3, 1, 32, read(0)),
    operation(3, 2, 40, write(1)),
  ]
  expect(stepNames({ operations })).toEqual(['one', 'two', 'one', 'two'])
})

test('writes without a read in between are ordered by what the cell held in the end', () => {
  const operations = [
    operation(2, 1, 10, read(0)),
    operation(2, 2, 20, write(1)),
    operation(2, 3, 21, read(1)),
    operation(3, 1, 22, read(1)),
    operation(2, 4, 30, write(2)),
    operation(2, 5, 31, read(2)),
    operation(2, 6, 41, write(3)),
    operation(3, 2, 40, write(2)),
  ]
  const orderFor = (value: number, lost: number) =>
    stepNames({ operations, finalCells: [{ id: cell, value, lost }] }).join(' ')
  expect(orderFor(2, 1)).toBe('one one one two one one one two')
  expect(orderFor(3, 2)).toBe('one one one two one one two one')
})

/** Threads that add 1 to a number without a lock, in the order of `turns`. */
class Adders {
  readonly #seen = new Map<number, { readonly value: number; readonly writes: number }>()
  #writes = 0
  value = 0
  lost = 0

  takeTurn(thread: number): ReturnType<typeof read> | ReturnType<typeof write> {
    const seen = this.#seen.get(thread)
    if (seen === undefined) {
      this.#seen.set(thread, { value: this.value, writes: this.#writes })
      return read(this.value)
    }
    this.#seen.delete(thread)
    if (seen.writes !== this.#writes) this.lost++
    this.#writes++
    this.value = seen.value + 1
    return write(this.value)
  }
}

test('a replay loses the same updates, however late the threads noted the times', () => {
  const turns = fc.array(fc.record({ thread: fc.integer({ min: 2, max: 4 }), delay: fc.nat({ max: 4 }) }), {
    maxLength: 120,
  })
  fc.assert(
    fc.property(turns, (recorded) => {
      const original = new Adders()
      const last = new Map<number, number>()
      const operations = recorded.map(({ thread, delay }, index) => {
        const at = Math.max(index + delay, last.get(thread) ?? 0)
        last.set(thread, at)
        return operation(thread, index, at, original.takeTurn(thread))
      })
      const { value, lost } = original
      const schedule = stepNames({
        operations,
        names: new Map([...names, [4, 'three']]),
        finalCells: [{ id: cell, value, lost }],
      })
      const replayed = new Adders()
      for (const name of schedule) replayed.takeTurn(['one', 'two', 'three'].indexOf(name))
      expect(replayed).toMatchObject({ value, lost })
    }),
    { seed: 10, numRuns: 200 },
  )
})

test('a lock is acquired after it was released, regardless of clock differences', () => {
  const operations = [
    operation(2, 1, 10, acquire),
    operation(2, 2, 30, release),
    operation(3, 1, 29, acquire),
    operation(3, 2, 40, release),
  ]
  expect(stepNames({ operations })).toEqual(['one', 'one', 'two', 'two'])
})

test('no wait ends before the operation that ended it', () => {
  const wake: WakeEvent = { thread: 2, sequence: 1, at: 30, woken: 3, object: queue, through: 'put' }
  const end: StateEvent = {
    thread: 3,
    sequence: 1,
    afterGap: false,
    at: 20,
    state: 'Runnable',
    object: queue,
    operation: 'get',
    by: 2,
  }
  const operations = [
    operation(2, 0, 29, read(0)),
    // A put records its operation after the wake.
    operation(2, 2, 32, { act: 'put', object: queue, value: 0 }),
    operation(3, 2, 21, { act: 'get', object: queue, value: 0 }),
    operation(3, 3, 22, read(0)),
  ]
  expect(stepNames({ operations, wakes: [wake], events: [end] })).toEqual(['one', 'one', 'two', 'two'])
  const withoutPut = operations.filter(({ act }) => act !== 'put')
  expect(stepNames({ operations: withoutPut, wakes: [wake], events: [end] })).toEqual(['one', 'two', 'two'])
})

const waitEvent = (
  thread: number,
  sequence: number,
  at: number,
  what: Pick<StateEvent, 'state' | 'object' | 'operation'>,
): StateEvent => ({ thread, sequence, at, afterGap: false, by: 0, ...what })
const runEvent = (thread: number, sequence: number, at: number, object: number, by: number): StateEvent => ({
  ...waitEvent(thread, sequence, at, { state: 'Runnable', object, operation: undefined }),
  by,
})

test('a wait for an event is scheduled where it began', () => {
  const events = [
    waitEvent(2, 1, 10, { state: 'Waiting', object: event, operation: 'wait' }),
    waitEvent(3, 1, 20, { state: 'Waiting', object: event, operation: 'wait' }),
    runEvent(2, 2, 40, event, 1),
    runEvent(3, 2, 30, event, 1),
  ]
  const done = { act: 'wait', object: event, value: 1 } as const
  const operations = [
    operation(2, 3, 41, done),
    operation(3, 3, 31, done),
    operation(3, 4, 32, read(0)),
    operation(3, 5, 33, write(1)),
  ]
  expect(stepNames({ events, operations })).toEqual(['one', 'two', 'two after main', 'two'])
})

test('an item is taken after it was put, and put when there is room, regardless of clock differences', () => {
  const put = { act: 'put', object: queue, value: 1 } as const
  const get = { act: 'get', object: queue, value: 0 } as const
  const operations = [
    operation(2, 1, 10, put),
    operation(2, 2, 20, put),
    operation(3, 1, 9, get),
    operation(3, 2, 30, get),
  ]
  expect(stepNames({ operations, maxSizes: new Map([[queue, 1]]) })).toEqual(['one', 'two', 'one', 'two'])
  expect(stepNames({ operations })).toEqual(['one', 'two', 'one', 'two'])
})

test('a contended lock is scheduled where it was acquired, or where the wait began if it never was', () => {
  const blocked = { state: 'Blocked', object: lock, operation: 'acquire' } as const
  const events = [waitEvent(3, 1, 11, blocked), runEvent(3, 2, 30, lock, 2), waitEvent(2, 3, 32, blocked)]
  const operations = [
    operation(2, 1, 10, acquire),
    operation(2, 2, 29, release),
    operation(3, 3, 31, acquire),
    operation(3, 4, 40, read(0)),
  ]
  expect(stepNames({ events, operations })).toEqual(['one', 'one', 'two', 'one', 'two'])
})

test('operations of main are no steps; user actions are', () => {
  const operations = [
    operation(1, 1, 5, write(7)),
    operation(2, 1, 10, read(7)),
    operation(2, 2, 30, write(8)),
  ]
  expect(stepNames({ operations, userActions: [{ action: 'set', at: 20 }] })).toEqual(['one', '(set)', 'one'])
})
