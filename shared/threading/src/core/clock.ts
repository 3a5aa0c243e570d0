interface Clock {
  readonly timeOrigin: number
  now(): number
}

const { performance } = globalThis as { readonly performance?: Clock }
const origin = performance?.timeOrigin ?? 0

/**
 * Milliseconds since 1970, with fractions. It never runs backwards within a thread. `performance.now()` alone has a
 * different origin in every worker.
 */
export function now(): number {
  return performance === undefined ? coarseNow() : origin + performance.now()
}

let offset = 0
let last = 0

/** Sets how far the clock of the process is ahead of `Date.now()`, for a thread without `performance`. */
export function setClockOffset(milliseconds: number): void {
  offset = milliseconds
}

/** In whole milliseconds. An AudioWorklet has no other clock that also runs while its context is suspended. */
function coarseNow(): number {
  last = Math.max(last, Date.now() + offset)
  return last
}
