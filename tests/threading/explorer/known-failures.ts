/** Scenarios that fail: each must fail, so that the list shrinks as the library is repaired. */
export const knownFailures: ReadonlySet<string> = new Set<string>()
