import { expect, test } from 'vitest'
import { killThread } from '../../shared/threading/index.ts'
import { begin, fact, inLab, outcomeOf, until } from './process.ts'

inLab()

test('a thread goes through all six states, each with what it waits for', async () => {
  const outcome = await outcomeOf('life', { stay: 0 })
  expect(outcome.sentence).toBe(
    'One thread was New, Runnable, Blocked, Waiting, Timed waiting and Terminated, in this order.',
  )
  const reasons = ['Runnable', 'Blocked', 'Waiting', 'Timed waiting'].map(
    (state) => fact(outcome, state).split(';')[0],
  )
  expect(reasons).toEqual([
    'waits for nothing',
    'waits for acquire of Lock library',
    'waits for wait of Event playing',
    'waits for get of Queue inputs',
  ])
  expect(outcome.fine).toBe(true)
})

test('a thread that is ended from outside before is told of', async () => {
  const run = begin('life', { stay: 50 })
  await until(() => run.threads.length === 1)
  killThread(run.threads[0]!.ident!)
  const outcome = await run.outcome
  expect(outcome.fine).toBe(false)
  expect(outcome.sentence).toContain('subject did not come to its end')
})
