import { expect, test } from 'vitest'
import { endThreads, getFact, runExercise, setUpLabProcess, startExercise } from './lab-harness.ts'

setUpLabProcess(8)
const quick = { think: 0, reach: 5, eat: 1, pause: 0 }

test.each([2, 5, 8])(
  '%i philosophers who all take the left fork first wait for each other in a circle',
  async (number) => {
    const run = startExercise('philosophers', {
      ...quick,
      strategy: 'left',
      how: 'steps',
      philosophers: number,
      reach: 0,
    })
    const outcome = await run.outcome
    expect(outcome.isCorrect).toBe(false)
    expect(outcome.summary).toMatch(/^A deadlock after 0 meals: /)
    for (let place = 1; place <= number; place++) {
      const [next, neighbour] = [`fork-${(place % number) + 1}`, `philosopher-${(place % number) + 1}`]
      expect(outcome.summary).toContain(`philosopher-${place} waits for ${next}, which ${neighbour} holds`)
    }
    endThreads(run)
  },
)

test.each(['right', 'waiter'])('all eat all their meals (%s)', async (strategy) => {
  const outcome = await runExercise('philosophers', { ...quick, strategy, philosophers: 5, meals: 10 })
  expect(outcome.isCorrect).toBe(true)
  expect(outcome.summary).toMatch(/^All ate: 50 meals/)
  for (let place = 1; place <= 5; place++) {
    expect(getFact(outcome, `philosopher-${place}`)).toMatch(/^10 meals, longest hunger /)
  }
})

test.each(['right', 'waiter'])('one step at a time there is no deadlock either (%s)', async (strategy) => {
  const changes = { ...quick, strategy, how: 'steps', philosophers: 3, meals: 2, reach: 0 }
  const outcome = await runExercise('philosophers', changes)
  expect(outcome.summary).toMatch(/^All ate: 6 meals/)
})
