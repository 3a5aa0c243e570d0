import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allFrames, halfFormats, halfFrames, halvesFolder, sineAt } from '../../fixtures/halves.ts'
import { maxDifference, maxStep } from './compare-samples.ts'
import { type Decoded, StreamPage } from './stream-page.ts'

let page: StreamPage
beforeAll(async () => {
  page = await StreamPage.open()
})
afterAll(async () => await page?.close())

/** The frames at the ends of a half that a lossy encoder changes, because the sine is cut there. */
const edge = 3000
/** The steps between frames at the join, by the largest one of the sine. A lost frame would double it. */
const maxStepRatio = 1.5

describe.each(halfFormats)('two halves of a sine as $name', ({ name, extension, ...format }) => {
  const { sampleRate = 44_100, channels = 1, isLossless = false } = format
  let halves: readonly Decoded[]
  beforeAll(async () => {
    halves = await Promise.all(
      [1, 2].map((half) => page.decode(join(halvesFolder, `${name}-${half}.${extension}`))),
    )
  })

  it('have exactly the frames that were encoded', () => {
    expect(halves.map((half) => half.channels.map(({ length }) => length))).toEqual(
      [halfFrames, allFrames - halfFrames].map((frames) => Array(channels).fill(frames)),
    )
    expect(halves.map((half) => half.frames)).toEqual([halfFrames, allFrames - halfFrames])
    expect(halves.map((half) => half.sampleRate)).toEqual([sampleRate, sampleRate])
    expect(halves.map((half) => half.damagedPlaces)).toEqual([0, 0])
  })

  it('continue the sine at the join', () => {
    const sine = Float32Array.from({ length: allFrames }, (_, frame) => sineAt(frame))
    for (let channel = 0; channel < channels; channel++) {
      const joined = Float32Array.from(halves.flatMap((half) => [...(half.channels[channel] ?? [])]))
      if (isLossless) expect(maxDifference(joined, sine, 0, allFrames)).toBe(0)
      // An encoder may make the sound quieter.
      const gain = gainOf(joined, sine)
      const quieter = sine.map((sample) => sample * gain)
      const own = maxStep(quieter, 0, allFrames)
      // A shift by one frame is a difference of one step.
      expect(maxDifference(joined, quieter, edge, halfFrames - edge)).toBeLessThan(own / 3)
      expect(maxDifference(joined, quieter, halfFrames + edge, allFrames - edge)).toBeLessThan(own / 3)
      expect(maxStep(joined, halfFrames - edge, halfFrames + edge)).toBeLessThan(own * maxStepRatio)
    }
  })
})

/** The loudness of `samples` by that of `reference`. */
function gainOf(samples: Float32Array, reference: Float32Array): number {
  let product = 0
  let square = 0
  for (let i = 0; i < reference.length; i++) {
    product += (samples[i] ?? 0) * reference[i]!
    square += reference[i]! ** 2
  }
  return product / square
}
