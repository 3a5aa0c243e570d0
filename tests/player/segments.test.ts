import { expect, test } from 'vitest'
import { positionAt, type Segment, Segments } from '../../shared/sound/playing/segments.ts'

const segment = (number: number, firstFrame: number): Segment => ({
  number,
  firstFrame,
  songFrame: 0,
  songRate: 44_100,
  ringRate: 48_000,
  speed: 1,
})

test('a frame belongs to the last segment that begins at or before it', () => {
  const segments = new Segments()
  expect(segments.last).toBeUndefined()
  expect(segments.at(0)).toBeUndefined()
  segments.add(segment(1, 0))
  segments.add(segment(2, 1000))
  expect(new Segments(segments.block).last).toEqual(segment(2, 1000))
  expect([0, 999, 1000, 5000].map((frame) => segments.at(frame)?.number)).toEqual([1, 1, 2, 2])
})

test('of many segments the last ones are known', () => {
  const segments = new Segments()
  for (let number = 1; number <= 200; number++) segments.add(segment(number, number * 100))
  expect(segments.last?.number).toBe(200)
  expect(segments.at(15_050)?.number).toBe(150)
  expect(segments.at(5_000)).toBeUndefined()
})

test('the position counts the frames of the ring in seconds of the song', () => {
  const half: Segment = { ...segment(1, 96_000), songFrame: 44_100, speed: 0.5 }
  expect(positionAt(half, 96_000)).toBe(1)
  expect(positionAt(half, 144_000)).toBe(1.5)
  // What is heard is still in the segment before.
  expect(positionAt(half, 95_000)).toBe(1)
})
