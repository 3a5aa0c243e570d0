import { expect, test } from 'vitest'
import { getFact, runExercise, setUpLabProcess, startExercise } from './lab-harness.ts'

setUpLabProcess()

test('with join, main continues after all threads have ended', async () => {
  const outcome = await runExercise('creating', { threads: 3, pause: 40 })
  expect(getFact(outcome, 'Alive when main went on')).toBe('0')
  expect(outcome.summary).toMatch(/^main waited .* until all 3 threads had ended/)
})

test('the thread that starts last sleeps shortest and greets first', async () => {
  const outcome = await runExercise('creating', { threads: 3, pause: 300 })
  expect([1, 2, 3].map((number) => getFact(outcome, `Printed ${number}`))).toEqual([
    'Hello from greeter-3',
    'Hello from greeter-2',
    'Hello from greeter-1',
  ])
})

test('without join, main continues while the threads run', async () => {
  const outcome = await runExercise('creating', { threads: 2, pause: 300, join: false })
  expect(getFact(outcome, 'Alive when main went on')).toBe('2')
  expect(outcome.summary).toMatch(/^main did not wait. It went on while 2 of 2 threads still ran/)
})

test('threads without names are named after their target', async () => {
  const run = startExercise('creating', { threads: 2, pause: 0, named: false, daemon: true })
  for (const { name, daemon } of run.threads) {
    expect(name).toMatch(/^Thread-\d+ \(greet\)$/)
    expect(daemon).toBe(true)
  }
  await run.outcome
})
