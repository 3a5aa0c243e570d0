import { describe, expect, it } from 'vitest'
import { decodeWaveform, encodeWaveform } from '../../shared/sound/analysis/sound-analysis.ts'
import { WaveformBuilder, waveformColumns } from '../../shared/sound/analysis/waveform.ts'
import { block } from './test-signals.ts'

function build(...channels: Float32Array<ArrayBuffer>[]) {
  const builder = new WaveformBuilder()
  const frames = channels[0]?.length ?? 0
  for (let start = 0; start < frames; start += 4096)
    builder.add(block(44_100, ...channels.map((samples) => samples.slice(start, start + 4096))))
  return builder.build()
}

const column = (waveform: Int8Array, index: number) => [waveform[2 * index], waveform[2 * index + 1]]

describe('a waveform', () => {
  it.each([waveformColumns * 64, 1_000_000, 5_000_000])('shows where the sound of %i frames is', (frames) => {
    const samples = new Float32Array(frames)
    samples.fill(0.5, frames / 2)
    samples[Math.floor(frames / 4)] = -1
    const waveform = build(samples)
    expect(waveform).toHaveLength(2 * waveformColumns)
    expect(column(waveform, 10)).toEqual([0, 0])
    expect(column(waveform, waveformColumns / 2 - 10)).toEqual([0, 0])
    expect(column(waveform, waveformColumns / 2 + 10)[1]).toBe(64)
    expect(column(waveform, waveformColumns - 1)[1]).toBe(64)
    const lowest = [...Array(waveformColumns).keys()].filter((index) => waveform[2 * index] === -127)
    expect(lowest.length).toBeLessThanOrEqual(2)
    expect(Math.abs((lowest[0] ?? 0) - waveformColumns / 4)).toBeLessThanOrEqual(1)
  })

  it('covers all channels', () => {
    const [left, right] = [new Float32Array(200_000), new Float32Array(200_000)]
    left.fill(0.25)
    right.fill(-0.75)
    expect(column(build(left, right), 700)).toEqual([-96, 32])
  })

  it('is made of short songs too', () => {
    expect([...build(new Float32Array(0))].every((value) => value === 0)).toBe(true)
    const waveform = build(new Float32Array(10).fill(1))
    expect(column(waveform, 0)).toEqual([0, 127])
    expect(column(waveform, waveformColumns - 1)).toEqual([0, 127])
  })

  it('limits what exceeds full scale', () => {
    expect(column(build(new Float32Array(100_000).fill(3)), 5)).toEqual([0, 127])
  })

  it('is stored as 4 KB of text', () => {
    const waveform = build(new Float32Array(100_000).fill(-0.5))
    const text = encodeWaveform(waveform)
    expect(text.length).toBeLessThanOrEqual(4096)
    expect(decodeWaveform(text)).toEqual(waveform)
    expect(decodeWaveform('')).toBeUndefined()
    expect(decodeWaveform('%')).toBeUndefined()
    expect(decodeWaveform(text.slice(4))).toBeUndefined()
  })
})
