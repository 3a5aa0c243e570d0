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
 * The host's scan of 2,000 files against music-metadata in a plain loop, each in a fresh Node process and timed
 * from its start to the last track: loading of the code and start of the threads are in both or in Skein's alone.
 * A first round that is not counted fills the file cache.
 */
export async function measureScan(): Promise<readonly Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'skein-bench-'))
  try {
    makeMixedLibrary(folder, fileCount)
    const own: Result[] = []
    const plain: Result[] = []
    for (let round = 0; round <= roundCount; round++) {
      const results = {
        own: await runProgram('scan/skein-scan-program.ts', folder),
        plain: await runProgram('scan/plain-scan-program.ts', folder),
      }
      assertSameWork(results.own, results.plain)
      if (round === 0) continue
      own.push(results.own)
      plain.push(results.plain)
    }
    const value = median(own.map(({ milliseconds }) => milliseconds))
    const peer = median(plain.map(({ milliseconds }) => milliseconds))
    const faster = peer / value
    return [
      {
        name: 'scan',
        value,
        peer,
        unit: 'ms',
        ratio: faster,
        aim: 'peer / value ≥ 1.7',
        met: faster >= 1.7,
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

/** A figure counts only if both did the same work. */
function assertSameWork(own: Result, plain: Result): void {
  const found = ({ tracks, covers, durations }: Result) =>
    `${tracks} tracks, ${covers} covers, ${durations} lengths`
  if (own.tracks !== fileCount || found(own) !== found(plain)) {
    throw new Error(`Skein found ${found(own)}; the plain loop ${found(plain)} of ${fileCount} files.`)
  }
}
