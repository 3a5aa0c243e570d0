import { expect, test } from 'vitest'
import { features } from './stress/features.ts'
import { describeTotal, runRounds } from './stress/run-rounds.ts'

const seed = 20_261_127
const seconds = 60

test('random programs of real threads, some of which die, for a minute: everything is accounted for', {
  timeout: 240_000,
}, async () => {
  console.log(`stress: seed ${seed}`)
  const result = await runRounds({
    seed,
    seconds,
    features,
    log: () => {},
  })
  console.log(`stress: ${describeTotal(result)}`)
  expect(result.failure).toBeUndefined()
  // A round that does nothing finds nothing. The limits are low: the machine may be busy.
  expect(result.rounds).toBeGreaterThan(1)
  expect(result.kills).toBeGreaterThan(5)
  expect(result.items).toBeGreaterThan(100)
  expect(result.operations).toBeGreaterThan(1000)
})
