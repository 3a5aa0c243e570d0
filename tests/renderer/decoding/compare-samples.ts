/** Returns the greatest difference of two sounds between two frames. */
export function maxDifference(left: Float32Array, right: Float32Array, start: number, end: number): number {
  let max = 0
  for (let i = start; i < end; i++)
    max = Math.max(max, Math.abs((left[i] ?? Number.NaN) - (right[i] ?? Number.NaN)))
  return max
}

/** Returns the greatest difference of two frames that follow each other. */
export function maxStep(samples: Float32Array, start: number, end: number): number {
  let max = 0
  for (let i = start + 1; i < end; i++) max = Math.max(max, Math.abs(samples[i]! - samples[i - 1]!))
  return max
}
