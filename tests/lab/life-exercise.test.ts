import { killThread } from '@skein/threading'
import { expect, test } from 'vitest'
import { getFact, runExercise, setUpLabProcess, startExercise, waitUntil } from './lab-harness.ts'

setUpLabProcess()

test('a thread goes through all six states, each with what it waits for', async () => {
  const outcome = await runExercise('life', { stay: 0 })
  expect(outcome.summary).toBe(
    'One thread was New, Runnable, Blocked, Waiting, Timed waiting, and Terminated, in this order.',
  )
  const reasons = ['Runnable', 'Blocked', 'Waiting', 'Timed waiting'].map(
    (state) => getFact(outcome, state).split(';')[0],
  )
  expect(reasons).toEqual([
    'waits for nothing',
    'waits for acquire of Lock library',
    'waits for wait of Event playing',
    'waits for get of Queue inputs',
  ])
  expect(outcome.isCorrect).toBe(true)
})

test('the outcome reports a thread that was ended from outside', async () => {
  const run = startExercise('life', { stay: 50 })
  await waitUntil(() => run.threads.length === 1)
  killThread(run.threads[0]!.ident!)
  const outcome = await run.outcome
  expect(outcome.isCorrect).toBe(false)
  expect(outcome.summary).toContain('subject did not finish')
})
