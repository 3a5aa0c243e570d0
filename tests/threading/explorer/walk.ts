import { afterAll, expect, test } from 'vitest'
import { loadWorld, type World } from './build/world.ts'
import { describeFound } from './describe-found.ts'
import type { SearchOptions, Walk } from './engine/search.ts'

const world = await loadWorld()

/** Walks the scenarios of a group, a test each, and tells how many schedules there were. */
export function walkAll(group: keyof World['scenarios'], options: SearchOptions, atLeast: number): void {
  const walks: Walk[] = []
  for (const scenario of world.scenarios[group]) {
    test(scenario.name, () => {
      const walk = world.walk(scenario, options)
      walks.push(walk)
      if (walk.found !== undefined) expect.fail(describeFound(walk.scenario, walk.found))
    })
  }
  test('enough schedules were walked', () => {
    expect(sumOf(walks)).toBeGreaterThanOrEqual(atLeast)
  })
  afterAll(() => console.log(tableOf(group, walks, options.seed)))
}

export { describeFound, world }

const sumOf = (walks: readonly Walk[]) => walks.reduce((sum, { schedules }) => sum + schedules, 0)

/** + where not all schedules of so many preemptions were walked. */
function tableOf(group: string, walks: readonly Walk[], seed: number): string {
  const lines = walks.map(({ scenario, schedules, bounds }) => {
    const bounded = bounds.map(({ schedules: count, isWhole }) => `${count}${isWhole ? '' : '+'}`)
    const random = schedules - bounds.reduce((sum, { schedules: count }) => sum + count, 0)
    return `  ${scenario.padEnd(60)}${bounded.map((text) => text.padStart(7)).join('')}${String(random).padStart(7)}`
  })
  const head = `  ${'scenario'.padEnd(60)}${['0', '1', '2', '3', 'random'].map((text) => text.padStart(7)).join('')}`
  const sum = sumOf(walks).toLocaleString('en')
  return [`Explorer, ${group}: ${sum} schedules walked, by preemptions, seed ${seed}`, head, ...lines].join(
    '\n',
  )
}
