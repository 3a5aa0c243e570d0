/** `node tests/threading/explorer/replay.ts SCENARIO CHOICES MS` runs one schedule again and prints its steps. */
import { loadWorld } from './build/world.ts'

const [name = '', choices = '', switchTakes = '0'] = process.argv.slice(2)
const world = await loadWorld()
const all = [...Object.values(world.scenarios).flat(), ...Object.values(world.planted)]
const scenario = all.find((one) => one.name === name)
if (scenario === undefined) {
  console.error(`There is no scenario "${name}". There are:\n${all.map((one) => one.name).join('\n')}`)
  process.exit(2)
}
const found = world.replay(scenario, choices, Number(switchTakes))
console.log(
  found === undefined ? 'nothing was found in this schedule' : `${found.schedule}\n${found.message}`,
)
process.exit(found === undefined ? 0 : 1)
