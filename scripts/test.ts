/**
 * `npm test`: check, build, and every test runner; `npm test -- --only vitest|web|electron|installed` runs one of them.
 * Ends with one line that counts what all of them ran, and fails if anything failed, crashed or ran no test.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

const project = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'skein-test-'))
const total = runAll(chosenRunners())
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
function runAll(chosen: readonly Runner[]): Counts {
  const results: Counts[] = []
  if (chosen.length === runners.length) {
    heading('Types and style')
    // Both run, so that one failure does not hide the other.
    if (!succeeds('node', ['scripts/check-types.ts'])) results.push(failure('types'))
    if (!succeeds('biome', ['check', '--error-on-warnings', '.'])) results.push(failure('style'))
  }
  const needsBuild = chosen.some((runner) => runner !== 'vitest')
  const built = needsBuild && build()
  if (needsBuild && !built) results.push(failure('build'))
  for (const runner of chosen) {
    if (runner === 'vitest') results.push(runVitest())
    else if (built) results.push(runPlaywright(runner))
    else console.error(`The tests in ${runner} cannot run without a build.`)
  }
  return results.reduce(sum, noCounts)
}

function runVitest(): Counts {
  heading('vitest')
  const file = join(reports, 'vitest.json')
  const status = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  return judge('vitest', status, () => readVitestReport(file))
}

function runPlaywright(name: Exclude<Runner, 'vitest'>): Counts {
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
  const status = run(program, args, { PLAYWRIGHT_JSON_OUTPUT_FILE: file })
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

function build(): boolean {
  heading('Build')
  return succeeds('electron-vite', ['build'])
}

function heading(text: string): void {
  console.log(`\n── ${text} ──`)
}

function succeeds(program: string, args: readonly string[]): boolean {
  return run(program, args) === 0
}

/** Runs a program of node_modules/.bin or the PATH with this terminal; returns its exit code. */
function run(
  program: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): number | null {
  const bin = join(project, 'node_modules', '.bin')
  const separator = process.platform === 'win32' ? ';' : ':'
  const { status, error } = spawnSync(program, args, {
    cwd: project,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      // Hundreds of processes and threads load the same modules. Each takes them from here without their types.
      NODE_COMPILE_CACHE: join(reports, 'compiled'),
      ...environment,
      PATH: `${bin}${separator}${process.env.PATH ?? ''}`,
    },
  })
  if (error) console.error(`${program} could not be started: ${error.message}`)
  return status
}
