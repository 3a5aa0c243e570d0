import { type Waveform, waveformColumns } from '../../shared/sound/analysis/waveform.ts'

/** A bar of a waveform: its lowest and its highest sample, −1 … 1. */
export interface WaveformBar {
  readonly low: number
  readonly high: number
}

const fullScale = 127

/** Divides a waveform into `count` bars of equal duration. */
export function waveformBars(waveform: Waveform, count: number): readonly WaveformBar[] {
  return Array.from({ length: count }, (_, bar) => {
    const first = Math.min(waveformColumns - 1, Math.floor((bar * waveformColumns) / count))
    const end = Math.max(first + 1, Math.floor(((bar + 1) * waveformColumns) / count))
    let low = 0
    let high = 0
    for (let column = first; column < end; column += 1) {
      low = Math.min(low, waveform[2 * column] ?? 0)
      high = Math.max(high, waveform[2 * column + 1] ?? 0)
    }
    return { low: low / fullScale, high: high / fullScale }
  })
}
