import { expect, test } from 'vitest'
import { getFact, runExercise, setUpLabProcess } from './lab-harness.ts'

setUpLabProcess()

test('threads that add at the same time lose updates without the lock', async () => {
  const outcome = await runExercise('interference', { threads: 2, times: 100_000 })
  expect(outcome.isCorrect).toBe(false)
  const [expected, found, lost] = ['Expected', 'Found', 'Lost'].map((name) =>
    Number(getFact(outcome, name).replaceAll(',', '')),
  )
  expect(expected).toBe(200_000)
  expect(lost).toBeGreaterThan(0)
  expect(found! + lost!).toBe(expected)
})

test.each([2, 8])('%i threads lose nothing under the lock', async (threads) => {
  const outcome = await runExercise('interference', { threads, times: 20_000, lock: true })
  expect(outcome.isCorrect).toBe(true)
  expect(getFact(outcome, 'Found')).toBe(getFact(outcome, 'Expected'))
  expect(outcome.summary).toContain('No update was lost.')
})

test.each([2, 3, 8])(
  '%i threads, one step at a time, all read before any writes, so one addition remains',
  async (threads) => {
    const outcome = await runExercise('interference', { how: 'steps', threads, pause: 0 })
    expect(outcome.isCorrect).toBe(false)
    expect(getFact(outcome, 'Found')).toBe('1')
    expect(getFact(outcome, 'Lost')).toBe(String(threads - 1))
  },
)

test('one step at a time under the lock loses nothing', async () => {
  const outcome = await runExercise('interference', { how: 'steps', threads: 3, lock: true, pause: 0 })
  expect(outcome.isCorrect).toBe(true)
  expect(getFact(outcome, 'Found')).toBe('3')
})
