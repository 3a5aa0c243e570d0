import { expect, test } from 'vitest'
import { waveformBars } from '../../../renderer/player-bar/waveform-bars.ts'
import { type Waveform, waveformColumns } from '../../../shared/sound/analysis/waveform.ts'

/** The columns from `first` to `end` are at full scale, and the others silent. */
function waveformWith(first: number, end: number): Waveform {
  const waveform = new Int8Array(2 * waveformColumns)
  for (let column = first; column < end; column += 1) waveform.set([-127, 127], 2 * column)
  return waveform
}

const loud = { low: -1, high: 1 }
const silent = { low: 0, high: 0 }

test('a bar shows the loudest samples of its part of the song', () => {
  expect(waveformBars(waveformWith(0, waveformColumns / 2), 2)).toEqual([loud, silent])
  expect(waveformBars(waveformWith(waveformColumns - 1, waveformColumns), 3)).toEqual([silent, silent, loud])
})

test('the two directions of a bar are independent', () => {
  const waveform = new Int8Array(2 * waveformColumns)
  waveform.set([-127, 0], 0)
  expect(waveformBars(waveform, 1)).toEqual([{ low: -1, high: 0 }])
})

test('there can be more bars than columns', () => {
  const bars = waveformBars(waveformWith(0, 1), 2 * waveformColumns)
  expect(bars).toHaveLength(2 * waveformColumns)
  expect(bars.slice(0, 3)).toEqual([loud, loud, silent])
})
