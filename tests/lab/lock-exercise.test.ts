import { expect, test } from 'vitest'
import { getFact, runExercise, setUpLabProcess } from './lab-harness.ts'

setUpLabProcess()

test('a thread that wants a held lock waits until it is released', async () => {
  const outcome = await runExercise('lock', { scene: 'wait', hold: 100 })
  expect(outcome.summary).toMatch(/^asker got the lock after \d/)
})

test('a thread that tries a held lock knows the result immediately', async () => {
  const outcome = await runExercise('lock', { scene: 'try', hold: 3000 })
  expect(outcome.summary).toMatch(/^asker did not get the lock, and knew after \d+ ms/)
})

test('a timeout shorter than the wait ends it', async () => {
  const outcome = await runExercise('lock', { scene: 'timeout', hold: 3000, timeout: 20 })
  expect(outcome.summary).toMatch(/^asker gave up after \d+ ms without the lock/)
})

test('a timeout longer than the wait changes nothing', async () => {
  const outcome = await runExercise('lock', { scene: 'timeout', hold: 10, timeout: 3000 })
  expect(outcome.summary).toMatch(/^asker got the lock after/)
})

test('only the owner may release the lock', async () => {
  const outcome = await runExercise('lock', { scene: 'owner', hold: 500 })
  expect(outcome.isCorrect).toBe(false)
  expect(getFact(outcome, 'Result')).toBe('RuntimeError: lock is not held by this thread')
  expect(getFact(outcome, 'Locked at the end')).toBe('No')
})

test('the next thread gets a lock that was never released, and learns that its owner died', async () => {
  const outcome = await runExercise('lock', { scene: 'forgotten' })
  expect(outcome.isCorrect).toBe(false)
  expect(getFact(outcome, 'Owner died')).toBe('Yes')
  expect(getFact(outcome, 'Result')).toMatch(/^acquired/)
})

test('using releases a lock on an error too', async () => {
  const outcome = await runExercise('lock', { scene: 'using' })
  expect(outcome.isCorrect).toBe(true)
  expect(getFact(outcome, 'Owner died')).toBe('No')
  expect(
    outcome.facts.filter(({ name }) => name === 'Result').map(({ value }) => value.split(',')[0]),
  ).toEqual(expect.arrayContaining(['Error: a mistake in the block', 'acquired']))
})
