import type { OperationEvent, WakeEvent } from '@skein/threading/inspect'
import { expect, test } from 'vitest'
import { ViewBacklog } from '../../../electron/web/view-backlog.ts'
import { event, process, thread } from '../../renderer/threads-view/fixtures/view-builders.ts'

const threads = [thread(1, 'main'), thread(2, 'scan-1')]

const operationEvent = (sequence: number, at: number, of = 1): OperationEvent => ({
  thread: of,
  sequence,
  at,
  object: 7,
  act: 'read',
  value: 0,
  holding: 0,
})
const wakeEvent = (sequence: number, at: number): WakeEvent => ({
  thread: 1,
  sequence,
  at,
  woken: 2,
  object: 7,
  through: 'set',
})

const numbers = (happened: readonly { readonly sequence: number }[] | undefined) =>
  happened?.map(({ sequence }) => sequence)

test('a view that can be sent immediately is sent unchanged, once', () => {
  const backlog = new ViewBacklog()
  const view = process(10, { threads, events: [event(1, 5, 'Waiting')], unrecordedCount: 3, dropped: 2 })
  backlog.add(view)
  expect(backlog.take()).toEqual(view)
  expect(backlog.take()).toBeUndefined()
})

test('of the views that had to wait, the newest is sent with all events since, in order', () => {
  const backlog = new ViewBacklog()
  backlog.add(
    process(10, {
      events: [event(1, 5, 'Waiting')],
      wakes: [wakeEvent(2, 6)],
      operations: [operationEvent(3, 7)],
    }),
  )
  backlog.add(process(20, { operations: [operationEvent(4, 15)], unrecordedCount: 1 }))
  backlog.add(
    process(30, {
      threads,
      events: [event(5, 25, 'Runnable')],
      wakes: [wakeEvent(6, 26)],
      unrecordedCount: 4,
    }),
  )
  expect(backlog.take()).toEqual(
    process(30, {
      threads,
      events: [event(1, 5, 'Waiting'), event(5, 25, 'Runnable')],
      wakes: [wakeEvent(2, 6), wakeEvent(6, 26)],
      operations: [operationEvent(3, 7), operationEvent(4, 15)],
      unrecordedCount: 4,
    }),
  )
  expect(backlog.take()).toBeUndefined()
})

test('a single view is never shortened, however many events it has', () => {
  const backlog = new ViewBacklog(1)
  const view = process(10, {
    threads,
    operations: [operationEvent(1, 1), operationEvent(2, 2), operationEvent(3, 3)],
  })
  backlog.add(view)
  expect(backlog.take()).toEqual(view)
})

test('beyond the limit the oldest events are dropped, and later views count them', () => {
  const backlog = new ViewBacklog(3)
  backlog.add(
    process(10, {
      threads,
      events: [event(1, 1, 'Waiting')],
      operations: [operationEvent(3, 3)],
      dropped: 10,
    }),
  )
  backlog.add(
    process(20, {
      threads,
      wakes: [wakeEvent(2, 2)],
      operations: [operationEvent(4, 4), operationEvent(5, 5)],
      dropped: 11,
    }),
  )
  const sent = backlog.take()
  expect([numbers(sent?.events), numbers(sent?.wakes), numbers(sent?.operations)]).toEqual([
    [],
    [],
    [3, 4, 5],
  ])
  expect(sent?.dropped).toBe(13)
  backlog.add(process(30, { threads, dropped: 12 }))
  expect(backlog.take()?.dropped).toBe(14)
})

test('the first event of a thread after dropped ones is marked, in a later view too', () => {
  const backlog = new ViewBacklog(2)
  backlog.add(process(10, { threads, operations: [operationEvent(1, 1), operationEvent(1, 2, 2)] }))
  backlog.add(process(20, { threads, events: [event(2, 11, 'Waiting'), event(3, 12, 'Runnable')] }))
  expect(backlog.take()?.events).toEqual([
    event(2, 11, 'Waiting', { afterGap: true }),
    event(3, 12, 'Runnable'),
  ])
  const later = [event(2, 21, 'Waiting', { thread: 2 }), event(3, 22, 'Runnable', { thread: 2 })]
  backlog.add(process(30, { threads, events: [event(4, 21, 'Waiting'), ...later] }))
  expect(backlog.take()?.events.map(({ afterGap }) => afterGap)).toEqual([false, true, false])
})

test('an event from before the gap is not marked', () => {
  const backlog = new ViewBacklog(2)
  // The clocks of two threads differ: the event with the later count has the earlier time.
  backlog.add(process(10, { threads, events: [event(1, 5, 'Waiting')], operations: [operationEvent(2, 4)] }))
  backlog.add(process(20, { threads, events: [event(3, 11, 'Runnable')] }))
  expect(backlog.take()?.events).toEqual([
    event(1, 5, 'Waiting'),
    event(3, 11, 'Runnable', { afterGap: true }),
  ])
})
