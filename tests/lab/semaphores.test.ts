import { expect, test } from 'vitest'
import { snapshot } from '../../shared/threading/index.ts'
import { begin, fact, inLab, outcomeOf, until } from './process.ts'

inLab()

test.each([1, 2, 4])('never more than %i visitors are inside', async (permits) => {
  const outcome = await outcomeOf('semaphore', { permits, threads: 5, visits: 4, stay: 20 })
  expect(Number(fact(outcome, 'Most inside together'))).toBeLessThanOrEqual(permits)
  expect(outcome.fine).toBe(true)
})

/** The semaphore made last. */
const permitsNow = () => snapshot().objects.findLast(({ name }) => name === 'permits')

test.each([
  ['Semaphore', 'none'],
  ['BoundedSemaphore', '1: permits was released more often than acquired'],
])('one release too many lets one more in; what %s tells of it: %s', async (kind, errors) => {
  const run = begin('semaphore', { kind, permits: 2, threads: 4, visits: 3, stay: 150 })
  await until(() => permitsNow()?.waiters.length === 2)
  run.act('release')
  const outcome = await run.outcome
  expect(fact(outcome, 'Most inside together')).toBe('3')
  expect(fact(outcome, 'ValueErrors')).toBe(errors)
  expect(outcome.fine).toBe(false)
})
