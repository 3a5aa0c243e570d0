import { expect, test } from 'vitest'
import { begin, endThreads, fact, inLab, outcomeOf } from './process.ts'

inLab(8)

test.each(['Queue', 'LifoQueue', 'PriorityQueue'])('%s: every item is taken once', async (kind) => {
  const changes = { kind, producers: 3, consumers: 4, items: 100, pause: 0, maxSize: 2 }
  const outcome = await outcomeOf('queue', changes)
  expect(outcome.sentence).toBe('300 items were put, and each was taken once, by 4 consumers.')
  expect(outcome.fine).toBe(true)
  expect(fact(outcome, 'Left in the queue')).toBe('0')
})

const numbersIn = (text: string) => text.split(' ').map(Number)

test.each([
  ['Queue', (put: number[]) => put],
  ['LifoQueue', (put: number[]) => put.toReversed()],
  ['PriorityQueue', (put: number[]) => put.toSorted((one, other) => one - other)],
])('%s: its order', async (kind, order) => {
  const changes = { kind, producers: 1, consumers: 1, items: 12, pause: 0, maxSize: 0, late: true }
  const outcome = await outcomeOf('queue', changes)
  const put = numbersIn(fact(outcome, 'Put by producer-1'))
  expect(put).not.toEqual(put.toSorted((one, other) => one - other))
  expect(numbersIn(fact(outcome, 'Taken in this order'))).toEqual(order(put))
})

test('consumers that start late find producers that wait for room', async () => {
  const outcome = await outcomeOf('queue', { late: true, maxSize: 2, items: 20, pause: 0 })
  expect(outcome.fine).toBe(true)
})

test('without taskDone join never returns, and that is told', async () => {
  const run = begin('queue', { done: false, producers: 2, items: 5, pause: 0 })
  const outcome = await run.outcome
  expect(outcome.fine).toBe(false)
  expect(outcome.sentence).toMatch(/^join waits for ever: 10 items were taken and never marked/)
  endThreads(run)
})
