import { ValueError } from './errors.ts'

/** Checks a lock's arguments like Python, and returns the milliseconds to wait (−1: without limit). */
export function normalizeLockTimeout(blocking: boolean, timeout: number): number {
  checkTimeout(timeout)
  if (!blocking && timeout !== -1) throw new ValueError('a timeout makes no sense without blocking')
  if (timeout < 0 && timeout !== -1) throw new ValueError('a timeout must not be negative')
  if (!blocking) return 0
  return timeout === -1 ? Infinity : timeout
}

/** Returns the milliseconds to wait: undefined means without limit, 0 or less not at all. */
export function normalizeTimeout(timeout: number | undefined): number {
  if (timeout === undefined) return Infinity
  checkTimeout(timeout)
  return Math.max(timeout, 0)
}

function checkTimeout(timeout: number): void {
  if (typeof timeout !== 'number' || Number.isNaN(timeout)) {
    throw new TypeError('a timeout is a number of milliseconds')
  }
}
