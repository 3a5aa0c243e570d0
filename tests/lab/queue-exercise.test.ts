import { expect, test } from 'vitest'
import { endThreads, getFact, runExercise, setUpLabProcess, startExercise } from './lab-harness.ts'

setUpLabProcess(8)

test.each(['Queue', 'LifoQueue', 'PriorityQueue'])('%s: every item is taken once', async (kind) => {
  const changes = { kind, producers: 3, consumers: 4, items: 100, pause: 0, maxSize: 2 }
  const outcome = await runExercise('queue', changes)
  expect(outcome.summary).toBe('300 items were put, and each was taken once, by 4 consumers.')
  expect(outcome.isCorrect).toBe(true)
  expect(getFact(outcome, 'Left in the queue')).toBe('0')
})

const numbersIn = (text: string) => text.split(' ').map(Number)

test.each([
  ['Queue', (put: number[]) => put],
  ['LifoQueue', (put: number[]) => put.toReversed()],
  ['PriorityQueue', (put: number[]) => put.toSorted((one, other) => one - other)],
])('%s returns items in its order', async (kind, sort) => {
  const changes = { kind, producers: 1, consumers: 1, items: 12, pause: 0, maxSize: 0, late: true }
  const outcome = await runExercise('queue', changes)
  const put = numbersIn(getFact(outcome, 'Put by producer-1'))
  expect(put).not.toEqual(put.toSorted((one, other) => one - other))
  expect(numbersIn(getFact(outcome, 'Taken in this order'))).toEqual(sort(put))
})

test('consumers that start late unblock producers that wait for room', async () => {
  const outcome = await runExercise('queue', { late: true, maxSize: 2, items: 20, pause: 0 })
  expect(outcome.isCorrect).toBe(true)
})

test('without taskDone join never returns, and the outcome says so', async () => {
  const run = startExercise('queue', { done: false, producers: 2, items: 5, pause: 0 })
  const outcome = await run.outcome
  expect(outcome.isCorrect).toBe(false)
  expect(outcome.summary).toMatch(/^join waits forever: 10 items were taken and never marked/)
  endThreads(run)
})
