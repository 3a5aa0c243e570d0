/** A field with more is damaged, or made to take memory. */
const maxValues = 100

/** Splits at each zero unit; the last values of too many are left out. */
export function splitAtZeros(bytes: Uint8Array, unit: 1 | 2): Uint8Array[] {
  const values: Uint8Array[] = []
  for (let start = 0; start < bytes.length && values.length < maxValues; ) {
    const end = findTerminator(bytes, unit, start)
    if (end > start) values.push(bytes.subarray(start, end))
    start = end + unit
  }
  return values
}

/** Returns where the first zero unit from `start` on is, or the length of `bytes`. */
export function findTerminator(bytes: Uint8Array, unit: 1 | 2, start: number): number {
  if (unit === 1) {
    const found = bytes.indexOf(0, start)
    return found < 0 ? bytes.length : found
  }
  for (let at = start; at + 1 < bytes.length; at += 2) if (bytes[at] === 0 && bytes[at + 1] === 0) return at
  return bytes.length
}
