import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createDsdFile } from '../../fixtures/dsd-file.ts'
import { fixturesFolder } from '../../fixtures/fixture-files.ts'
import { programmeChannel, programmes } from '../../fixtures/programme.ts'
import { SoundPage } from './sound-page.ts'

const folder = mkdtempSync(join(tmpdir(), 'skein-engine-formats-'))
const fixture = (name: string) => join(fixturesFolder, 'other-formats', name)

const tracks = {
  alac: fixture('alac-stereo.m4a'),
  caf: fixture('alac-stereo.caf'),
  wavpack: fixture('wavpack-stereo.wv'),
  musepack: fixture('musepack-stereo.mpc'),
  wma: fixture('wma-2.wma'),
  dsd: join(folder, 'song.dsf'),
} as const
const number = (name: keyof typeof tracks) => Object.keys(tracks).indexOf(name) + 1

let sound: SoundPage

beforeAll(async () => {
  const bits = 1_411_200
  writeFileSync(
    tracks.dsd,
    createDsdFile({ container: 'DSF', bitRate: 2_822_400, channels: 2, bits, amplitude: 0.4 }),
  )
  sound = await SoundPage.open(Object.values(tracks), { output: 'engine' })
})
afterAll(async () => {
  await sound.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => sound.forget())
afterEach(() => sound.ask({ kind: 'stop' }))

/** Plays songs one behind the other, and resolves with the left channel of what leaves the ring. */
async function playAndRecord(first: keyof typeof tracks, second?: keyof typeof tracks): Promise<number[]> {
  await sound.load(1, number(first), { play: false })
  await sound.report('loaded', 1)
  await sound.page.waitForFunction(() => window.engine?.isRecording)
  await sound.page.evaluate(() => window.engine?.forgetRecorded())
  if (second !== undefined) {
    await sound.ask({ kind: 'preload', track: number(second) })
    await sound.page.evaluate((track) => window.playNext(2, track), number(second))
  }
  await sound.ask({ kind: 'play', run: 1 })
  await sound.report('ended', second === undefined ? 1 : 2)
  return await sound.page.evaluate(() => window.engine!.recorded(0))
}

test.each([
  ['alac', 'wavpack'],
  ['wavpack', 'caf'],
  ['caf', 'alac'],
] as const)('%s and %s join without a sample too many, too few or changed', async (first, second) => {
  const samples = await playAndRecord(first, second)
  const song = programmeChannel(programmes.stereo, 0)
  const both = [...song, ...song]
  // The first frames fade in.
  const from = 1000
  const start = samples.findIndex((_, index) =>
    both.slice(from, from + 64).every((value, offset) => samples[index + offset] === value),
  )
  expect(start).toBeGreaterThanOrEqual(0)
  expect(both.slice(from).findIndex((value, offset) => samples[start + offset] !== value)).toBe(-1)
})

test.each(['musepack', 'wma', 'dsd'] as const)('%s is played by the engine', async (name) => {
  const samples = await playAndRecord(name)
  expect(await sound.page.evaluate(() => window.engine?.usesFallback)).toBe(false)
  expect(samples.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0)).toBeGreaterThan(0.3)
})
