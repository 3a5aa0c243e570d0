import { expect, test } from 'vitest'
import { exclusions, features } from './stress/features.ts'
import { describeTotal, runRounds } from './stress/run-rounds.ts'

const seed = 20_261_127
const seconds = 60

test('random programs of real threads, some of which die, for a minute: everything is accounted for', {
  timeout: 240_000,
}, async () => {
  const excluded = exclusions.map(({ feature }) => feature)
  for (const { feature, reason } of exclusions) console.log(`stress: without ${feature}: ${reason}`)
  console.log(`stress: seed ${seed}`)
  const result = await runRounds({
    seed,
    seconds,
    features: features.filter((feature) => !excluded.includes(feature)),
    log: () => {},
  })
  console.log(`stress: ${describeTotal(result)}`)
  expect(result.failure).toBeUndefined()
  // A round that does nothing finds nothing. The limits are low: the machine may be busy.
  expect(result.rounds).toBeGreaterThan(1)
  if (!excluded.includes('deaths')) expect(result.kills).toBeGreaterThan(5)
  expect(result.items).toBeGreaterThan(100)
  expect(result.operations).toBeGreaterThan(1000)
})
