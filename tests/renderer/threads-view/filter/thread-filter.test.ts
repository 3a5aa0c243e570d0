import type { OperationEvent } from '@skein/threading/inspect'
import { describe, expect, test } from 'vitest'
import { queryEvents } from '../../../../renderer/threads-view/events/event-query.ts'
import {
  noFilter,
  type ThreadFilter,
  threadMatches,
} from '../../../../renderer/threads-view/filter/thread-filter.ts'
import { ThreadsModel } from '../../../../renderer/threads-view/model/threads-model.ts'
import { event, object, process, thread } from '../fixtures/view-builders.ts'

const put = (at: number, value: number): OperationEvent => ({
  thread: 2,
  sequence: at,
  at,
  object: 70,
  act: 'put',
  value,
  holding: 0,
})

const model = new ThreadsModel(['player'])
model.accept(
  process(1_000, {
    threads: [
      thread(1, 'playback', { state: 'Waiting', since: 600, waiting: { object: 70, operation: 'get' } }),
      thread(2, 'input', { since: 100 }),
    ],
    objects: [
      object(70, 'Queue', { name: 'commands', depth: 0 }),
      object(71, 'Lock', { name: 'playerState' }),
    ],
    events: [
      event(1, 100, 'Waiting', { object: 70, operation: 'get' }),
      event(2, 500, 'Runnable', { object: 70, by: 2 }),
      event(3, 550, 'Blocked', { object: 71, operation: 'acquire' }),
      event(4, 560, 'Runnable', { object: 71, by: 2 }),
      event(5, 600, 'Waiting', { object: 70, operation: 'get' }),
      event(1, 100, 'Runnable', { thread: 2 }),
    ],
    operations: [put(500, 1), put(700, 1)],
    wakes: [{ thread: 2, sequence: 9, at: 500, woken: 1, object: 70, through: 'put' }],
  }),
)
const all = { from: 0, to: 1_000 }
const { groups } = model.layout()

const matching = (change: Partial<ThreadFilter>, shown = all): string[] => {
  const player = model.scene().processes[0]
  return (groups[0]?.threads ?? [])
    .filter((key) => player && threadMatches({ ...noFilter, ...change }, player, key, shown, 1_000))
    .map(({ name }) => name)
}

describe('a filter', () => {
  test('by name matches any part of it, in any case', () => {
    expect(matching({})).toEqual(['input', 'playback'])
    expect(matching({ text: ' PLAY' })).toEqual(['playback'])
    expect(matching({ text: 'nobody' })).toEqual([])
  })

  test('by object matches threads that wait for it or operate on it', () => {
    expect(matching({ object: { process: 'player', id: 70 } })).toEqual(['input', 'playback'])
    expect(matching({ object: { process: 'player', id: 71 } })).toEqual(['playback'])
    expect(matching({ object: { process: 'host', id: 70 } })).toEqual([])
  })

  test('by state matches threads that were in one of the states in the time shown', () => {
    expect(matching({ states: ['Blocked'] })).toEqual(['playback'])
    expect(matching({ states: ['Blocked'] }, { from: 600, to: 1_000 })).toEqual([])
    expect(matching({ states: ['Blocked', 'Runnable'] }, { from: 600, to: 1_000 })).toEqual(['input'])
  })

  test('by duration matches states that lasted long enough, ended or not', () => {
    expect(matching({ states: ['Waiting'], minDuration: 390 })).toEqual(['playback'])
    expect(matching({ states: ['Waiting'], minDuration: 401 })).toEqual([])
    expect(matching({ states: ['Blocked'], minDuration: 10 })).toEqual(['playback'])
    expect(matching({ states: ['Blocked'], minDuration: 10.5 })).toEqual([])
  })
})

describe('the table of events', () => {
  const gather = (change: Partial<ThreadFilter> = {}, shown = all, maxCount = 100) =>
    queryEvents(model.scene(), groups, { ...noFilter, ...change }, shown, maxCount)
  const brief = ({ rows }: ReturnType<typeof gather>) =>
    rows.map((row) => [row.at, row.thread, row.what].join(' '))

  test('has states, operations and wakes of all threads, newest first', () => {
    const { rows, total: count } = gather()
    expect(count).toBe(9)
    expect(rows.map(({ at }) => at)).toEqual([700, 600, 560, 550, 500, 500, 500, 100, 100])
    expect(rows[0]).toMatchObject({
      thread: 'input',
      what: 'put: 1 item afterwards',
      object: 'Queue commands',
    })
    expect(rows[2]).toMatchObject({
      thread: 'playback',
      what: 'Runnable',
      object: 'Lock playerState',
      by: 'input',
    })
    expect(brief({ rows, total: count })).toContain('500 input wakes playback (put)')
  })

  test('has a maximum length, and counts the rest', () => {
    const { rows, total: count } = gather({}, all, 2)
    expect(rows.map(({ at }) => at)).toEqual([700, 600])
    expect(count).toBe(9)
  })

  test('has only events within the time shown', () =>
    expect(gather({}, { from: 540, to: 600 }).rows.map(({ at }) => at)).toEqual([600, 560, 550]))

  test('follows the filter', () => {
    expect(brief(gather({ object: { process: 'player', id: 71 } }))).toEqual([
      '560 playback Runnable',
      '550 playback Blocked (acquire)',
    ])
    expect(brief(gather({ minDuration: 399 }))).toEqual([
      '600 playback Waiting (get)',
      '100 input Runnable',
      '100 playback Waiting (get)',
    ])
  })
})
