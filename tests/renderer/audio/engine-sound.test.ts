import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { SoundPage } from './sound-page.ts'
import { createStereoWave, createSweep } from './stereo-wave.ts'

const rate = 44_100
const folder = mkdtempSync(join(tmpdir(), 'skein-engine-'))
const file = (name: string) => join(folder, name)

/** A sweep in two files of odd lengths, whose join must not be noticeable. */
const sweep = createSweep(3 * rate, rate)
const joinFrame = 65_537
const long = createSweep(20 * rate, rate)

const tracks = {
  first: file('first.wav'),
  second: file('second.wav'),
  long: file('long.wav'),
  otherRate: file('other-rate.wav'),
  text: file('text.mp3'),
} as const
const number = (name: keyof typeof tracks) => Object.keys(tracks).indexOf(name) + 1

/** The right channel is the left one, negated. */
const wave = (left: Int16Array, sampleRate = rate) =>
  createStereoWave(
    left,
    left.map((sample) => -sample),
    sampleRate,
  )

let sound: SoundPage

beforeAll(async () => {
  writeFileSync(tracks.first, wave(sweep.subarray(0, joinFrame)))
  writeFileSync(tracks.second, wave(sweep.subarray(joinFrame)))
  writeFileSync(tracks.long, wave(long))
  writeFileSync(tracks.otherRate, wave(createSweep(2 * 48_000, 48_000), 48_000))
  writeFileSync(tracks.text, 'no sound '.repeat(2000))
  sound = await SoundPage.open(Object.values(tracks), { output: 'engine' })
})
afterAll(async () => {
  await sound.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => sound.forget())
afterEach(() => sound.ask({ kind: 'stop' }))

/** Loads a song, paused, and plays it when what leaves the ring is recorded. */
async function playRecorded(run: number, track: number, position = 0): Promise<void> {
  await sound.load(run, track, { position, play: false })
  await sound.report('loaded', run)
  await sound.page.waitForFunction(() => window.engine?.isRecording)
  await sound.page.evaluate(() => window.engine?.forgetRecorded())
  await sound.ask({ kind: 'play', run })
}

const recorded = (channel: 0 | 1 = 0): Promise<number[]> =>
  sound.page.evaluate((index) => window.engine!.recorded(index), channel)

const toFloats = (samples: Int16Array): number[] => Array.from(samples, (sample) => sample / 32_768)

/** Returns the index at which `part` begins in `samples`; −1 if it is not there. */
function indexOfPart(samples: readonly number[], part: readonly number[]): number {
  const probe = part.slice(0, 64)
  for (let index = 0; index + part.length <= samples.length; index++)
    if (probe.every((value, offset) => samples[index + offset] === value)) return index
  return -1
}

/** Expects that `samples` contain these frames of a song, without one that is missing, added or changed. */
function expectFrames(samples: readonly number[], song: Int16Array, from: number, to = song.length): void {
  const wanted = toFloats(song.subarray(from, to))
  const start = indexOfPart(samples, wanted)
  expect(start, `frame ${from} was heard`).toBeGreaterThanOrEqual(0)
  const firstDifference = wanted.findIndex((value, offset) => samples[start + offset] !== value)
  expect(firstDifference, 'the first frame that differs').toBe(-1)
}

/** Returns the largest difference between two consecutive samples. */
const maxStep = (samples: readonly number[]): number =>
  samples.reduce((max, value, index) => Math.max(max, Math.abs(value - (samples[index - 1] ?? value))), 0)

/** Returns the root mean square in dB. */
const levelOf = (samples: readonly number[]): number =>
  10 * Math.log10(samples.reduce((sum, value) => sum + value ** 2, 0) / samples.length)

test('two songs join sample by sample, in both channels, and the second run takes over', async () => {
  await playRecorded(1, number('first'))
  await sound.report('playing', 1)
  await sound.ask({ kind: 'preload', track: number('second') })
  await sound.page.evaluate((track) => window.playNext(2, track), number('second'))
  await sound.report('ended', 2)
  // The first frames fade in.
  expectFrames(await recorded(), sweep, 1_000)
  expectFrames(
    (await recorded(1)).map((sample) => -sample),
    sweep,
    1_000,
  )
  const kinds = (await sound.reports()).map(({ kind, run }) => `${kind} ${run}`)
  expect(kinds.filter((kind) => kind.startsWith('ended'))).toEqual(['ended 1', 'ended 2'])
})

test('pause, resume, seek and skip have no step larger than the sound’s own', async () => {
  await playRecorded(1, number('long'))
  await sound.waitForStatus('playing', 1, 0.3)
  await sound.ask({ kind: 'pause', run: 1 })
  await sound.page.waitForFunction(() => window.engine?.ring.isSilent)
  await sound.ask({ kind: 'play', run: 1 })
  await sound.waitForStatus('playing', 1, 0.6)
  await sound.forget()
  await sound.ask({ kind: 'seek', run: 1, to: 10 })
  await sound.waitForStatus('playing', 1, 10.3)
  await sound.load(2, number('first'))
  await sound.waitForStatus('playing', 2, 0.3)
  await sound.ask({ kind: 'stop' })
  await sound.page.waitForFunction(() => window.engine?.ring.isSilent)
  const samples = await recorded()
  expect(samples.length).toBeGreaterThan(rate)
  expect(maxStep(samples)).toBeLessThanOrEqual(maxStep(toFloats(long)))
})

test('a seek is heard from exactly that frame on', async () => {
  await playRecorded(1, number('long'))
  await sound.report('playing', 1)
  await sound.ask({ kind: 'seek', run: 1, to: 12.345 })
  await sound.waitForStatus('playing', 1, 12.8)
  const frame = Math.round(12.345 * rate)
  const samples = await recorded()
  // The first frames fade in.
  expectFrames(samples, long, frame + 300, frame + 10_000)
  expect(indexOfPart(samples, toFloats(long.subarray(frame - 100, frame - 36)))).toBe(-1)
})

test('the end of the decoder thread is not heard', async () => {
  await playRecorded(1, number('long'))
  for (let death = 1; death <= 3; death++) {
    await sound.waitForStatus('playing', 1, death)
    await sound.page.evaluate(() => window.engine?.killDecoder())
  }
  await sound.waitForStatus('playing', 1, 6)
  expectFrames(await recorded(), long, 1_000, 5.5 * rate)
  expect(await sound.page.evaluate(() => window.engine?.ring.underruns)).toBe(0)
})

test('the end of the decoder thread around a join is not heard', async () => {
  await playRecorded(1, number('first'))
  await sound.report('playing', 1)
  await sound.ask({ kind: 'preload', track: number('second') })
  await sound.page.evaluate((track) => window.playNext(2, track), number('second'))
  await sound.page.waitForFunction((frames) => window.engine!.ring.framesBuffered > frames, 0.5 * rate)
  await sound.page.evaluate(() => window.engine?.killDecoder())
  await sound.report('playing', 2)
  await sound.page.evaluate(() => window.engine?.killDecoder())
  await sound.report('ended', 2)
  expectFrames(await recorded(), sweep, 1_000)
})

test('of a hundred seeks and skips in a moment the last counts', async () => {
  await sound.load(1, number('long'))
  await sound.report('playing', 1)
  const seeks = Array.from({ length: 100 }, (_, index) => ({ kind: 'seek', run: 1, to: index / 10 }) as const)
  await sound.ask(...seeks, { kind: 'seek', run: 1, to: 15 })
  const { position } = await sound.waitForStatus('playing', 1, 15.1)
  expect(position).toBeLessThan(17)
  const loads = Array.from({ length: 100 }, (_, index) => {
    const track = index % 2 === 0 ? number('first') : number('long')
    return { kind: 'load', run: 2 + index, track, position: 0, play: true } as const
  })
  await sound.ask(...loads)
  await sound.waitForStatus('playing', 101, 0.2)
  const kinds = (await sound.reports()).filter(({ run }) => run > 1 && run < 101)
  expect(kinds).toEqual([])
})

test('the output follows the rate of a song that starts, and joins another rate by resampling', async () => {
  await playRecorded(1, number('otherRate'))
  await sound.report('playing', 1)
  expect(await sound.page.evaluate(() => window.engine?.rate)).toBe(48_000)
  await sound.ask({ kind: 'preload', track: number('first') })
  await sound.page.evaluate((track) => window.playNext(2, track), number('first'))
  await sound.report('ended', 2)
  expect(await sound.page.evaluate(() => window.engine?.rate)).toBe(48_000)
  await playRecorded(3, number('first'))
  await sound.report('playing', 3)
  expect(await sound.page.evaluate(() => window.engine?.rate)).toBe(rate)
})

test('another song to follow replaces one that is in the ring already', async () => {
  await sound.load(1, number('first'))
  await sound.report('playing', 1)
  await sound.ask({ kind: 'preload', track: number('second') })
  // The whole first song and a part of the second are in the ring.
  await sound.page.waitForFunction((frames) => window.engine!.ring.framesWritten > frames, joinFrame + 10_000)
  await sound.ask({ kind: 'preload', track: number('long') })
  await sound.page.evaluate((track) => window.playNext(2, track), number('long'))
  await sound.report('ended', 1)
  await sound.waitForStatus('playing', 2, 1.8)
})

test('a crossfade neither dips nor clicks, and the second song counts from its beginning', async () => {
  const [position, seconds] = [12, 0.7]
  await sound.page.evaluate((fade) => {
    window.engine!.transition = { kind: 'crossfade', seconds: fade }
  }, seconds)
  await playRecorded(1, number('long'), position)
  await sound.report('playing', 1)
  await sound.ask({ kind: 'preload', track: number('first') })
  await sound.page.evaluate((track) => window.playNext(2, track), number('first'))
  await sound.report('ended', 2)
  await sound.page.evaluate(() => {
    window.engine!.transition = { kind: 'gapless' }
  })
  const samples = await recorded()
  const heard = samples.slice(
    samples.findIndex((value) => value !== 0),
    samples.findLastIndex((value) => value !== 0),
  )
  // Behind the end, the last frame fades out for a few milliseconds.
  expect(heard.length / rate).toBeCloseTo(20 - position - seconds + joinFrame / rate, 1)
  expect(maxStep(heard)).toBeLessThanOrEqual(Math.SQRT2 * maxStep(toFloats(sweep)))
  // The beginning and the end fade, and a window is longer than the beats of the two tones.
  const windowFrames = rate / 10
  const levels = Array.from({ length: Math.floor(heard.length / windowFrames) - 2 }, (_, index) =>
    levelOf(heard.slice((index + 1) * windowFrames, (index + 2) * windowFrames)),
  )
  expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(1)
})

test('a song that only the fallback can play is played by it, and the next one by the engine again', async () => {
  await sound.page.evaluate(([track, text]) => window.engine?.substitutes.set(track, text), [
    number('second'),
    number('text'),
  ] as const)
  await sound.load(1, number('first'))
  await sound.report('playing', 1)
  await sound.ask({ kind: 'preload', track: number('second') })
  await sound.page.evaluate((track) => window.playNext(2, track), number('second'))
  await sound.report('playing', 2)
  expect(await sound.page.evaluate(() => window.engine?.usesFallback)).toBe(true)
  await sound.ask({ kind: 'preload', track: number('first') })
  await sound.page.evaluate((track) => window.playNext(3, track), number('first'))
  await sound.report('playing', 3)
  expect(await sound.page.evaluate(() => window.engine?.usesFallback)).toBe(false)
  await sound.page.evaluate(() => window.engine?.substitutes.clear())
})
