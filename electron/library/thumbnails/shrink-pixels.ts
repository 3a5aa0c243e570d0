import type { Pixels } from './picture-codec.ts'

/** The source pixels of one pixel along an axis, and how much each counts. */
interface Taps {
  readonly first: number
  readonly weights: readonly number[]
}

const channels = 4

/**
 * Returns a smaller picture whose pixels are the averages of the areas that they cover. Transparent pixels do not colour
 * their neighbours.
 */
export function shrinkPixels({ width, height, bytes }: Pixels, newWidth: number, newHeight: number): Pixels {
  const columns = tapsOf(width, newWidth)
  const rows = tapsOf(height, newHeight)
  const row = new Float64Array(newWidth * channels)
  const sums = new Float64Array(newWidth * channels)
  const shrunk = new Uint8Array(newWidth * newHeight * channels)
  for (const [y, { first, weights }] of rows.entries()) {
    sums.fill(0)
    for (const [index, weight] of weights.entries()) {
      shrinkRow(bytes, (first + index) * width * channels, columns, row)
      for (let at = 0; at < row.length; at++) sums[at] = (sums[at] ?? 0) + weight * (row[at] ?? 0)
    }
    writeRow(sums, shrunk.subarray(y * newWidth * channels, (y + 1) * newWidth * channels))
  }
  return { width: newWidth, height: newHeight, bytes: shrunk }
}

/** Each pixel covers `length / newLength` source pixels, those at its ends in part. The weights add up to 1. */
function tapsOf(length: number, newLength: number): Taps[] {
  const size = length / newLength
  return Array.from({ length: newLength }, (_, index) => {
    const start = index * size
    const end = Math.min(length, start + size)
    const first = Math.min(length - 1, Math.floor(start))
    const last = Math.max(first + 1, Math.min(length, Math.ceil(end - 1e-9)))
    const weights: number[] = []
    for (let at = first; at < last; at++)
      weights.push((Math.min(end, at + 1) - Math.max(start, at)) / (end - start))
    return { first, weights }
  })
}

/** Writes the averages of a row, with colours multiplied by alpha. */
function shrinkRow(bytes: Uint8Array, rowStart: number, columns: readonly Taps[], row: Float64Array): void {
  let to = 0
  for (const { first, weights } of columns) {
    let red = 0
    let green = 0
    let blue = 0
    let alpha = 0
    let at = rowStart + first * channels
    for (const weight of weights) {
      const share = weight * (bytes[at + 3] ?? 0)
      red += share * (bytes[at] ?? 0)
      green += share * (bytes[at + 1] ?? 0)
      blue += share * (bytes[at + 2] ?? 0)
      alpha += share
      at += channels
    }
    row[to] = red
    row[to + 1] = green
    row[to + 2] = blue
    row[to + 3] = alpha
    to += channels
  }
}

function writeRow(sums: Float64Array, row: Uint8Array): void {
  for (let at = 0; at < row.length; at += channels) {
    const alpha = sums[at + 3] ?? 0
    const divisor = alpha === 0 ? 1 : alpha
    for (let channel = 0; channel < 3; channel++)
      row[at + channel] = Math.min(255, Math.round((sums[at + channel] ?? 0) / divisor))
    row[at + 3] = Math.min(255, Math.round(alpha))
  }
}

/** Returns whether a picture shows what is behind it. */
export function isTransparent({ bytes }: Pixels): boolean {
  for (let at = 3; at < bytes.length; at += channels) if (bytes[at] !== 255) return true
  return false
}
