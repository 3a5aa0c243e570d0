import { readFileSync } from 'node:fs'
import * as v from 'valibot'

/** A runner's counts, and the names of failed tests. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly failures: readonly string[]
}

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] }

export const failure = (name: string): Counts => ({ ...noCounts, failed: 1, failures: [name] })

export const sum = (one: Counts, other: Counts): Counts => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
  failures: [...one.failures, ...other.failures],
})

const vitestReportSchema = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
  numTodoTests: v.number(),
  testResults: v.array(
    v.object({ assertionResults: v.array(v.object({ fullName: v.string(), status: v.string() })) }),
  ),
})

export function readVitestReport(file: string): Counts {
  const report = v.parse(vitestReportSchema, JSON.parse(readFileSync(file, 'utf8')))
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  }
}

interface Suite {
  readonly title: string
  readonly specs?: readonly { readonly title: string; readonly ok: boolean }[] | undefined
  readonly suites?: readonly Suite[] | undefined
}

const suiteSchema: v.GenericSchema<Suite> = v.object({
  title: v.string(),
  specs: v.optional(v.array(v.object({ title: v.string(), ok: v.boolean() }))),
  suites: v.optional(v.array(v.lazy(() => suiteSchema))),
})

const playwrightReportSchema = v.object({
  stats: v.object({ expected: v.number(), unexpected: v.number(), flaky: v.number(), skipped: v.number() }),
  suites: v.array(suiteSchema),
})

/** Reads a report. A flaky test counts as failed. */
export function readPlaywrightReport(file: string): Counts {
  const { stats, suites } = v.parse(playwrightReportSchema, JSON.parse(readFileSync(file, 'utf8')))
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    failures: suites.flatMap(failuresOf),
  }
}

function failuresOf({ title, specs = [], suites = [] }: Suite): string[] {
  const own = specs.filter(({ ok }) => !ok).map((spec) => spec.title)
  return [...own, ...suites.flatMap(failuresOf)].map((name) => `${title} › ${name}`)
}
