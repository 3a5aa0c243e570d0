import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Route } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAiffFile } from '../../fixtures/aiff-file.ts'
import { fixturesFolder } from '../../fixtures/fixture-files.ts'
import { box, fileType, mediaData, movie, soundEntry, track } from '../../fixtures/mp4-file.ts'
import { createWaveFile } from '../../fixtures/wave-file.ts'
import { SoundPage } from './sound-page.ts'

const folder = mkdtempSync(join(tmpdir(), 'skein-sound-'))
const file = (name: string) => join(folder, name)
const tone = (name: string) => join(fixturesFolder, 'tones', name)

/** The tracks by name. A track's number is its index plus 1. */
export const tracks = {
  long: file('long.wav'),
  short: file('short.wav'),
  other: file('other.wav'),
  gone: file('gone.wav'),
  empty: file('empty.mp3'),
  text: join(fixturesFolder, 'broken/text.mp3'),
  cut: file('cut.wav'),
  aif: tone('tone.aif'),
  aiff: tone('tone.aiff'),
  double: file('double.aiff'),
  longAiff: file('long.aiff'),
  compressed: file('compressed.aiff'),
  unknown: file('unknown.caf'),
  alac: file('alac.m4b'),
  m4b: file('book.m4b'),
  mka: file('song.mka'),
  mp3: tone('tone.mp3'),
  flac: tone('tone.flac'),
  ogg: tone('tone.ogg'),
  opus: tone('tone.opus'),
  m4a: tone('tone.m4a'),
  aac: tone('tone.aac'),
  oga: tone('tone.oga'),
  webm: tone('tone.webm'),
} as const
export const number = (name: keyof typeof tracks) => Object.keys(tracks).indexOf(name) + 1

function writeTracks(): void {
  writeFileSync(tracks.long, createWaveFile({ seconds: 30, hertz: 220 }))
  writeFileSync(tracks.short, createWaveFile({ seconds: 0.6, hertz: 330 }))
  writeFileSync(tracks.other, createWaveFile({ seconds: 20, hertz: 440 }))
  writeFileSync(tracks.empty, '')
  writeFileSync(tracks.cut, createWaveFile({ seconds: 2, hertz: 550 }))
  truncateSync(tracks.cut, 16_000)
  const quiet = Buffer.alloc(8 * 2400)
  writeFileSync(tracks.double, createAiffFile({ compression: 'fl64', channels: 2, samples: quiet }))
  writeFileSync(tracks.longAiff, createAiffFile({ bits: 24, samples: Buffer.alloc(3 * 8000 * 30) }))
  writeFileSync(tracks.compressed, createAiffFile({ compression: 'ima4', samples: quiet }))
  writeFileSync(tracks.unknown, readFileSync(tracks.flac))
  writeFileSync(tracks.m4b, readFileSync(tracks.m4a))
  writeFileSync(tracks.mka, readFileSync(tracks.webm))
  const entry = soundEntry('alac', box('alac', Buffer.alloc(28)))
  writeFileSync(tracks.alac, Buffer.concat([fileType(), movie(track({ entry })), mediaData()]))
}

/** Describes what every sound output does. `more` defines further tests in the same page. */
export function describeOutput(output: 'element' | 'engine', more: (page: () => SoundPage) => void): void {
  let sound: SoundPage

  beforeAll(writeTracks)
  afterAll(() => rmSync(folder, { recursive: true }))

  describe('in a page that may play', () => {
    beforeAll(async () => {
      sound = await SoundPage.open(Object.values(tracks), { output })
    })
    afterAll(() => sound.close())
    beforeEach(() => sound.forget())
    afterEach(() => sound.ask({ kind: 'stop' }))

    test('a song is loaded and plays, with its length', async () => {
      await sound.load(1, number('long'))
      expect(await sound.report('loaded', 1)).toMatchObject({ duration: 30 })
      expect((await sound.report('playing', 1)).position).toBeLessThan(0.2)
    })

    test.each([
      'mp3',
      'flac',
      'ogg',
      'oga',
      'opus',
      'm4a',
      'aac',
      'webm',
      'aif',
      'aiff',
      'double',
      'm4b',
      'mka',
      'unknown',
    ] as const)('%s plays to its end', async (name) => {
      await sound.load(1, number(name))
      await sound.report('ended', 1)
      expect(await sound.kinds(1)).toEqual(expect.arrayContaining(['loaded', 'playing', 'ended']))
    })

    test('a song that is loaded paused is ready and stays silent until it plays', async () => {
      await sound.load(1, number('long'), { position: 12, play: false })
      await sound.report('loaded', 1)
      await sound.ask({ kind: 'play', run: 1 })
      const { position } = await sound.report('playing', 1)
      expect(position).toBeGreaterThanOrEqual(12)
      expect(position).toBeLessThan(12.2)
      expect((await sound.kinds(1)).filter((kind) => kind === 'playing')).toHaveLength(1)
    })

    test('a seek before the song is loaded sets where it starts', async () => {
      await sound.ask(
        { kind: 'load', run: 1, track: number('long'), position: 0, play: true },
        { kind: 'seek', run: 1, to: 21 },
      )
      expect((await sound.report('playing', 1)).position).toBeCloseTo(21, 0)
    })

    test('an AIFF file can start at and seek to any position', async () => {
      await sound.load(1, number('longAiff'), { position: 12 })
      expect(await sound.report('loaded', 1)).toMatchObject({ duration: 30 })
      expect((await sound.report('playing', 1)).position).toBeCloseTo(12, 0)
      await sound.forget()
      await sound.ask({ kind: 'seek', run: 1, to: 29.5 })
      expect((await sound.report('playing', 1)).position).toBeGreaterThanOrEqual(29.5)
      await sound.report('ended', 1)
    })

    test('pause keeps the position, also after a seek, and play continues from there', async () => {
      await sound.load(1, number('long'))
      await sound.report('playing', 1)
      await sound.ask({ kind: 'pause', run: 1 }, { kind: 'seek', run: 1, to: 17.5 })
      await sound.forget()
      await sound.ask({ kind: 'play', run: 1 })
      expect((await sound.report('playing', 1)).position).toBeCloseTo(17.5, 0)
    })

    test('of play and pause in quick succession the last one counts', async () => {
      await sound.load(1, number('long'))
      await sound.report('playing', 1)
      const turns = (['pause', 'play', 'pause', 'play', 'pause', 'play'] as const).map((kind) => ({
        kind,
        run: 1,
      }))
      await sound.ask(...turns)
      await sound.waitForStatus('playing', 1)
      await sound.ask(...turns, { kind: 'pause', run: 1 })
      await sound.waitForStatus('held', 1)
      await sound.ask({ kind: 'play', run: 1 }, ...turns)
      await sound.waitForStatus('playing', 1)
    })

    test('a seek during playback is reported, and of many seeks the last counts', async () => {
      await sound.load(1, number('long'))
      await sound.report('playing', 1)
      await sound.forget()
      await sound.ask(...[5, 25, 3, 14].map((to) => ({ kind: 'seek' as const, run: 1, to })))
      expect((await sound.waitForStatus('playing', 1, 14.1)).position).toBeLessThan(16)
    })

    test('a seek to the very end ends the song, playing or paused', async () => {
      await sound.load(1, number('long'))
      await sound.report('playing', 1)
      await sound.ask({ kind: 'seek', run: 1, to: 30 })
      await sound.report('ended', 1)
      await sound.load(2, number('other'))
      await sound.report('playing', 2)
      await sound.ask({ kind: 'pause', run: 2 }, { kind: 'seek', run: 2, to: 20 })
      expect(await sound.kinds(2)).not.toContain('ended')
      await sound.ask({ kind: 'play', run: 2 })
      await sound.report('ended', 2)
    })

    test('a preloaded song starts immediately when the previous one ends', async () => {
      await sound.load(1, number('short'))
      await sound.report('playing', 1)
      await sound.ask({ kind: 'preload', track: number('long') })
      await sound.page.evaluate((track) => window.playNext(2, track), number('long'))
      await sound.report('playing', 2)
      const kinds = (await sound.reports()).map(({ kind, run }) => `${kind} ${run}`)
      // Ready as soon as it was requested: nothing had to be loaded.
      expect(kinds[kinds.indexOf('ended 1') + 1]).toBe('loaded 2')
    })

    test('the same song plays again after its end', async () => {
      await sound.load(1, number('short'))
      await sound.report('ended', 1)
      await sound.load(2, number('short'))
      expect((await sound.report('playing', 2)).position).toBeLessThan(0.2)
      await sound.report('ended', 2)
    })

    test('a replaced song sends no more reports', async () => {
      const load = (run: number, name: 'short' | 'long') =>
        ({ kind: 'load', run, track: number(name), position: 0, play: true }) as const
      await sound.ask(load(1, 'short'), load(2, 'long'))
      await sound.waitForStatus('playing', 2, 0.8)
      expect(await sound.kinds(1)).toEqual([])
    })

    test('requesting the present run again changes nothing', async () => {
      await sound.load(1, number('long'), { position: 8 })
      await sound.report('playing', 1)
      await sound.load(1, number('long'), { position: 0 })
      await sound.forget()
      await sound.ask({ kind: 'report', run: 1 })
      expect((await sound.report('playing', 1)).position).toBeGreaterThanOrEqual(8)
    })

    test('requests about another run are ignored', async () => {
      await sound.load(2, number('long'))
      await sound.report('playing', 2)
      await sound.ask({ kind: 'pause', run: 1 }, { kind: 'seek', run: 1, to: 9 })
      await sound.forget()
      await sound.ask({ kind: 'report', run: 2 })
      expect((await sound.report('playing', 2)).position).toBeLessThan(5)
    })

    test.each([
      ['gone', 'fileMissing'],
      ['empty', 'fileEmpty'],
      ['text', 'fileDamaged'],
      ['compressed', 'aiffUnsupported'],
      ['alac', 'formatUnsupported'],
    ] as const)('a song that is %s fails with its reason', async (name, reason) => {
      await sound.load(1, number(name))
      expect((await sound.report('failed', 1)).reason).toBe(reason)
      expect(await sound.kinds(1)).toEqual(['failed'])
    })

    test('a song whose disk does not respond fails with that reason', async () => {
      const reply = (route: Route) => route.fulfill({ status: 503, body: 'The disk does not respond.' })
      await sound.page.route(`**/media/${number('other')}`, reply)
      await sound.load(1, number('other'))
      expect((await sound.report('failed', 1)).reason).toBe('diskHangs')
      await sound.page.unroute(`**/media/${number('other')}`, reply)
    })

    test('a truncated song plays as far as possible', async () => {
      await sound.load(1, number('cut'))
      await sound.report('playing', 1)
      const over = await sound.page.waitForFunction(
        () => window.reports.find(({ kind }) => kind === 'ended' || kind === 'failed')?.kind,
      )
      expect(['ended', 'failed']).toContain(await over.jsonValue())
    })

    test('a broken preloaded song is reported only when it is to be played', async () => {
      await sound.load(1, number('long'))
      await sound.ask({ kind: 'preload', track: number('gone') })
      await sound.report('playing', 1)
      await sound.load(2, number('gone'))
      await sound.report('failed', 2)
      expect(await sound.kinds(1)).not.toContain('failed')
    })

    more(() => sound)
  })

  describe('in a page that needs a click first', () => {
    test('a song is held, and plays on request after a click', async () => {
      const shy = await SoundPage.open(Object.values(tracks), { output, start: number('long') })
      try {
        expect(await shy.report('held', 1)).toMatchObject({ position: 0 })
        expect(await shy.kinds(1)).not.toContain('playing')
        await shy.page.getByRole('button').click()
        await shy.ask({ kind: 'play', run: 1 })
        await shy.report('playing', 1)
        expect(await shy.kinds(1)).not.toContain('failed')
      } finally {
        await shy.close()
      }
    })
  })
}
