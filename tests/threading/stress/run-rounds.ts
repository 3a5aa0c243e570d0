import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { deriveSeed } from '../../../shared/player/random.ts'
import type { Feature } from './features.ts'
import type { RoundOptions, RoundResult } from './round.ts'

export interface StressOptions {
  readonly seed: number
  readonly seconds: number
  /** What the rounds may use; each uses a random part of it. */
  readonly features: readonly Feature[]
  /** Only this round, and all features instead of a part of them. */
  readonly onlyRound?: number | undefined
  readonly usesAll?: boolean
  /** Whether each round puts an item twice. */
  readonly plants?: boolean
  readonly log: (line: string) => void
}

export interface StressResult {
  readonly rounds: number
  readonly kills: number
  readonly items: number
  readonly operations: number
  /** What went wrong in the last round; undefined if nothing did. */
  readonly failure: string | undefined
}

/** Milliseconds in which a round disturbs its threads, and by which its process must have ended. */
const roundTime = 3_000
const maxRoundTime = 120_000

const program = fileURLToPath(new URL('./round.ts', import.meta.url))
let running: ChildProcess | undefined

/** Runs rounds, each in a process of its own, until the time is over or a round fails. */
export async function runRounds(options: StressOptions): Promise<StressResult> {
  const { seed, seconds, onlyRound, log } = options
  const total = { rounds: 0, kills: 0, items: 0, operations: 0 }
  const end = performance.now() + seconds * 1000
  for (let round = onlyRound ?? 1; total.rounds === 0 || performance.now() < end; round++) {
    const began = performance.now()
    const { result, problem, output } = await runRound({
      seed: deriveSeed(seed, round),
      milliseconds: roundTime,
      features: options.features,
      usesAll: options.usesAll ?? false,
      plants: options.plants ?? false,
    })
    total.rounds++
    total.kills += result?.kills ?? 0
    total.items += result?.items ?? 0
    total.operations += result?.operations ?? 0
    if (problem !== undefined)
      return {
        ...total,
        failure: `seed ${seed}, round ${round}: ${problem}\n${describeFeatures(result)}${output}`,
      }
    const duration = ((performance.now() - began) / 1000).toFixed(1)
    if (result !== undefined) log(`round ${round}, ${duration} s: ${describeResult(result)}`)
    if (onlyRound !== undefined) break
  }
  return { ...total, failure: undefined }
}

/** Ends the round that runs. */
export function stopRounds(): void {
  running?.kill('SIGKILL')
}

interface RoundOutcome {
  readonly result: RoundResult | undefined
  readonly problem: string | undefined
  readonly output: string
}

function runRound(options: RoundOptions): Promise<RoundOutcome> {
  // Detached, so that Ctrl+C in a terminal reaches only the process that runs the rounds.
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running = child
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (data) => {
    stdout += data
  })
  child.stderr.on('data', (data) => {
    stderr += data
  })
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    child.kill('SIGKILL')
  }, maxRoundTime)
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const result = parseResult(stdout)
      resolve({ result, problem: problemOf(result, isLate, code ?? signal), output: stderr })
    })
  })
}

function problemOf(
  result: RoundResult | undefined,
  isLate: boolean,
  end: number | string | null,
): string | undefined {
  if (isLate) return `did not end within ${maxRoundTime / 1000} s`
  if (result === undefined) return `its process ended with ${end} and no result`
  return result.violations === 0 ? undefined : `${result.violations} violations`
}

/** The result is the last thing that a round prints. */
function parseResult(stdout: string): RoundResult | undefined {
  try {
    return JSON.parse(stdout.slice(stdout.lastIndexOf('{')))
  } catch {
    return undefined
  }
}

const describeFeatures = (result: RoundResult | undefined): string =>
  result === undefined ? '' : `With: ${result.features.join(', ')}.\n`

const describeResult = ({ kills, items, operations, features }: RoundResult): string =>
  `${kills} kills, ${items} items, ${operations} operations; ${features.join(', ')}`

export const describeTotal = ({ rounds, kills, items, operations }: StressResult): string =>
  `${rounds} rounds, ${kills} kills, ${items} items, ${operations} operations`
