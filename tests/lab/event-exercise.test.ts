import { snapshot } from '@skein/threading/inspect'
import { expect, test } from 'vitest'
import { getFact, runExercise, setUpLabProcess, startExercise, waitUntil } from './lab-harness.ts'

setUpLabProcess()

test('set followed by clear wakes all waiting workers, each time', async () => {
  const outcome = await runExercise('event', { main: 'shots', threads: 4, rounds: 5, work: 50 })
  expect(getFact(outcome, 'Set by main')).toBe('5')
  expect(getFact(outcome, 'Woken by a set')).toBe('20')
  expect(getFact(outcome, 'Found it up')).toBe('0')
})

test('a flag that stays up lets all workers through', async () => {
  const outcome = await runExercise('event', { main: 'set', threads: 2, rounds: 4, work: 0 })
  expect(getFact(outcome, 'Set by main')).toBe('1')
  expect(getFact(outcome, 'Woken by a set')).toBe('2')
  expect(getFact(outcome, 'Found it up')).toBe('6')
})

test('by hand, set and clear lets all waiting workers through once, and set keeps letting them through', async () => {
  // A worker that came back between set and clear would find the flag up. 300 ms of work prevents that.
  const run = startExercise('event', { main: 'hand', threads: 3, rounds: 3, work: 300 })
  const event = () => snapshot().objects.findLast(({ name }) => name === 'go')
  for (let shot = 0; shot < 2; shot++) {
    await waitUntil(() => event()?.waiters.length === 3)
    run.performAction('shot')
    expect(event()?.flag).toBe(false)
  }
  await waitUntil(() => event()?.waiters.length === 3)
  run.performAction('set')
  expect(event()?.flag).toBe(true)
  run.performAction('clear')
  expect(event()?.flag).toBe(false)
  const outcome = await run.outcome
  expect(getFact(outcome, 'worker-1')).toBe('1 woken, 2 woken, 3 woken')
})
