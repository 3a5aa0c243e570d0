import { ValueError } from './errors.ts'

/** Checks a lock's arguments like Python does. Returns how long to wait in milliseconds; −1 becomes Infinity. */
export function normalizeLockTimeout(blocking: boolean, timeout: number): number {
  checkTimeout(timeout)
  if (!blocking && timeout !== -1) throw new ValueError('a timeout makes no sense without blocking')
  if (timeout < 0 && timeout !== -1) throw new ValueError('a timeout must not be negative')
  if (!blocking) return 0
  return timeout === -1 ? Infinity : timeout
}

/** Returns how long to wait in milliseconds: undefined becomes Infinity, a negative number 0. */
export function normalizeTimeout(timeout: number | undefined): number {
  if (timeout === undefined) return Infinity
  checkTimeout(timeout)
  return Math.max(timeout, 0)
}

/** Throws TypeError for a timeout that is no number. */
export function checkTimeout(timeout: unknown): asserts timeout is number {
  if (typeof timeout !== 'number' || Number.isNaN(timeout)) {
    throw new TypeError('a timeout is a number of milliseconds')
  }
}
