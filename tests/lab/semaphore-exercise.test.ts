import { snapshot } from '@skein/threading/inspect'
import { expect, test } from 'vitest'
import { getFact, runExercise, setUpLabProcess, startExercise, waitUntil } from './lab-harness.ts'

setUpLabProcess()

test.each([1, 2, 4])('at most %i visitors are inside', async (permits) => {
  const outcome = await runExercise('semaphore', { permits, threads: 5, visits: 4, stay: 20 })
  expect(Number(getFact(outcome, 'Maximum inside together'))).toBeLessThanOrEqual(permits)
  expect(outcome.isCorrect).toBe(true)
})

/** The semaphore created last. */
const permitsNow = () => snapshot().objects.findLast(({ name }) => name === 'permits')

test.each([
  ['Semaphore', 'None'],
  ['BoundedSemaphore', '1: permits has no room for 1 more permits'],
])('one release too many lets one more visitor in; %s reports: %s', async (kind, errors) => {
  const run = startExercise('semaphore', { kind, permits: 2, threads: 4, visits: 3, stay: 150 })
  await waitUntil(() => permitsNow()?.waiters.length === 2)
  run.performAction('release')
  const outcome = await run.outcome
  expect(getFact(outcome, 'Maximum inside together')).toBe('3')
  expect(getFact(outcome, 'ValueErrors')).toBe(errors)
  expect(outcome.isCorrect).toBe(false)
})
