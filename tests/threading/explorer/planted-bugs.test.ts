import { expect, test } from 'vitest'
import { loadWorld } from './build/world.ts'
import { deathPlants } from './planted/death-plants.ts'
import { ringPlants } from './planted/ring-plants.ts'
import { describeFound, world } from './walk.ts'

const search = { preemptions: 2, limit: 2000, random: 0, seed: 1 }

/** The bug must be found, told with its schedule, and found again in that schedule alone. */
test.each([
  ['a flag-only Event, which loses waiters on set and clear', world.planted.flagOnlyEvent, /waits still/],
  [
    'a Condition that misses a signal between unlock and sleep',
    world.planted.forgetfulCondition,
    /can never go on/,
  ],
  [
    'a Semaphore that wakes one sleeper for a release of two',
    world.planted.stingySemaphore,
    /can never go on/,
  ],
])('finds %s', (_, scenario, sentence) => {
  const { found, schedules } = world.walk(scenario, search)
  if (found === undefined) expect.fail(`it was not found in ${schedules} schedules`)
  console.log(`Found in schedule ${schedules}. ${describeFound(scenario.name, found)}`)
  expect(found.message).toMatch(sentence)
  expect(found.schedule).toMatch(/sleep while/)
  expect(world.replay(scenario, found.choices, found.switchTakes)).toEqual(found)
})

test('tells random schedules by their seed', () => {
  const seeds = Array.from({ length: 200 }, (_, seed) => seed)
  const seed = seeds.find((one) => world.randomSchedule(world.planted.forgetfulCondition, one) !== undefined)
  if (seed === undefined) expect.fail('no random schedule finds the bug')
  const found = world.randomSchedule(world.planted.forgetfulCondition, seed)
  expect(found?.seed).toBe(seed)
  expect(world.randomSchedule(world.planted.forgetfulCondition, seed)).toEqual(found)
})

/** The ring buffer with its steps in another order. */
test.each(ringPlants)('finds $name', async ({ patches, scenario: name, sentence }) => {
  const plantedWorld = await loadWorld(patches)
  const scenario = plantedWorld.scenarios.rings.find((one) => one.name === name)
  if (scenario === undefined) expect.fail(`there is no scenario ${name}`)
  const { found, schedules } = plantedWorld.walk(scenario, { ...search, preemptions: 3, random: 1000 })
  if (found === undefined) expect.fail(`it was not found in ${schedules} schedules`)
  console.log(`Found in schedule ${schedules}: ${found.message}`)
  expect(found.message).toMatch(sentence)
})

/** The library without what repairs a death. */
test.each(deathPlants)('finds $name', async ({ patches, scenario: name, sentence }) => {
  const plantedWorld = await loadWorld(patches)
  const scenario = Object.values(plantedWorld.deaths)
    .flat()
    .find((one) => one.name === name)
  if (scenario === undefined) expect.fail(`there is no scenario ${name}`)
  const { found, schedules } = plantedWorld.walkDeaths(scenario, { schedules: 600, seed: 20261127 })
  if (found === undefined) expect.fail(`it was not found in ${schedules} schedules`)
  console.log(`Found in schedule ${schedules}: ${found.message}`)
  expect(found.message).toMatch(sentence)
  expect(plantedWorld.replay(scenario, found.choices, found.switchTakes)).toEqual(found)
})
