/** Returns the violations that no exception names. An exception names a violation by how it begins. */
export function except(violations: readonly string[], exceptions: readonly string[]): readonly string[] {
  return violations.filter((violation) => !exceptions.some((start) => violation.startsWith(start)))
}
