/**
 * `node tests/threading/explorer/explore.ts [NAME [SCHEDULES [SEED]]]` walks the deaths whose name contains NAME, and
 * prints what it finds and how to see it again.
 */
import { loadWorld } from './build/world.ts'
import { describeFound } from './describe-found.ts'

const [part = '', schedules = '1000', seed = '1'] = process.argv.slice(2)
const world = await loadWorld()
const chosen = Object.values(world.deaths)
  .flat()
  .filter(({ name }) => name.includes(part))
let failures = 0
for (const scenario of chosen) {
  const began = performance.now()
  const walk = world.walkDeaths(scenario, { schedules: Number(schedules), seed: Number(seed) })
  const ms = Math.round(performance.now() - began)
  const whole = walk.isWhole ? '' : '+'
  console.log(`${scenario.name}: ${walk.schedules} schedules, ${walk.deaths}${whole} deaths, ${ms} ms`)
  if (walk.found === undefined) continue
  failures++
  console.log(
    chosen.length === 1 ? describeFound(scenario.name, walk.found) : `  FAILS: ${walk.found.message}`,
  )
}
console.log(`${failures} of ${chosen.length} scenarios fail`)
process.exit(failures > 0 ? 1 : 0)
