const origin = performance.timeOrigin

/**
 * Milliseconds since 1970, with fractions. It never runs backwards within a thread. `performance.now()` alone has a
 * different origin in every worker.
 */
export function now(): number {
  return origin + performance.now()
}
