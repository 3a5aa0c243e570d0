import { expect, test } from 'vitest'
import { endThreads, getFact, runExercise, setUpLabProcess, startExercise } from './lab-harness.ts'

setUpLabProcess(8)

test.each(['one', 'all'])('with while, every woken consumer finds an item (wake %s)', async (wake) => {
  const outcome = await runExercise('condition', {
    test: 'while',
    wake,
    consumers: 3,
    items: 10,
    pause: 2,
    room: 16,
  })
  expect(getFact(outcome, 'Found nothing')).toBe('0')
  expect(getFact(outcome, 'Not taken')).toBe('0')
  expect(outcome.isCorrect).toBe(true)
})

test('with if, consumers that are woken together for one item find none left', async () => {
  const outcome = await runExercise('condition', {
    test: 'if',
    wake: 'all',
    consumers: 4,
    items: 5,
    pause: 5,
  })
  expect(Number(getFact(outcome, 'Found nothing'))).toBeGreaterThanOrEqual(3)
  expect(getFact(outcome, 'Not taken')).toBe('0')
  expect(outcome.isCorrect).toBe(false)
})

test('several producers and consumers lose no item in a small buffer if all are woken', async () => {
  const outcome = await runExercise('condition', { producers: 3, consumers: 4, items: 50, pause: 0, room: 1 })
  expect(outcome.summary).toMatch(/^All items were taken/)
  expect(outcome.isCorrect).toBe(true)
})

test('waking one of several threads that wait for different things blocks all, and the outcome says so', async () => {
  const run = startExercise('condition', {
    wake: 'one',
    producers: 2,
    consumers: 5,
    items: 500,
    pause: 0,
    room: 1,
  })
  const outcome = await run.outcome
  expect(outcome.isCorrect).toBe(false)
  expect(outcome.summary).toMatch(/threads wait in changed with nobody left to wake them/)
  endThreads(run)
})
