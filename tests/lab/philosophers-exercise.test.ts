import { expect, test } from 'vitest'
import { endThreads, getFact, runExercise, setUpLabProcess, startExercise } from './lab-harness.ts'

setUpLabProcess(8)
const quick = { think: 0, reach: 5, eat: 1, pause: 0 }

test.each([2, 5, 8])(
  '%i philosophers that all take the left fork first deadlock in a cycle',
  async (count) => {
    const run = startExercise('philosophers', {
      ...quick,
      strategy: 'left',
      how: 'steps',
      philosophers: count,
      reach: 0,
    })
    const outcome = await run.outcome
    expect(outcome.isCorrect).toBe(false)
    expect(outcome.summary).toMatch(/^A deadlock after 0 meals: /)
    for (let number = 1; number <= count; number++) {
      const next = (number % count) + 1
      const [fork, neighbour] = [`fork-${next}`, `philosopher-${next}`]
      expect(outcome.summary).toContain(`philosopher-${number} waits for ${fork}, which ${neighbour} holds`)
    }
    endThreads(run)
  },
)

test.each(['right', 'waiter'])('all eat all their meals (%s)', async (strategy) => {
  const outcome = await runExercise('philosophers', { ...quick, strategy, philosophers: 5, meals: 10 })
  expect(outcome.isCorrect).toBe(true)
  expect(outcome.summary).toMatch(/^All ate: 50 meals/)
  for (let number = 1; number <= 5; number++) {
    expect(getFact(outcome, `philosopher-${number}`)).toMatch(/^10 meals, longest hunger /)
  }
})

test.each(['right', 'waiter'])('one step at a time, there is no deadlock either (%s)', async (strategy) => {
  const changes = { ...quick, strategy, how: 'steps', philosophers: 3, meals: 2, reach: 0 }
  const outcome = await runExercise('philosophers', changes)
  expect(outcome.summary).toMatch(/^All ate: 6 meals/)
})
