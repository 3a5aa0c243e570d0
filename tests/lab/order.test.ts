import { expect, test } from 'vitest'
import { orderOf, type Recording, type Step } from '../../renderer/lab/order.ts'
import type { ActEvent, ObjectKind, TraceEvent, WakeEvent } from '../../shared/threading/index.ts'

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

const act = (
  thread: number,
  sequence: number,
  at: number,
  what: Pick<ActEvent, 'act' | 'object' | 'value'>,
): ActEvent => ({ thread, sequence, at, holding: 0, ...what })

const read = (value: number) => ({ act: 'read', object: cell, value }) as const
const write = (value: number) => ({ act: 'write', object: cell, value }) as const
const acquire = { act: 'acquire', object: lock, value: 1 } as const
const release = { act: 'release', object: lock, value: 0 } as const

const order = (recording: Partial<Recording>): string[] =>
  orderOf({ events: [], wakes: [], acts: [], doings: [], names, kinds, bounds: new Map(), ...recording }).map(
    word,
  )

const word = (step: Step): string =>
  'action' in step ? `(${step.action})` : step.afterMain ? `${step.thread} after main` : step.thread

test('operations come in the order of their times, each thread’s in their own', () => {
  const acts = [
    act(2, 1, 10, read(0)),
    act(2, 2, 30, write(1)),
    act(3, 1, 20, read(0)),
    act(3, 2, 40, write(1)),
  ]
  expect(order({ acts })).toEqual(['one', 'two', 'one', 'two'])
})

test('a number is read after it was written, whatever the clocks say', () => {
  const acts = [
    act(2, 1, 10, read(0)),
    act(2, 2, 30, write(1)),
    // Read what the other wrote, by a clock that is behind.
    act(3, 1, 29, read(1)),
    act(3, 2, 40, write(2)),
  ]
  expect(order({ acts })).toEqual(['one', 'one', 'two', 'two'])
})

test('a lock is taken after it was given back, whatever the clocks say', () => {
  const acts = [
    act(2, 1, 10, acquire),
    act(2, 2, 30, release),
    act(3, 1, 29, acquire),
    act(3, 2, 40, release),
  ]
  expect(order({ acts })).toEqual(['one', 'one', 'two', 'two'])
})

test('no wait ends before the operation that ended it', () => {
  const wake: WakeEvent = { thread: 2, sequence: 1, at: 30, woken: 3, object: queue, through: 'put' }
  const end: TraceEvent = {
    thread: 3,
    sequence: 1,
    afterGap: false,
    at: 20,
    state: 'Runnable',
    object: queue,
    operation: 'get',
    by: 2,
  }
  const acts = [
    act(2, 0, 29, read(0)),
    // A put tells what it did after it has woken.
    act(2, 2, 32, { act: 'put', object: queue, value: 0 }),
    act(3, 2, 21, { act: 'get', object: queue, value: 0 }),
    act(3, 3, 22, read(0)),
  ]
  expect(order({ acts, wakes: [wake], events: [end] })).toEqual(['one', 'one', 'two', 'two'])
  const alone = acts.filter(({ act }) => act !== 'put')
  expect(order({ acts: alone, wakes: [wake], events: [end] })).toEqual(['one', 'two', 'two'])
})

const waits = (
  thread: number,
  sequence: number,
  at: number,
  what: Pick<TraceEvent, 'state' | 'object' | 'operation'>,
): TraceEvent => ({ thread, sequence, at, afterGap: false, by: 0, ...what })
const runs = (thread: number, sequence: number, at: number, object: number, by: number): TraceEvent => ({
  ...waits(thread, sequence, at, { state: 'Runnable', object, operation: undefined }),
  by,
})

test('a wait for an event stands where it began', () => {
  const events = [
    waits(2, 1, 10, { state: 'Waiting', object: event, operation: 'wait' }),
    waits(3, 1, 20, { state: 'Waiting', object: event, operation: 'wait' }),
    runs(2, 2, 40, event, 1),
    runs(3, 2, 30, event, 1),
  ]
  const done = { act: 'wait', object: event, value: 1 } as const
  const acts = [act(2, 3, 41, done), act(3, 3, 31, done), act(3, 4, 32, read(0)), act(3, 5, 33, write(1))]
  expect(order({ events, acts })).toEqual(['one', 'two', 'two after main', 'two'])
})

test('an item is taken after it was put, and put when there is room, whatever the clocks say', () => {
  const put = { act: 'put', object: queue, value: 1 } as const
  const get = { act: 'get', object: queue, value: 0 } as const
  const acts = [act(2, 1, 10, put), act(2, 2, 20, put), act(3, 1, 9, get), act(3, 2, 30, get)]
  expect(order({ acts, bounds: new Map([[queue, 1]]) })).toEqual(['one', 'two', 'one', 'two'])
  expect(order({ acts })).toEqual(['one', 'two', 'one', 'two'])
})

test('a lock that is waited for is acquired where it was, and tried for where it never was', () => {
  const blocked = { state: 'Blocked', object: lock, operation: 'acquire' } as const
  const events = [waits(3, 1, 11, blocked), runs(3, 2, 30, lock, 2), waits(2, 3, 32, blocked)]
  const acts = [
    act(2, 1, 10, acquire),
    act(2, 2, 29, release),
    act(3, 3, 31, acquire),
    act(3, 4, 40, read(0)),
  ]
  expect(order({ events, acts })).toEqual(['one', 'one', 'two', 'one', 'two'])
})

test('what main did is no step; what the user did has its place', () => {
  const acts = [act(1, 1, 5, write(7)), act(2, 1, 10, read(7)), act(2, 2, 30, write(8))]
  expect(order({ acts, doings: [{ action: 'set', at: 20 }] })).toEqual(['one', '(set)', 'one'])
})
