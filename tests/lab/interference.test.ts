import { expect, test } from 'vitest'
import { fact, inLab, outcomeOf } from './process.ts'

inLab()

test('threads that add at the same time without the lock lose updates', async () => {
  const outcome = await outcomeOf('interference', { threads: 2, times: 100_000 })
  expect(outcome.fine).toBe(false)
  const [expected, found, lost] = ['Expected', 'Found', 'Lost'].map((name) =>
    Number(fact(outcome, name).replaceAll(',', '')),
  )
  expect(expected).toBe(200_000)
  expect(lost).toBeGreaterThan(0)
  expect(found! + lost!).toBe(expected)
})

test.each([2, 8])(
  '%i threads lose nothing under the lock, in the same number of additions',
  async (threads) => {
    const outcome = await outcomeOf('interference', { threads, times: 20_000, lock: true })
    expect(outcome.fine).toBe(true)
    expect(fact(outcome, 'Found')).toBe(fact(outcome, 'Expected'))
    expect(outcome.sentence).toContain('None was lost.')
  },
)

test.each([2, 3, 8])(
  '%i threads, one step at a time, all read before any writes: one addition is left',
  async (threads) => {
    const outcome = await outcomeOf('interference', { how: 'steps', threads, pause: 0 })
    expect(outcome.fine).toBe(false)
    expect(fact(outcome, 'Found')).toBe('1')
    expect(fact(outcome, 'Lost')).toBe(String(threads - 1))
  },
)

test('one step at a time under the lock loses nothing', async () => {
  const outcome = await outcomeOf('interference', { how: 'steps', threads: 3, lock: true, pause: 0 })
  expect(outcome.fine).toBe(true)
  expect(fact(outcome, 'Found')).toBe('3')
})
