import { afterAll, expect, test } from 'vitest'
import { describeFound } from './describe-found.ts'
import type { DeathSearchOptions, DeathWalk } from './engine/death-search.ts'
import { world } from './walk.ts'

/** Enough for every moment of death in one order of the threads, at least, with both times of recovery. */
const options: DeathSearchOptions = { schedules: 600, seed: 20261127 }

/** Walks the deaths of these groups, a test each. */
export function walkAllDeaths(...groups: string[]): void {
  const walks: DeathWalk[] = []
  const scenarios = groups.flatMap((group) => world.deaths[group] ?? [])
  for (const scenario of scenarios) {
    test(scenario.name, () => {
      const walk = world.walkDeaths(scenario, options)
      walks.push(walk)
      if (walk.found !== undefined) expect.fail(describeFound(walk.scenario, walk.found))
    })
  }
  test('deaths were walked', () => {
    expect(scenarios.length).toBeGreaterThan(0)
    expect(walks.length).toBe(scenarios.length)
  })
  afterAll(() => console.log(tableOf(walks)))
}

/** + where not all moments of death were walked. */
function tableOf(walks: readonly DeathWalk[]): string {
  const lines = walks.map(({ scenario, schedules, deaths, isWhole }) => {
    const counts = `${schedules}`.padStart(10) + `${deaths}${isWhole ? ' ' : '+'}`.padStart(9)
    return `  ${scenario.padEnd(80)}${counts}`
  })
  const sum = walks.reduce((total, { schedules }) => total + schedules, 0).toLocaleString('en')
  return [`Explorer, deaths: ${sum} schedules walked, seed ${options.seed}`, ...lines].join('\n')
}
