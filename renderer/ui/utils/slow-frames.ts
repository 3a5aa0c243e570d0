/**
 * Slow frames: slow animations of the window change together in these, because Chromium goes through the whole page for
 * each picture, however little of it changes.
 */

/** Milliseconds between two slow frames. They are counted from 1970. */
export const slowFrameInterval = 125

export const currentSlowFrame = (): number => Math.floor(timeNow() / slowFrameInterval)

/** Returns the whole milliseconds until the slow frame that is nearest to `wait` ms from now, at least until the next one. */
export function timeUntilSlowFrame(wait = slowFrameInterval): number {
  const now = timeNow()
  const nearest = Math.round((now + wait) / slowFrameInterval)
  const next = Math.floor(now / slowFrameInterval) + 1
  // A timer drops the fraction, and would fire before the frame.
  return Math.ceil(Math.max(nearest, next) * slowFrameInterval - now)
}

const timeNow = (): number => performance.timeOrigin + performance.now()
