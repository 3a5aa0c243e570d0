import { describe, expect, it } from 'vitest'
import type { ReplayGain } from '../../shared/library/track.ts'
import { type GainSettings, gainOf, type MeasuredLoudness } from '../../shared/sound/loudness/gain.ts'
import { decibels } from './test-signals.ts'

const noGain: ReplayGain = {
  trackGain: undefined,
  trackPeak: undefined,
  albumGain: undefined,
  albumPeak: undefined,
}
const tagged: ReplayGain = { trackGain: -6, trackPeak: 0.9, albumGain: -4, albumPeak: 1 }
const settings: GainSettings = { gainMode: 'track', preamp: 0, preventClipping: false }
const measured: MeasuredLoudness = { loudness: -10, peak: 0.9, albumLoudness: -12, albumPeak: 0.95 }

function gain(
  replayGain: ReplayGain | undefined,
  changes: Partial<GainSettings> & { readonly inOrder?: boolean },
  analysis?: MeasuredLoudness,
): readonly [decibels: number, source: string] {
  const { inOrder = false, ...rest } = changes
  const { factor, source } = gainOf({ replayGain }, inOrder, { ...settings, ...rest }, analysis)
  return [Math.round(decibels(factor) * 1000) / 1000 + 0, source]
}

describe('the gain of a song', () => {
  it.each([
    // mode, in order, decibels, source
    ['off', false, 0, 'off'],
    ['track', false, -6, 'trackTag'],
    ['track', true, -6, 'trackTag'],
    ['album', false, -4, 'albumTag'],
    ['album', true, -4, 'albumTag'],
    ['automatic', false, -6, 'trackTag'],
    ['automatic', true, -4, 'albumTag'],
  ] as const)('with mode %s, in order %s, is %f dB', (gainMode, inOrder, expected, source) => {
    expect(gain(tagged, { gainMode, inOrder })).toEqual([expected, source])
  })

  it.each([
    ['track', undefined, -8, 'trackScan'],
    ['album', undefined, -6, 'albumScan'],
    // A tag of the wanted kind, then a measurement of the wanted kind, then the other kind.
    ['album', { ...noGain, trackGain: 3 }, -6, 'albumScan'],
    ['track', { ...noGain, albumGain: 3 }, -8, 'trackScan'],
  ] as const)('with mode %s and tags %o uses the measurement', (gainMode, tags, expected, source) => {
    expect(gain(tags, { gainMode }, measured)).toEqual([expected, source])
  })

  it('uses the other kind if only that is known', () => {
    expect(gain({ ...noGain, trackGain: 3 }, { gainMode: 'album' })).toEqual([3, 'trackTag'])
    expect(gain({ ...noGain, albumGain: 3 }, { gainMode: 'track' })).toEqual([3, 'albumTag'])
    expect(gain(undefined, { gainMode: 'album' }, { loudness: -20 })).toEqual([2, 'trackScan'])
  })

  it('includes the preamp, also where nothing is known', () => {
    expect(gain(tagged, { preamp: 5 })).toEqual([-1, 'trackTag'])
    expect(gain(undefined, { preamp: -5 })).toEqual([-5, 'unknown'])
    expect(gain(undefined, { preamp: 5 })).toEqual([5, 'unknown'])
    expect(gain(tagged, { gainMode: 'off', preamp: 5 })).toEqual([0, 'off'])
  })

  it('is limited by the peak where clipping is prevented', () => {
    const loud = { ...tagged, trackGain: 10, trackPeak: 0.5 }
    expect(gain(loud, { preventClipping: true })).toEqual([6.021, 'trackTag'])
    expect(gain(loud, { preventClipping: false })).toEqual([10, 'trackTag'])
    // The measured peak replaces a missing tag, and the album's own peak limits the album's gain.
    const unknown = { ...tagged, trackGain: 10, albumGain: 10, trackPeak: undefined, albumPeak: undefined }
    expect(gain(unknown, { preventClipping: true }, measured)).toEqual([0.915, 'trackTag'])
    expect(gain(unknown, { gainMode: 'album', preventClipping: true }, measured)).toEqual([0.446, 'albumTag'])
  })

  it('does not raise a song whose peak is unknown above full scale', () => {
    expect(gain({ ...noGain, trackGain: 10 }, { preventClipping: true })).toEqual([0, 'trackTag'])
    expect(gain(undefined, { preventClipping: true, preamp: 5 })).toEqual([0, 'unknown'])
    expect(gain(undefined, { preventClipping: true, preamp: -5 })).toEqual([-5, 'unknown'])
  })

  it('lowers a song whose peak exceeds full scale', () => {
    expect(gain({ ...noGain, trackGain: 0, trackPeak: 2 }, { preventClipping: true })).toEqual([
      -6.021,
      'trackTag',
    ])
  })

  it('ignores what is no number', () => {
    expect(gain({ ...noGain, trackGain: Number.NaN }, {})).toEqual([0, 'unknown'])
    expect(gain({ ...noGain, trackGain: 1, trackPeak: Number.NaN }, { preventClipping: true })).toEqual([
      0,
      'trackTag',
    ])
  })
})
