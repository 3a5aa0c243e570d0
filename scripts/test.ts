/**
 * `npm test`: check, build, and every test runner; `npm test -- --only vitest|web|electron|installed` runs one of them.
 * vitest runs beside the others, which mostly wait for songs that play in real time. Ends with one line that counts what all of them ran, and fails if anything failed, crashed or ran no test.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { obtainElectron } from './find-electron.ts'
import { hasDisplay, hasProgram } from './system.ts'
import {
  type Counts,
  failure,
  noCounts,
  readPlaywrightReport,
  readVitestReport,
  sum,
} from './test-reports.ts'

const runners = ['vitest', 'web', 'electron', 'installed'] as const
type Runner = (typeof runners)[number]
type PlaywrightProject = Exclude<Runner, 'vitest'>

const project = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'skein-test-'))
const total = await runAll(chosenRunners())
rmSync(reports, { recursive: true, force: true })
if (total.failures.length > 0) console.log(`\nFailed:\n  ${total.failures.join('\n  ')}`)
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)

function chosenRunners(): readonly Runner[] {
  const { values } = parseArgs({ options: { only: { type: 'string' } } })
  if (values.only === undefined) return runners
  const chosen = runners.filter((runner) => runner === values.only)
  if (chosen.length === 0) {
    console.error(`--only takes ${runners.join(', ')}: there is no runner "${values.only}".`)
    process.exit(2)
  }
  return chosen
}

/** Each check and the build count as one failure if they fail, and do not count otherwise. */
async function runAll(chosen: readonly Runner[]): Promise<Counts> {
  const results: Counts[] = []
  if (chosen.length === runners.length) {
    heading('Types and style')
    // Both run, so that one failure does not hide the other.
    if (!(await succeeds('node', ['scripts/check-types.ts']))) results.push(failure('types'))
    if (!(await succeeds('biome', ['check', '--error-on-warnings', '.']))) results.push(failure('style'))
  }
  const inWindow = chosen.filter((runner) => runner !== 'vitest')
  const built = inWindow.length > 0 && (await build())
  if (inWindow.length > 0 && !built) results.push(failure('build'))
  const runs = [chosen.includes('vitest') ? runVitest() : noCounts, built ? runInTurn(inWindow) : noCounts]
  return [...results, ...(await Promise.all(runs))].reduce(sum, noCounts)
}

async function runVitest(): Promise<Counts> {
  heading('vitest')
  const file = join(reports, 'vitest.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const status = await run('vitest', args, { label: 'vitest' })
  return judge('vitest', status, () => readVitestReport(file))
}

/** One after the other: their songs play in real time. */
async function runInTurn(names: readonly PlaywrightProject[]): Promise<Counts> {
  let counts = noCounts
  for (const name of names) counts = sum(counts, await runPlaywright(name))
  return counts
}

async function runPlaywright(name: PlaywrightProject): Promise<Counts> {
  heading(`Playwright: ${name}`)
  const electron = name === 'web' ? undefined : obtainElectron()
  if (name === 'electron' && !electron) {
    console.log(
      "Tests in Electron's window are skipped: its runtime is not installed and could not be downloaded.",
    )
  }
  // The tests of the installed package start a display themselves.
  const needsDisplay = name === 'electron' && electron !== undefined && !hasDisplay()
  if (needsDisplay && !hasProgram('xvfb-run')) {
    console.error("Tests in Electron's window need a display: install xvfb.")
    return failure(`${name}: no display`)
  }
  const file = join(reports, `${name}.json`)
  const command = ['playwright', 'test', `--project=${name}`, '--reporter=list,json']
  const [program = '', ...args] = needsDisplay ? ['xvfb-run', '-a', ...command] : command
  const environment = { PLAYWRIGHT_JSON_OUTPUT_FILE: file }
  const status = await run(program, args, { label: name, environment })
  return judge(name, status, () => readPlaywrightReport(file))
}

/** What a runner counted, and one failure more where it failed in a way that it did not count. */
function judge(name: string, status: number | null, read: () => Counts): Counts {
  try {
    const counts = read()
    if (counts.passed + counts.failed + counts.skipped === 0) {
      console.error(`${name} ran no test.`)
      return failure(`${name}: no test ran`)
    }
    if (status !== 0 && counts.failed === 0) {
      console.error(`${name} failed outside of its tests (exit code ${status}).`)
      return sum(counts, failure(`${name}: outside of its tests`))
    }
    return counts
  } catch (error) {
    console.error(`${name} ended with exit code ${status} and left no report: ${String(error)}`)
    return failure(`${name}: no report`)
  }
}

async function build(): Promise<boolean> {
  heading('Build')
  return await succeeds('electron-vite', ['build'])
}

function heading(text: string): void {
  console.log(`\n── ${text} ──`)
}

async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  return (await run(program, args)) === 0
}

interface RunOptions {
  /** Printed in front of every line, because two runners write at the same time. */
  readonly label?: string
  readonly environment?: Record<string, string>
}

/** Runs a program of node_modules/.bin or the PATH; resolves with its exit code. */
async function run(
  program: string,
  args: readonly string[],
  { label, environment }: RunOptions = {},
): Promise<number | null> {
  const bin = join(project, 'node_modules', '.bin')
  const separator = process.platform === 'win32' ? ';' : ':'
  const child = spawn(program, args, {
    cwd: project,
    stdio: label === undefined ? 'inherit' : ['inherit', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    env: { ...process.env, ...environment, PATH: `${bin}${separator}${process.env.PATH ?? ''}` },
  })
  if (child.stdout !== null) printLines(child.stdout, process.stdout, label)
  if (child.stderr !== null) printLines(child.stderr, process.stderr, label)
  const { promise, resolve } = Promise.withResolvers<number | null>()
  child.once('error', (error) => {
    console.error(`${program} could not be started: ${error.message}`)
    resolve(null)
  })
  child.once('close', resolve)
  return await promise
}

function printLines(from: Readable, to: Writable, label = ''): void {
  createInterface({ input: from }).on('line', (line) => to.write(`${label.padEnd(9)} │ ${line}\n`))
}
