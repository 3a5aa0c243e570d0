import { describe, expect, it } from 'vitest'
import { crossfadeGains, mixCrossfade } from '../../shared/sound/transitions/crossfade.ts'
import { decibels, rms, sine } from './test-signals.ts'

const silence = (frames: number) => new Float32Array(frames)

describe('the gains of a crossfade', () => {
  it('are exact at both ends and beyond', () => {
    expect(crossfadeGains(0)).toEqual({ outgoing: 1, incoming: 0 })
    expect(crossfadeGains(1)).toEqual({ outgoing: 0, incoming: 1 })
    expect(crossfadeGains(-1)).toEqual({ outgoing: 1, incoming: 0 })
    expect(crossfadeGains(2)).toEqual({ outgoing: 0, incoming: 1 })
  })

  it('keep the power', () => {
    for (let position = 0; position <= 1; position += 1 / 64) {
      const { outgoing, incoming } = crossfadeGains(position)
      expect(outgoing ** 2 + incoming ** 2).toBeCloseTo(1, 12)
    }
  })
})

describe('a crossfade', () => {
  it('does not dip', () => {
    const [outgoing, incoming] = [sine(440, 48_000, 48_000, 0.5), sine(563, 48_000, 48_000, 0.5)]
    const [mixed] = mixCrossfade([outgoing], [incoming], 0, 48_000)
    const levels = Array.from({ length: 19 }, (_, index) =>
      decibels(rms(mixed!.subarray(index * 2400, index * 2400 + 4800)) / rms(outgoing)),
    )
    for (const level of levels) expect(Math.abs(level)).toBeLessThan(0.5)
  })

  it('is the same in parts', () => {
    const outgoing = [sine(440, 48_000, 1000), sine(441, 48_000, 1000)]
    const incoming = [sine(600, 48_000, 1000), silence(1000)]
    const whole = mixCrossfade(outgoing, incoming, 0, 1000)
    const cut = (channels: Float32Array[], from: number, to?: number) =>
      channels.map((samples) => samples.slice(from, to))
    const first = mixCrossfade(cut(outgoing, 0, 333), cut(incoming, 0, 333), 0, 1000)
    const second = mixCrossfade(cut(outgoing, 333), cut(incoming, 333), 333, 1000)
    expect(first.map((samples, channel) => [...samples, ...second[channel]!])).toEqual(
      whole.map((samples) => [...samples]),
    )
  })
})
