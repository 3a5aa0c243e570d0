import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeTrackReader } from '../../../electron/library/tracks/read-track.ts'
import { seededRandom } from '../../../scripts/seeded-random.ts'
import { m } from '../../../shared/i18n/messages.js'
import { fixturesFolder } from '../../fixtures/fixture-files.ts'
import { mutate } from '../../fixtures/mutate.ts'
import { scratchFolder } from '../scratch.ts'

/** `SKEIN_MUTATIONS` sets the number of changed copies of each file, `SKEIN_SEED` where they begin. */
const copies = Number(process.env.SKEIN_MUTATIONS ?? 100)
const firstSeed = Number(process.env.SKEIN_SEED ?? 1)

/** Milliseconds that a file may take. */
const maxReadTime = 1000
/** A pause of the machine is not one of the reader: the file is read again. */
const attempts = 3

/** Every other reason is a failure of the reader. */
const usualReasons: readonly string[] = [m.host_file_damaged(), m.host_file_no_audio(), m.host_file_empty()]

const parts = readdirSync(join(fixturesFolder, 'parts')).map((name) => join(fixturesFolder, 'parts', name))
const tones = readdirSync(join(fixturesFolder, 'tones')).map((name) => join(fixturesFolder, 'tones', name))

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0

/** Returns the seconds of sound that ffmpeg decodes from a file. */
function decodedSeconds(file: string): number {
  const { stdout } = spawnSync(
    'ffmpeg',
    ['-v', 'quiet', '-i', file, '-map', '0:a:0', '-f', 's16le', '-ac', '1', '-ar', '8000', '-'],
    { maxBuffer: 2 ** 26, timeout: 20_000 },
  )
  return (stdout?.length ?? 0) / 16_000
}

const sources = [...parts, ...tones]

describe.each(sources)('a damaged copy of %s', (source) => {
  test('is read within a second, and refused only if there is no sound in it', {
    timeout: 120_000,
  }, async () => {
    const folder = scratchFolder()
    const original = readFileSync(source)
    const read = makeTrackReader()
    const failures: string[] = []
    for (let seed = firstSeed; seed < firstSeed + copies; seed++) {
      const file = join(folder, `${seed}${extname(source)}`)
      writeFileSync(file, mutate(original, seededRandom(seed)))
      let fastest = Number.POSITIVE_INFINITY
      let reason: string | undefined
      for (let attempt = 0; attempt < attempts && fastest > maxReadTime; attempt++) {
        const start = performance.now()
        const result = await read(file, undefined)
        fastest = Math.min(fastest, performance.now() - start)
        reason = 'reason' in result ? result.reason : undefined
      }
      if (fastest > maxReadTime) failures.push(`seed ${seed} takes ${Math.round(fastest)} ms`)
      if (reason !== undefined && !usualReasons.includes(reason)) failures.push(`seed ${seed}: ${reason}`)
      const seconds = reason !== undefined && hasFfmpeg ? decodedSeconds(file) : 0
      if (seconds >= 1) failures.push(`seed ${seed} has ${seconds.toFixed(1)} s of sound: ${reason}`)
    }
    expect(failures).toEqual([])
  })
})
