import { expect, test } from 'vitest'
import { mixToStereo } from '../../../renderer/decoder/mix-down.ts'

const channel = (...samples: number[]) => Float32Array.from(samples)

test('mono is on both sides, and stereo stays as it is', () => {
  expect(mixToStereo([channel(0.25, -0.5)], 1)).toEqual([channel(0.25, -0.5), channel(0.25, -0.5)])
  const stereo = [channel(0.5), channel(-0.25)]
  expect(mixToStereo(stereo, 1)).toEqual(stereo)
  expect(mixToStereo(stereo, 0.5)).toEqual([channel(0.25), channel(-0.125)])
})

test.each([3, 4, 5, 6, 7, 8])('of %d channels each is on its sides', (count) => {
  const heard = Array.from({ length: count }, (_, sounding) => {
    const channels = Array.from({ length: count }, (_, index) => channel(index === sounding ? 1 : 0))
    return mixToStereo(channels, 1).map(([sample]) => Math.sign(sample ?? 0))
  })
  expect(heard.slice(0, 2)).toEqual([
    [1, 0],
    [0, 1],
  ])
  // Each further channel but that of low frequencies is heard, and both sides are equal together.
  const silent = heard.filter(([left, right]) => left === 0 && right === 0).length
  expect(silent).toBe(count >= 6 ? 1 : 0)
  expect(heard.filter(([left]) => left === 1)).toHaveLength(heard.filter(([, right]) => right === 1).length)
})
