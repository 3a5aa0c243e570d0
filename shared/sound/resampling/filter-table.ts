/**
 * A low-pass filter for a change of the sample rate: a sinc with a Kaiser window. Each row has the coefficients for
 * one position between two input frames.
 */
export interface FilterTable {
  /** Coefficients of a row, a multiple of 4. Half of them belong to frames before the position. */
  readonly taps: number
  /** Positions between two input frames. The rows are one more: the last one is the first one of the next frame. */
  readonly phases: number
  readonly rows: readonly Float64Array[]
}

/** Decibels. More than 16 bits have: neither images nor aliases are audible. */
const stopbandAttenuation = 110
/** The passband ends at this share of the lower Nyquist frequency: at 20 kHz for 44.1 kHz. */
const passbandShare = 0.907
/** With more phases than this, coefficients are interpolated between two rows. */
export const maxPhases = 1024
const maxCachedTables = 4

const cache = new Map<string, FilterTable>()

/** Returns the filter for the ratio `up` / `down` of the output rate to the input rate, in lowest terms. */
export function filterTable(up: number, down: number): FilterTable {
  const key = `${up}/${down}`
  const cached = cache.get(key)
  if (cached !== undefined) return cached
  const table = createTable(up, down)
  const oldest = cache.keys().next().value
  if (cache.size >= maxCachedTables && oldest !== undefined) cache.delete(oldest)
  cache.set(key, table)
  return table
}

function createTable(up: number, down: number): FilterTable {
  // Cycles per input frame. The stopband begins at the lower Nyquist frequency.
  const stopband = 0.5 * Math.min(1, up / down)
  const passband = passbandShare * stopband
  // Kaiser's formulas for the length and the shape of the window.
  const length = (stopbandAttenuation - 7.95) / (14.36 * (stopband - passband))
  const beta = 0.1102 * (stopbandAttenuation - 8.7)
  const half = 2 * Math.ceil(length / 4)
  const cutoff = (passband + stopband) / 2
  const phases = Math.min(up, maxPhases)
  const coefficient = (distance: number): number => {
    const window = bessel(beta * Math.sqrt(Math.max(0, 1 - (distance / half) ** 2)))
    return sinc(2 * cutoff * distance) * window
  }
  const rows = Array.from({ length: phases + 1 }, (_, phase) =>
    normalize(
      Float64Array.from({ length: 2 * half }, (_, tap) => coefficient(phase / phases + half - 1 - tap)),
    ),
  )
  return { taps: 2 * half, phases, rows }
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

/** Gives every row the same gain for a constant signal. */
function normalize(row: Float64Array): Float64Array {
  const sum = row.reduce((total, value) => total + value, 0)
  return row.map((value) => value / sum)
}

/** The modified Bessel function of the first kind and order 0. */
function bessel(x: number): number {
  let sum = 1
  let term = 1
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}
