import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { makeMixedLibrary } from '../fixtures/make-libraries.ts'
import { type Measurement, median } from './support/measurement.ts'

const fileCount = 2_000
const roundCount = 7

const run = promisify(execFile)

const Result = v.object({
  milliseconds: v.number(),
  tracks: v.number(),
  covers: v.number(),
  durations: v.number(),
})
type Result = v.InferOutput<typeof Result>

/**
 * The host's scan of 2,000 files, compared with music-metadata in a plain loop. Each runs in a fresh Node process and is
 * timed from its start to the last track, so loading the code counts for both, and starting the threads for Skein.
 */
export async function measureScan(): Promise<readonly Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'skein-bench-'))
  try {
    makeMixedLibrary(folder, fileCount)
    const skein: Result[] = []
    const plain: Result[] = []
    for (let round = 0; round <= roundCount; round++) {
      const results = {
        skein: await runProgram('scan/skein-scan-program.ts', folder),
        plain: await runProgram('scan/plain-scan-program.ts', folder),
      }
      assertSameWork(results.skein, results.plain)
      // The first round fills the file cache.
      if (round === 0) continue
      skein.push(results.skein)
      plain.push(results.plain)
    }
    const value = median(skein.map(({ milliseconds }) => milliseconds))
    const peer = median(plain.map(({ milliseconds }) => milliseconds))
    const ratio = peer / value
    return [
      {
        name: 'scan',
        value,
        peer,
        unit: 'ms',
        ratio,
        aim: 'peer / value ≥ 1.7',
        met: ratio >= 1.7,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runProgram(program: string, folder: string): Promise<Result> {
  const path = fileURLToPath(new URL(program, import.meta.url))
  const { stdout } = await run(process.execPath, [path, folder])
  return v.parse(Result, JSON.parse(stdout))
}

/** The comparison is fair only if both did the same work. */
function assertSameWork(skein: Result, plain: Result): void {
  const describe = ({ tracks, covers, durations }: Result) =>
    `${tracks} tracks, ${covers} covers, ${durations} durations`
  if (skein.tracks !== fileCount || describe(skein) !== describe(plain)) {
    throw new Error(
      `Of ${fileCount} files, Skein found ${describe(skein)}; the plain loop ${describe(plain)}.`,
    )
  }
}
