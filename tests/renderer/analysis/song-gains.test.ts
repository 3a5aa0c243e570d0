import { beforeEach, describe, expect, test } from 'vitest'
import { SongGains } from '../../../renderer/session/analysis/song-gains.ts'
import { useWindow } from '../../../renderer/store/window-store.ts'
import type { Track } from '../../../shared/library/track.ts'
import type { MeasuredLoudness } from '../../../shared/sound/loudness/gain.ts'
import { defaultSoundSettings, type GainMode } from '../../../shared/sound/sound-settings.ts'
import { createTrack } from '../../shared-library/create-track.ts'

const initial = useWindow.getState()
beforeEach(() => useWindow.setState(initial, true))

const replayGain = { trackGain: -6, trackPeak: 0.9, albumGain: -3, albumPeak: 0.9 }
const song = (id: number, tags: Partial<Track> = {}): Track =>
  createTrack(id, {
    title: `${id}`,
    album: 'A',
    artists: ['B'],
    number: id,
    path: `A/${id}`,
    replayGain,
    ...tags,
  })

function setUp(gainMode: GainMode, tracks: readonly Track[], upNext: readonly number[] = []) {
  useWindow.setState({
    sound: { ...defaultSoundSettings, gainMode },
    tracks: new Map(tracks.map((track) => [track.id, track])),
    upNext,
  })
}

/** Gains, of a host that has measured these songs. */
const gains = (measured: Readonly<Record<number, MeasuredLoudness>> = {}) =>
  new SongGains({ trackLoudness: async (id) => measured[id] })

const decibelsOf = (factor: number) => Math.round(2000 * Math.log10(factor)) / 100 + 0

describe('a song that is about to begin', () => {
  test('plays as it is while loudness is not matched', async () => {
    setUp('off', [song(1)])
    const all = gains({ 1: { loudness: -10, peak: 1 } })
    await all.prepare(1)
    expect(all.factorOf(1)).toBe(1)
  })

  test('has the gain of its tags, or else of the measurement', async () => {
    setUp('track', [song(1), song(2, { replayGain: undefined })])
    const all = gains({ 1: { loudness: -8, peak: 1 }, 2: { loudness: -8, peak: 1 } })
    await all.prepare(1)
    await all.prepare(2)
    expect([1, 2].map((id) => decibelsOf(all.factorOf(id)))).toEqual([-6, -10])
  })

  test('plays without a measurement if the host fails or is late', async () => {
    setUp('track', [song(1, { replayGain: undefined })])
    const failing = new SongGains({ trackLoudness: () => Promise.reject(new Error('no')) })
    await failing.prepare(1)
    expect(failing.factorOf(1)).toBe(1)
    const late = new SongGains({ trackLoudness: () => new Promise(() => {}) })
    await late.prepare(1)
    expect(late.factorOf(1)).toBe(1)
  })
})

describe('with the automatic mode', () => {
  test('songs of an album in order have its gain', async () => {
    setUp('automatic', [song(1), song(2), song(3)], [2, 3])
    const all = gains()
    await all.prepare(1)
    expect(decibelsOf(all.factorOf(1))).toBe(-3)
    await all.prepare(2)
    expect(decibelsOf(all.factorOf(2))).toBe(-3)
    useWindow.setState({ upNext: [] })
    await all.prepare(3)
    expect(decibelsOf(all.factorOf(3))).toBe(-3)
  })

  test('a song between songs of other albums has its own', async () => {
    setUp('automatic', [song(1), song(2, { album: 'Other' }), song(3)], [2, 3])
    const all = gains()
    await all.prepare(1)
    await all.prepare(2)
    expect(decibelsOf(all.factorOf(2))).toBe(-6)
  })

  test('shuffled songs have their own', async () => {
    setUp('automatic', [song(1), song(2)], [2])
    useWindow.setState({ player: { ...initial.player, shuffle: true } })
    const all = gains()
    await all.prepare(1)
    expect(decibelsOf(all.factorOf(1))).toBe(-6)
  })
})
