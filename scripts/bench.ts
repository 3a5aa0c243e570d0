/**
 * `npm run bench -- [NAME…] [--tracks N] [--seconds N] [--part PART] [--json FILE]`: runs these benchmarks of tests/bench, or
 * all, prints a table, and writes `{name: {value, unit, peer, ratio}}` to FILE. `--tracks` makes the library of `library`
 * and the songs of `sound` fewer, `--seconds` the load of `sound` shorter, `--part` runs one part of `sound`. Fails if something could not be measured; a missed aim is a result.
 */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { errorMessage, firstSentence } from '../shared/error-message.ts'
import { measureLibrary } from '../tests/bench/library-benchmark.ts'
import { measurePanel } from '../tests/bench/panel-benchmark.ts'
import { measureScan } from '../tests/bench/scan-benchmark.ts'
import { measureSound } from '../tests/bench/sound-benchmark.ts'
import { measureStart } from '../tests/bench/start-benchmark.ts'
import type { Benchmark, BenchmarkOptions, Measurement } from '../tests/bench/support/measurement.ts'
import { threading } from '../tests/bench/threading.ts'
import { measureView } from '../tests/bench/view-benchmark.ts'
import { buildIfNeeded } from './build.ts'

const benchmarks: Readonly<Record<string, Benchmark>> = {
  scan: measureScan,
  library: measureLibrary,
  panel: measurePanel,
  sound: measureSound,
  threading,
  view: measureView,
  start: measureStart,
}

const usage = 'Usage: npm run bench -- [NAME…] [--tracks N] [--seconds N] [--part PART] [--json FILE]'

const { names, json, options } = readArguments()
const measurements: Measurement[] = []
let failed = false
try {
  if (names.some((name) => name !== 'threading')) buildIfNeeded()
} catch (error) {
  fail(errorMessage(error))
}
for (const name of names) {
  console.error(`Measuring ${name} …`)
  try {
    measurements.push(...((await benchmarks[name]?.(options)) ?? []))
  } catch (error) {
    failed = true
    console.error(`${name} could not be measured: ${errorMessage(error)}`)
  }
}
if (measurements.length > 0) console.log(table(measurements))
if (json !== undefined) writeJson(json)
process.exit(failed ? 1 : 0)

interface Arguments {
  readonly names: readonly string[]
  readonly json: string | undefined
  readonly options: BenchmarkOptions
}

function readArguments(): Arguments {
  try {
    const { values, positionals } = parseArgs({
      options: {
        json: { type: 'string' },
        part: { type: 'string' },
        seconds: { type: 'string' },
        tracks: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    })
    const known = Object.keys(benchmarks)
    if (values.help) {
      console.log(`${usage}\nBenchmarks: ${known.join(', ')}.`)
      process.exit(0)
    }
    for (const name of positionals) {
      if (!known.includes(name)) fail(`There is no benchmark "${name}". Benchmarks: ${known.join(', ')}.`)
    }
    const count = (text: string | undefined): number | undefined => {
      if (text === undefined) return undefined
      return /^[1-9]\d*$/.test(text) ? Number(text) : fail(usage)
    }
    return {
      names: positionals.length > 0 ? [...new Set(positionals)] : known,
      json: values.json,
      options: { tracks: count(values.tracks), seconds: count(values.seconds), part: values.part },
    }
  } catch (error) {
    return fail(`${firstSentence(errorMessage(error))} ${usage}`)
  }
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

/** npm runs scripts in the repository; the user's own folder is in INIT_CWD. */
function writeJson(file: string): void {
  const results = Object.fromEntries(
    measurements.map(({ name, value, unit, peer, ratio }) => [name, { value, unit, peer, ratio }]),
  )
  try {
    writeFileSync(resolve(process.env.INIT_CWD ?? '.', file), `${JSON.stringify(results, undefined, 2)}\n`)
  } catch (error) {
    fail(`The results could not be written to ${file} (${errorMessage(error)}).`)
  }
}

function table(rows: readonly Measurement[]): string {
  const cells = [
    ['name', 'value', 'unit', 'peer', 'ratio', 'aim', 'met'],
    ...rows.map(({ name, value, unit, peer, ratio, aim, met }) => [
      name,
      number(value),
      unit,
      number(peer),
      ratio.toFixed(3),
      aim,
      met ? 'yes' : 'no',
    ]),
  ]
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? []
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function number(value: number): string {
  return value.toFixed(Math.abs(value) < 100 ? 2 : 0)
}
