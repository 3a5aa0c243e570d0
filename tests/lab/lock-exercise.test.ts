import { expect, test } from 'vitest'
import { getFact, runExercise, setUpLabProcess } from './lab-harness.ts'

setUpLabProcess()

test('who asks for a lock that is held waits until it is released', async () => {
  const outcome = await runExercise('lock', { scene: 'wait', hold: 100 })
  expect(outcome.summary).toMatch(/^asker got the lock after \d/)
})

test('who tries a lock that is held is told at once', async () => {
  const outcome = await runExercise('lock', { scene: 'try', hold: 3000 })
  expect(outcome.summary).toMatch(/^asker did not get the lock, and knew it after \d+ ms/)
})

test('a timeout that is shorter than the wait ends it', async () => {
  const outcome = await runExercise('lock', { scene: 'timeout', hold: 3000, timeout: 20 })
  expect(outcome.summary).toMatch(/^asker gave up after \d+ ms, without the lock/)
})

test('a timeout that is longer than the wait changes nothing', async () => {
  const outcome = await runExercise('lock', { scene: 'timeout', hold: 10, timeout: 3000 })
  expect(outcome.summary).toMatch(/^asker got the lock after/)
})

test('only the owner may release', async () => {
  const outcome = await runExercise('lock', { scene: 'owner', hold: 500 })
  expect(outcome.isCorrect).toBe(false)
  expect(getFact(outcome, 'Said')).toBe('RuntimeError: lock is not held by this thread')
  expect(getFact(outcome, 'Locked at the end')).toBe('no')
})

test('the next one gets a lock that was never released, and learns that its owner died', async () => {
  const outcome = await runExercise('lock', { scene: 'forgotten' })
  expect(outcome.isCorrect).toBe(false)
  expect(getFact(outcome, 'Its owner died')).toBe('yes')
  expect(getFact(outcome, 'Said')).toMatch(/^acquired/)
})

test('using releases a lock on an error too', async () => {
  const outcome = await runExercise('lock', { scene: 'using' })
  expect(outcome.isCorrect).toBe(true)
  expect(getFact(outcome, 'Its owner died')).toBe('no')
  expect(outcome.facts.filter(({ name }) => name === 'Said').map(({ value }) => value.split(',')[0])).toEqual(
    expect.arrayContaining(['Error: a mistake in the block', 'acquired']),
  )
})
