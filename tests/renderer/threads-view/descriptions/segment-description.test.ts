import { expect, test } from 'vitest'
import { describeMostRelevantSegment } from '../../../../renderer/threads-view/descriptions/segment-description.ts'
import { ProcessModel } from '../../../../renderer/threads-view/model/process-model.ts'
import { formatTimeOfDay } from '../../../../renderer/threads-view/model/text-format.ts'
import type { ThreadHistory } from '../../../../renderer/threads-view/model/thread-history.ts'
import { event, object, process, thread } from '../fixtures/view-builders.ts'

const model = new ProcessModel('player')
model.accept(
  process(2000, {
    threads: [thread(1, 'playback', { since: 1500, state: 'Waiting' }), thread(2, 'input')],
    objects: [object(10, 'Queue', { name: 'commands' }), object(11, 'Lock', { name: 'playerState' })],
    events: [
      event(1, 100, 'Waiting', { object: 10, operation: 'get' }),
      event(2, 1000, 'Runnable', { object: 10, by: 2 }),
      event(3, 1000.5, 'Blocked', { object: 11, operation: 'acquire' }),
      event(4, 1001, 'Runnable', { object: 11, by: 2 }),
      event(5, 1002, 'Timed waiting', { object: 10, operation: 'get' }),
      event(6, 1400, 'Runnable', { object: 10 }),
      event(7, 1500, 'Waiting', { object: 10, operation: 'get' }),
    ],
  }),
)
const history = model.history(1) as ThreadHistory

test('a wait is described by its object and duration', () => {
  expect(describeMostRelevantSegment(model, history, 500, 510, 2000)).toEqual({
    state: 'Waiting for 900 ms',
    cause: 'on Queue commands (get), ended by input',
    when: `from ${formatTimeOfDay(100)} to ${formatTimeOfDay(1000)}, began 1.9 s ago`,
  })
})

test('the newest state is described as ongoing', () => {
  expect(describeMostRelevantSegment(model, history, 1900, 1910, 2000)?.state).toBe(
    'Waiting for 500 ms so far',
  )
})

test('of several close states, blocked is the most relevant', () => {
  expect(describeMostRelevantSegment(model, history, 995, 1005, 2000)).toEqual({
    state: 'Blocked for 500 µs',
    cause: 'on Lock playerState (acquire), ended by input',
    when: `from ${formatTimeOfDay(1000.5)} to ${formatTimeOfDay(1001)}, began 999 ms ago, with 3 other changes close by`,
  })
})

test('a wake is described by its waker and object', () => {
  expect(describeMostRelevantSegment(model, history, 1001.1, 1001.5, 2000)?.cause).toBe(
    'woken by input through Lock playerState',
  )
})

test('a wait that timed out has no waker', () => {
  expect(describeMostRelevantSegment(model, history, 1395, 1405, 2000)?.cause).toBe(
    'no longer waits on Queue commands',
  )
})

test('before the history there is no description', () => {
  expect(describeMostRelevantSegment(model, history, 10, 20, 2000)).toBeUndefined()
})
