import { expect, test } from 'vitest'
import { endThreads, getFact, runExercise, setUpLabProcess, startExercise } from './lab-harness.ts'

setUpLabProcess()

test('two lock orders, one step at a time, deadlock, and the outcome names the cycle', async () => {
  const run = startExercise('deadlock', { how: 'steps', same: false, pause: 0 })
  const outcome = await run.outcome
  expect(outcome.isCorrect).toBe(false)
  expect(getFact(outcome, 'Rounds done by both threads')).toBe('0')
  expect(getFact(outcome, 'one')).toBe('waits for right, held by two')
  expect(getFact(outcome, 'two')).toBe('waits for left, held by one')
  endThreads(run)
})

test('two lock orders, live, deadlock eventually', async () => {
  const run = startExercise('deadlock', { how: 'live', same: false, rounds: 100_000 })
  const outcome = await run.outcome
  expect(outcome.summary).toMatch(/^A deadlock after [\d,]+ rounds?: /)
  endThreads(run)
})

test.each(['steps', 'live'])('with one lock order both threads finish (%s)', async (how) => {
  const outcome = await runExercise('deadlock', { how, same: true, rounds: 2000, pause: 0 })
  expect(outcome.isCorrect).toBe(true)
  expect(getFact(outcome, 'Rounds done by both threads')).toBe(how === 'steps' ? '2' : '4,000')
})

test('a deadlock that is broken from outside lets the other thread finish', async () => {
  const run = startExercise('deadlock', { how: 'steps', same: false, pause: 0 })
  await run.outcome
  const [one, two] = run.threads
  endThreads({ ...run, threads: [one!] })
  await one!.joinAsync()
  await two!.joinAsync()
  expect(two!.isAlive()).toBe(false)
})
