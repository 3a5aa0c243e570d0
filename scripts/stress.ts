/**
 * `npm run stress -- [--seconds N] [--seed S]`: runs random programs over all primitives in real threads, kills some of
 * the threads, and checks that nothing is lost but what dead threads had in hand. Exits with 1 and a dump at the first failure.
 */
import { parseArgs } from 'node:util'
import { errorMessage, firstSentence } from '../shared/error-message.ts'
import { type Feature, features, isFeature } from '../tests/threading/stress/features.ts'
import { describeTotal, runRounds, stopRounds } from '../tests/threading/stress/run-rounds.ts'

const usage = `Usage: npm run stress -- [--seconds N] [--seed S] [--round R] [--only NAME,…] [--without NAME,…]

  --seconds N       how long to run: 60 by default; a round that has begun is completed
  --seed S          an integer from which every program is derived; random by default
  --round R         runs only this round of the seed
  --only NAME,…     uses exactly these features
  --without NAME,…  does not use these features
  --plant           puts an item twice in each round, to show what a failure looks like
  --help            prints this text

Features: ${features.join(', ')}.`

const options = readArguments()
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
console.log(`Stress with seed ${options.seed} for ${options.seconds} s.`)
const result = await runRounds({ ...options, log: console.log })
console.log(`Seed ${options.seed}: ${describeTotal(result)}.`)
if (result.failure !== undefined) console.error(`Failed: ${result.failure}`)
process.exit(result.failure === undefined ? 0 : 1)

function stop(): never {
  stopRounds()
  console.log('Stopped.')
  process.exit(130)
}

function readArguments() {
  const values = parse()
  if (values.help) {
    console.log(usage)
    process.exit(0)
  }
  const without = namesOf(values.without)
  return {
    seconds: integer('--seconds', values.seconds ?? '60', 1),
    seed: values.seed === undefined ? randomSeed() : integer('--seed', values.seed, -(2 ** 31)),
    onlyRound: values.round === undefined ? undefined : integer('--round', values.round, 1),
    plants: values.plant ?? false,
    usesAll: values.only !== undefined,
    features: (values.only === undefined ? features : namesOf(values.only)).filter(
      (feature) => !without.includes(feature),
    ),
  }
}

function parse() {
  try {
    return parseArgs({
      options: {
        seconds: { type: 'string' },
        seed: { type: 'string' },
        round: { type: 'string' },
        only: { type: 'string' },
        without: { type: 'string' },
        plant: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    return fail(firstSentence(errorMessage(error)))
  }
}

function integer(name: string, text: string, minimum: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < minimum || text.trim() === '' || value >= 2 ** 31)
    return fail(`${name} takes an integer from ${minimum} on.`)
  return value
}

function namesOf(list = ''): Feature[] {
  const names = list.split(',').filter((name) => name !== '')
  const unknown = names.find((name) => !isFeature(name))
  if (unknown !== undefined) fail(`There is no feature "${unknown}".`)
  return names.filter(isFeature)
}

function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! >>> 1
}

function fail(message: string): never {
  console.error(`${message}\n\n${usage}`)
  process.exit(2)
}
