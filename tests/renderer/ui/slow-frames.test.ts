import { afterEach, expect, test, vi } from 'vitest'
import { slowFrameInterval, timeUntilSlowFrame } from '../../../renderer/ui/utils/slow-frames.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** Returns the time at which a timer would fire that waits for the slow frame nearest to `wait` ms from `time`. */
function frameTime(time: number, wait?: number): number {
  vi.spyOn(performance, 'now').mockReturnValue(time - performance.timeOrigin)
  return time + timeUntilSlowFrame(wait)
}

const start = 1_000_000 * slowFrameInterval

test('everything that waits for a slow frame changes within one millisecond', () => {
  for (const offset of [0, 0.4, 30, 60.5, 124.9]) {
    expect(frameTime(start + offset)).toBeGreaterThan(start + slowFrameInterval - 0.001)
    expect((frameTime(start + offset) - start) % slowFrameInterval).toBeLessThan(1)
  }
})

test('a longer wait ends with the nearest slow frame', () => {
  expect(frameTime(start + 0.4, 250)).toBeCloseTo(start + 250, -1)
  expect(frameTime(start + 70, 250)).toBeCloseTo(start + 375, -1)
  expect(frameTime(start + 10, 0)).toBeCloseTo(start + 125, -1)
})
