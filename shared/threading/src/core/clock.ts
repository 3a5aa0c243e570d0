const origin = performance.timeOrigin

/**
 * Milliseconds since 1970, with fractions, and never running backwards within a thread.
 * `performance.now()` alone has another origin in every worker.
 */
export function now(): number {
  return origin + performance.now()
}
