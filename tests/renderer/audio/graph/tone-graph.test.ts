import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ToneSettings } from '../../../../renderer/audio/graph/tone-stages.ts'
import { findChromium } from '../../../../scripts/find-chromium.ts'
import { isRoot } from '../../../../scripts/system.ts'
import { builtInPresets, equalizerBands, flatGains } from '../../../../shared/sound/equalizer.ts'
import { defaultSoundSettings } from '../../../../shared/sound/sound-settings.ts'
import type { MeterOptions, RenderOptions, SettingsChange } from './graph-page-entry.ts'

let browser: Browser
let page: Page

beforeAll(async () => {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      rollupOptions: { input: fileURLToPath(new URL('graph-page-entry.ts', import.meta.url)) },
    },
  })
  const [built] = [result].flat()
  if (built === undefined || !('output' in built)) throw new Error('The page was not built.')
  const executablePath = findChromium()
  browser = await chromium.launch({ ...(executablePath && { executablePath }), chromiumSandbox: !isRoot })
  page = await browser.newPage()
  await page.addScriptTag({ type: 'module', content: built.output[0].code })
  await page.waitForFunction(() => window.render !== undefined)
}, 60_000)
afterAll(async () => await browser.close())

const off: ToneSettings = defaultSoundSettings
const withGains = (gains: readonly number[], change: Partial<ToneSettings> = {}): ToneSettings => ({
  ...off,
  preventClipping: false,
  ...change,
  equalizer: { isEnabled: true, gains, presets: [] },
})

async function render(options: Omit<RenderOptions, 'sampleRate'> & { sampleRate?: number }) {
  const channels = await page.evaluate((given) => window.render(given), { sampleRate: 48_000, ...options })
  const [left = [], right = []] = channels
  return { left, right }
}

const sine = (length: number, hertz: number, amplitude = 1, sampleRate = 48_000): number[] =>
  Array.from({ length }, (_, frame) => amplitude * Math.sin((2 * Math.PI * hertz * frame) / sampleRate))

/** Noise that is the same in every run, exact as 32-bit floats. */
function noise(length: number): number[] {
  let state = 1
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.fround(state / 2 ** 31 - 0.5)
  })
}

/** The gain of an impulse response at a frequency, in dB. */
function gainAt(response: readonly number[], hertz: number, sampleRate: number): number {
  let real = 0
  let imaginary = 0
  response.forEach((sample, frame) => {
    const phase = (2 * Math.PI * hertz * frame) / sampleRate
    real += sample * Math.cos(phase)
    imaginary -= sample * Math.sin(phase)
  })
  return 10 * Math.log10(real ** 2 + imaginary ** 2)
}

/** Long enough for the lowest band to decay below −100 dB. */
const impulse = (length = 16_384): number[] => [1, ...new Array<number>(length - 1).fill(0)]

const largestStep = (samples: readonly number[]): number =>
  samples.reduce((max, sample, frame) => Math.max(max, Math.abs(sample - (samples[frame - 1] ?? sample))), 0)

describe('the equaliser', () => {
  const ascending = equalizerBands.map((_, band) => band * 2 - 9)
  const curves: Record<string, readonly number[]> = {
    ...builtInPresets,
    'all bands raised': flatGains.map(() => 12),
    'all bands lowered': flatGains.map(() => -12),
    'one band raised': flatGains.with(5, 12),
    ascending,
  }
  const cases = [
    ...Object.keys(curves).map((name) => [name, 48_000] as const),
    ['ascending', 44_100] as const,
  ]

  test.each(cases)(
    'has the gain of each slider at the centre of its band: %s at %d Hz',
    async (name, sampleRate) => {
      const gains = curves[name] ?? []
      const { left, right } = await render({
        settings: withGains(gains),
        source: [impulse(), impulse()],
        sampleRate,
      })
      expect(right).toEqual(left)
      const measured = equalizerBands.map((hertz) => gainAt(left, hertz, sampleRate))
      measured.forEach((gain, band) => {
        expect(gain, `${equalizerBands[band]} Hz`).toBeCloseTo(gains[band] ?? 0, 0.3)
      })
    },
  )

  test('without clipping raises no frequency above full scale', async () => {
    for (const gains of [builtInPresets.bassBoost, ascending, flatGains.map(() => 12)]) {
      const settings = withGains(gains, { preventClipping: true })
      const { left } = await render({ settings, source: [impulse()] })
      const frequencies = Array.from({ length: 60 }, (_, index) => 20 * 1000 ** (index / 60))
      const loudest = Math.max(...frequencies.map((hertz) => gainAt(left, hertz, 48_000)))
      expect(loudest).toBeLessThan(0.1)
      expect(loudest).toBeGreaterThan(-0.3)
    }
  })

  test('changes nothing with all bands at 0 dB', async () => {
    const source = [noise(4800), noise(4800)]
    const { left } = await render({ settings: withGains(flatGains), source })
    const [samples = []] = source
    expect(Math.max(...left.map((sample, frame) => Math.abs(sample - (samples[frame] ?? 0))))).toBeLessThan(
      1e-6,
    )
  })
})

describe('the graph', () => {
  test('passes every sample unchanged while nothing is set', async () => {
    const source = [noise(4800), noise(4800).toReversed()]
    const { left, right } = await render({ settings: off, source })
    expect([left, right]).toEqual(source)
  })

  test('contains only the nodes that the settings need', async () => {
    const connections = (...settings: ToneSettings[]) =>
      page.evaluate((given) => window.connections(given), settings)
    const bypassed = ['AudioBufferSource > Gain', 'Gain > AudioDestination']
    expect(await connections(off)).toEqual(bypassed)
    const equalized = await connections(withGains(flatGains.with(0, 6)))
    expect(equalized.filter((edge) => edge.startsWith('BiquadFilter'))).toHaveLength(10)
    expect(await connections(off, withGains(flatGains.with(0, 6)))).toHaveLength(equalized.length)
    const everything = { ...withGains(flatGains.with(0, 6)), mono: true, balance: 0.5 }
    expect(await connections(everything, off)).toEqual(bypassed)
    expect(await connections(off, everything, { ...off, mono: true }, off)).toEqual(bypassed)
  })

  test('mixes both channels to their mean for mono', async () => {
    const [one, other] = [noise(480), noise(960).slice(480)]
    const { left, right } = await render({ settings: { ...off, mono: true }, source: [one, other] })
    expect(right).toEqual(left)
    left.forEach((sample, frame) => {
      expect(sample).toBeCloseTo(((one[frame] ?? 0) + (other[frame] ?? 0)) / 2, 6)
    })
  })

  test.each([
    [-1, 1, 0],
    [-0.25, 1, 0.75],
    [0.5, 0.5, 1],
    [1, 0, 1],
  ])('with the balance %d has the gains %d and %d', async (balance, leftGain, rightGain) => {
    for (const source of [[noise(480)], [noise(480), noise(480)]]) {
      const { left, right } = await render({ settings: { ...off, balance }, source })
      const [samples = []] = source
      samples.forEach((sample, frame) => {
        expect(left[frame]).toBeCloseTo(sample * leftGain, 6)
        expect(right[frame]).toBeCloseTo(sample * rightGain, 6)
      })
    }
  })
})

describe('a change of the settings', () => {
  const equalized = withGains(flatGains.with(4, 6).with(5, 6))
  const changes: Record<string, { before: ToneSettings; change: ToneSettings }> = {
    'equaliser on': { before: off, change: equalized },
    'equaliser off': { before: equalized, change: off },
    'a band from −12 to 12 dB': {
      before: withGains(flatGains.with(4, -12)),
      change: withGains(flatGains.with(4, 12)),
    },
    'mono on': { before: off, change: { ...off, mono: true } },
    'balance to one side': { before: off, change: { ...off, balance: 1 } },
    'balance across': { before: { ...off, balance: 0.9 }, change: { ...off, balance: -0.9 } },
  }

  test.each(Object.keys(changes))('makes no step that the sound does not have: %s', async (name) => {
    const { before, change } = changes[name] ?? { before: off, change: off }
    const source = [sine(24_000, 300, 0.25), sine(24_000, 300, 0.25)]
    const at: SettingsChange[] = [{ at: 0.25, settings: change }]
    const changed = await render({ settings: before, changes: at, source })
    const [former, later] = [
      await render({ settings: before, source }),
      await render({ settings: change, source }),
    ]
    for (const channel of ['left', 'right'] as const) {
      // Both sounds alone, after the start of their filters.
      const own = Math.max(...[former, later].map((sound) => largestStep(sound[channel].slice(6000))))
      const around = changed[channel].slice(11_000, 20_000)
      expect(largestStep(around) - own, channel).toBeLessThan(0.002)
      // The new settings apply in the end.
      expect(changed[channel].slice(22_000)).toEqual(
        later[channel].slice(22_000).map((sample) => expect.closeTo(sample, 3)),
      )
    }
  })
})

describe('a meter', () => {
  const settings = { ...off, balance: 0.5 }
  const measure = (options: MeterOptions) => page.evaluate((given) => window.meter(given), options)

  test('measures what leaves the graph, and follows a change of its nodes', async () => {
    const source = [sine(48_000, 1000, 0.5), sine(48_000, 1000, 0.25)]
    const result = await measure({ settings: off, change: settings, source, at: 0.5 })
    expect(result?.levels[0]?.peak).toBeCloseTo(0.25, 2)
    expect(result?.levels[0]?.mean).toBeCloseTo(0.25 / Math.SQRT2, 2)
    expect(result?.levels[1]?.peak).toBeCloseTo(0.25, 2)
    expect(Math.abs((result?.loudestFrequency ?? 0) - 1000)).toBeLessThan(30)
  })

  test('leaves nothing in the graph when it is closed', async () => {
    const result = await measure({ settings, change: settings, source: [sine(48_000, 1000)], at: 0.5 })
    expect(result).toMatchObject({ isClosed: true, remaining: 0 })
  })
})
