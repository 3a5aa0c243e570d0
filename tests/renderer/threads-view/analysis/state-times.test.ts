import { expect, test } from 'vitest'
import { recordedTimes, StateTimes } from '../../../../renderer/threads-view/analysis/state-times.ts'
import { stateCode } from '../../../../renderer/threads-view/model/state-codes.ts'
import { ThreadHistory } from '../../../../renderer/threads-view/model/thread-history.ts'
import { event, thread } from '../fixtures/view-builders.ts'

test('the times in all states add up to the time since the thread was first seen', () => {
  const times = new StateTimes(thread(1, 'main'), 1000)
  times.accept(event(1, 1500, 'Waiting'))
  times.accept(event(2, 4200, 'Runnable'))
  times.accept(event(3, 4300, 'Blocked'))
  const total = times.total(5000)
  expect(total[stateCode.Runnable]).toBe(600)
  expect(total[stateCode.Waiting]).toBe(2700)
  expect(total[stateCode.Blocked]).toBe(700)
  expect(times.recent(5000)).toEqual(total)
})

test('the last 60 s do not include earlier times', () => {
  const times = new StateTimes(thread(1, 'main'), 0)
  times.accept(event(1, 30_000, 'Waiting'))
  times.accept(event(2, 100_000, 'Runnable'))
  const recent = times.recent(120_000)
  expect(recent[stateCode.Waiting]).toBe(39_000)
  expect(recent[stateCode.Runnable]).toBe(20_000)
  expect(times.total(120_000)[stateCode.Runnable]).toBe(50_000)
})

test('a state that lasts longer than 60 s fills them', () => {
  const times = new StateTimes(thread(1, 'main', { state: 'Waiting' }), 0)
  const recent = times.recent(3_600_000)
  expect(recent[stateCode.Waiting]).toBe(59_000)
})

test('the time of lost events counts as not recorded', () => {
  const times = new StateTimes(thread(1, 'main'), 0)
  times.accept(event(9, 1000, 'Waiting', { afterGap: true }))
  expect(times.total(1500)).toEqual([0, 0, 0, 500, 0, 0, 1000])
})

test('a change that is only visible in memory counts from its own time', () => {
  const times = new StateTimes(thread(1, 'main'), 0)
  times.confirm(thread(1, 'main', { state: 'Waiting', since: 400 }))
  times.accept(event(1, 400, 'Waiting'))
  expect(times.total(1000)[stateCode.Waiting]).toBe(600)
})

test('at a past moment only the recorded time before it counts', () => {
  const history = new ThreadHistory()
  history.record(event(1, 1000, 'Runnable'))
  history.record(event(2, 31_000, 'Waiting'))
  history.record(event(3, 41_000, 'Runnable'))
  const early = recordedTimes(history, 35_000)
  expect([early[stateCode.Runnable], early[stateCode.Waiting]]).toEqual([30_000, 4000])
  const late = recordedTimes(history, 71_000)
  expect([late[stateCode.Runnable], late[stateCode.Waiting]]).toEqual([50_000, 10_000])
})
