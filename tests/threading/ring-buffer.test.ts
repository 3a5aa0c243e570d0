import { MemoryError, RingBuffer, ValueError } from '@skein/threading'
import { describe, expect, test } from 'vitest'
import { storeCount } from '../../shared/threading/src/ring/ring-counter.ts'
import { ringWord } from '../../shared/threading/src/ring/ring-fields.ts'

/** A second handle, like the one of the thread that reads. */
const readerOf = (ring: RingBuffer): RingBuffer => RingBuffer.attach(ring.id)

/** Frames of one channel with the values from `first`, each its own. */
const frames = (count: number, first = 1): Float32Array[] => [
  Float32Array.from({ length: count }, (_, index) => first + index),
]

const constant = (count: number, value = 1): Float32Array[] => [new Float32Array(count).fill(value)]

function readFrames(reader: RingBuffer, count: number): number[] {
  const target = new Float32Array(count).fill(Number.NaN)
  reader.read([target])
  return [...target]
}

const makeRing = (capacity = 8, rampFrames = 0): RingBuffer =>
  new RingBuffer({ name: 'pcm', channels: 1, capacity, rampFrames })

/** What a ramp makes of ones: a raised cosine. */
const rising = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => 0.5 - 0.5 * Math.cos((Math.PI * (index + 1)) / count))
const falling = (count: number): number[] => [...rising(count).slice(0, -1).reverse(), 0]

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length)
  for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, 5)
}

describe('frames', () => {
  test('come out as they went in, also around the end of the ring', () => {
    using ring = makeRing(8)
    const reader = readerOf(ring)
    let written = 0
    const got: number[] = []
    while (got.length < 1000) {
      const block = frames(5, written + 1)
      let start = 0
      while (start < 5) {
        const count = ring.write(block, start)
        start += count
        if (count === 0) got.push(...readFrames(reader, 3))
      }
      written += 5
    }
    expect(got).toEqual(Array.from({ length: got.length }, (_, index) => index + 1))
    expect(ring.framesWritten).toBe(written)
    expect(ring.framesRead).toBe(got.length)
    expect(ring.framesBuffered + ring.space).toBe(8)
    expect(ring.underruns).toBe(0)
  })

  test('have their own value in each channel; channels that the ring lacks are silent', () => {
    using ring = new RingBuffer({ channels: 2, capacity: 4 })
    ring.write([Float32Array.of(1, 2, 3), Float32Array.of(-1, -2, -3)])
    const targets = [0, 1, 2].map(() => new Float32Array(3).fill(9))
    expect(readerOf(ring).read(targets)).toBe(3)
    expect(targets.map((target) => [...target])).toEqual([
      [1, 2, 3],
      [-1, -2, -3],
      [0, 0, 0],
    ])
  })

  test('are written as far as there is space', () => {
    using ring = makeRing(4)
    expect(ring.write(frames(6))).toBe(4)
    expect(ring.write(frames(6))).toBe(0)
    expect(readFrames(readerOf(ring), 2)).toEqual([1, 2])
    expect(ring.write(frames(6), 4)).toBe(2)
    expect(readFrames(readerOf(ring), 4)).toEqual([3, 4, 5, 6])
  })

  test('are counted beyond 32 bits, in rings of any size', () => {
    using ring = makeRing(7)
    const start = 2 ** 33 - 10
    const block = blockOf(ring)
    storeCount(block + ringWord.written, start)
    storeCount(block + ringWord.read, start)
    const reader = readerOf(ring)
    const got: number[] = []
    for (let round = 0; round < 10; round++) {
      ring.write(frames(3, round * 3))
      got.push(...readFrames(reader, 3))
    }
    expect(got).toEqual(Array.from({ length: 30 }, (_, index) => index))
    expect(ring.framesRead).toBe(start + 30)
    expect(ring.framesWritten).toBe(start + 30)
  })
})

const blockOf = (ring: RingBuffer): number => (ring as unknown as { readonly block: number }).block

describe('a read without frames', () => {
  test('gives silence, and is an underrun only in the middle', () => {
    using ring = makeRing()
    const reader = readerOf(ring)
    expect(readFrames(reader, 4)).toEqual([0, 0, 0, 0])
    expect(ring.underruns).toBe(0)
    ring.write(frames(2))
    expect(readFrames(reader, 4)).toEqual([1, 2, 0, 0])
    readFrames(reader, 4)
    expect([ring.underruns, ring.missingFrames]).toEqual([1, 6])
    ring.write(frames(4))
    ring.end()
    readFrames(reader, 4)
    readFrames(reader, 4)
    expect([ring.underruns, ring.missingFrames]).toEqual([1, 6])
    ring.write(frames(1))
    readFrames(reader, 4)
    expect(ring.underruns).toBe(2)
  })

  test('fades the last frame out, and fades in again', () => {
    using ring = makeRing(64, 4)
    const reader = readerOf(ring)
    ring.write(constant(8))
    expectClose(readFrames(reader, 8), constant(8)[0] as unknown as number[])
    ring.write(constant(2))
    expectClose(readFrames(reader, 8), [1, 1, ...falling(4), 0, 0])
    ring.write(constant(6))
    expectClose(readFrames(reader, 6), [...rising(4), 1, 1])
  })

  test('goes on with the frames only after the last one has faded out', () => {
    using ring = makeRing(64, 8)
    const reader = readerOf(ring)
    ring.write(constant(1))
    readFrames(reader, 1)
    expectClose(readFrames(reader, 4), falling(8).slice(0, 4))
    ring.write(constant(16, -1))
    const after = readFrames(reader, 8)
    expectClose(after.slice(0, 4), falling(8).slice(4))
    expectClose(
      after.slice(4),
      rising(8)
        .slice(0, 4)
        .map((gain) => -gain),
    )
  })
})

describe('a reset', () => {
  test('drops the old frames, and goes on with the new ones', () => {
    using ring = makeRing(8)
    const reader = readerOf(ring)
    ring.write(frames(6))
    readFrames(reader, 2)
    expect(ring.reset()).toBe(6)
    expect([ring.generation, ring.isAcknowledged]).toEqual([1, false])
    expect(ring.write(frames(6, 100))).toBe(4)
    expect(readFrames(reader, 3)).toEqual([100, 101, 102])
    expect([ring.framesRead, ring.isAcknowledged]).toEqual([9, true])
  })

  test('fades out the old frames and fades in the new ones', () => {
    using ring = makeRing(64, 4)
    const reader = readerOf(ring)
    ring.write(constant(20))
    readFrames(reader, 8)
    ring.reset()
    ring.write(constant(20, 0.5))
    expectClose(readFrames(reader, 12), [
      ...falling(4),
      ...rising(4).map((gain) => gain / 2),
      0.5,
      0.5,
      0.5,
      0.5,
    ])
  })

  test('begins at once without a ramp where that is wanted: at the start of a song', () => {
    using ring = makeRing(64, 4)
    const reader = readerOf(ring)
    ring.write(constant(20))
    readFrames(reader, 8)
    ring.reset({ fadesIn: false })
    expectClose(readFrames(reader, 6), [...falling(4), 0, 0])
    ring.write(constant(20, 0.5))
    expectClose(readFrames(reader, 3), [0.5, 0.5, 0.5])
    expect(ring.underruns).toBe(0)
  })

  test('holds the last frame where too few old frames are left', () => {
    using ring = makeRing(64, 4)
    const reader = readerOf(ring)
    ring.write(constant(9))
    readFrames(reader, 8)
    ring.reset()
    ring.write(constant(8, -1))
    expectClose(readFrames(reader, 8), [...falling(4), ...rising(4).map((gain) => -gain)])
  })

  test('of a reset that the reader has not seen yet counts too', () => {
    using ring = makeRing(16, 2)
    const reader = readerOf(ring)
    ring.write(constant(4))
    readFrames(reader, 2)
    ring.reset()
    ring.write(constant(4, 5))
    ring.reset()
    ring.write(constant(4, 0.5))
    expectClose(readFrames(reader, 6), [...falling(2), ...rising(2).map((gain) => gain / 2), 0.5, 0.5])
    expect([ring.generation, ring.isAcknowledged]).toEqual([2, true])
  })
})

describe('a pause', () => {
  test('fades out, gives silence and keeps the frames', () => {
    using ring = makeRing(64, 4)
    const reader = readerOf(ring)
    ring.write(constant(30))
    readFrames(reader, 8)
    ring.isPaused = true
    expectClose(readFrames(reader, 8), [...falling(4), 0, 0, 0, 0])
    expect([ring.framesRead, ring.isSilent]).toEqual([12, true])
    ring.isPaused = false
    expectClose(readFrames(reader, 6), [...rising(4), 1, 1])
    expect([ring.framesRead, ring.isSilent, ring.underruns]).toEqual([18, false, 0])
  })

  test('in the middle of a ramp turns round', () => {
    using ring = makeRing(64, 8)
    const reader = readerOf(ring)
    ring.write(constant(40))
    readFrames(reader, 10)
    ring.isPaused = true
    readFrames(reader, 3)
    ring.isPaused = false
    expectClose(readFrames(reader, 4), [...rising(8).slice(5), 1])
  })

  test('still takes note of a reset', () => {
    using ring = makeRing(8, 2)
    const reader = readerOf(ring)
    ring.isPaused = true
    ring.write(frames(8))
    readFrames(reader, 2)
    ring.reset({ fadesIn: false })
    expect(ring.space).toBe(0)
    readFrames(reader, 2)
    expect([ring.space, ring.isAcknowledged, ring.framesRead]).toEqual([8, true, 8])
    ring.write(frames(4, 50))
    expect(readFrames(reader, 2)).toEqual([0, 0])
    ring.isPaused = false
    expect(readFrames(reader, 2)).toEqual([50, 51])
  })
})

describe('the ramps', () => {
  test('add no step larger than those of the sound itself', () => {
    const rate = 48_000
    using ring = new RingBuffer({ channels: 1, capacity: rate, rampFrames: 240 })
    const reader = readerOf(ring)
    const sine = (count: number, from: number) => [
      Float32Array.from(
        { length: count },
        (_, index) => 0.8 * Math.sin((2 * Math.PI * 440 * (from + index)) / rate),
      ),
    ]
    const sound: number[] = []
    const listen = () => sound.push(...readFrames(reader, 128))
    ring.write(sine(40_000, 0))
    for (let quantum = 0; quantum < 150; quantum++) {
      if (quantum % 30 === 10) ring.isPaused = true
      if (quantum % 30 === 13) ring.isPaused = false
      if (quantum % 50 === 40) {
        ring.reset()
        ring.write(sine(6000, quantum * 977))
      }
      listen()
    }
    const steps = sound.slice(1).map((value, index) => Math.abs(value - sound[index]!))
    const ownStep = 0.8 * 2 * Math.sin((Math.PI * 440) / rate)
    expect(Math.max(...steps)).toBeLessThanOrEqual(ownStep * 1.0001)
  })
})

describe('invalid use', () => {
  test.each([
    [{ channels: 0, capacity: 8 }, ValueError],
    [{ channels: 65, capacity: 8 }, ValueError],
    [{ channels: 1, capacity: 0 }, ValueError],
    [{ channels: 1, capacity: 2 ** 28 + 1 }, ValueError],
    [{ channels: 1.5, capacity: 8 }, TypeError],
    [{ channels: 1, capacity: 8, rampFrames: -1 }, ValueError],
    [{ channels: 64, capacity: 2 ** 28 }, MemoryError],
  ])('%o is refused', (options, error) => {
    expect(() => new RingBuffer(options)).toThrow(error)
  })

  test('other channels or frames than there are', () => {
    using ring = new RingBuffer({ channels: 2, capacity: 8 })
    expect(() => ring.write(frames(2))).toThrow(ValueError)
    expect(() => ring.write([new Float32Array(2), new Float32Array(1)])).toThrow(ValueError)
    expect(() => ring.write([new Float32Array(2), new Float32Array(2)], 2, 1)).toThrow(ValueError)
    expect(() => ring.waitForSpace(9, 0)).toThrow(ValueError)
    expect(ring.framesWritten).toBe(0)
  })
})
