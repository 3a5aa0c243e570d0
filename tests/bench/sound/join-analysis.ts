/** What a recording of two halves of one sine shows of their join. */
export interface Join {
  /** Frames of the file that were added between the halves; negative if frames are missing. */
  readonly added: number
  /** The largest step between two samples, in multiples of the sine's own. */
  readonly step: number
}

export interface Recording {
  readonly rate: number
  readonly samples: Float32Array
}

interface Programme {
  readonly hertz: number
  readonly rate: number
  /** The frames of both halves together. */
  readonly frames: number
}

/** Below this level a sample may be silence. */
const silenceLevel = 0.02
/** Seconds at each end that are not analysed: encoders blur the beginning and the end. */
const margin = 0.25
const window = 0.4

/**
 * Compares the phase of the sine at the beginning and at the end. That is exact, but only within a period; the length of the sound says
 * which period it is.
 */
export function analyseJoin({ rate, samples }: Recording, programme: Programme): Join {
  const first = samples.findIndex((sample) => Math.abs(sample) > silenceLevel)
  const last = samples.findLastIndex((sample) => Math.abs(sample) > silenceLevel)
  if (first < 0 || last - first < (2 * margin + 2 * window) * rate) throw new Error('The sound is too short.')
  const period = rate / programme.hertz
  const start = first + Math.round(margin * rate)
  const end = last - Math.round((margin + window) * rate)
  const before = fitSine(samples, start, Math.round(window * rate), period)
  const after = fitSine(samples, end, Math.round(window * rate), period)
  const turns = (before.phase - after.phase) / (2 * Math.PI)
  const fine = (turns - Math.round(turns)) * period
  const coarse = last + 1 - first - (programme.frames * rate) / programme.rate
  const added = fine + Math.round((coarse - fine) / period) * period
  const ownStep = 2 * before.amplitude * Math.sin(Math.PI / period)
  return { added: (added * programme.rate) / rate, step: largestStep(samples, start, end) / ownStep }
}

/** Fits a sine of a known period, whose phase counts from the beginning of the recording. */
function fitSine(
  samples: Float32Array,
  start: number,
  length: number,
  period: number,
): { readonly amplitude: number; readonly phase: number } {
  // A whole number of periods, so that sine and cosine are orthogonal.
  const count = Math.round(Math.floor(length / period) * period)
  let [sine, cosine] = [0, 0]
  for (let index = start; index < start + count; index++) {
    const angle = (2 * Math.PI * index) / period
    sine += (samples[index] ?? 0) * Math.sin(angle)
    cosine += (samples[index] ?? 0) * Math.cos(angle)
  }
  return { amplitude: (2 * Math.hypot(sine, cosine)) / count, phase: Math.atan2(cosine, sine) }
}

function largestStep(samples: Float32Array, start: number, end: number): number {
  let largest = 0
  for (let index = start; index < end; index++)
    largest = Math.max(largest, Math.abs((samples[index + 1] ?? 0) - (samples[index] ?? 0)))
  return largest
}

/** Splits a recording at silences of at least `seconds`. */
export function splitAtSilence({ rate, samples }: Recording, seconds: number): Recording[] {
  const parts: Recording[] = []
  const minSilence = seconds * rate
  let start = -1
  let lastLoud = -1
  const close = () => {
    if (start >= 0) parts.push({ rate, samples: samples.subarray(Math.max(0, start - 10), lastLoud + 10) })
    start = -1
  }
  for (const [index, sample] of samples.entries()) {
    if (Math.abs(sample) <= silenceLevel) {
      if (start >= 0 && index - lastLoud > minSilence) close()
      continue
    }
    if (start < 0) start = index
    lastLoud = index
  }
  close()
  return parts
}

/** The number of places where a sine is interrupted: steps that are larger than its own, within 50 ms one place. */
export function countGaps({ rate, samples }: Recording, hertz: number): number {
  const amplitude = samples.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0)
  const limit = 3 * amplitude * Math.sin((Math.PI * hertz) / rate)
  const first = samples.findIndex((sample) => Math.abs(sample) > amplitude / 2)
  const last = samples.findLastIndex((sample) => Math.abs(sample) > amplitude / 2)
  let gaps = 0
  let lastGap = Number.NEGATIVE_INFINITY
  let quiet = 0
  for (let index = first; index < last; index++) {
    const step = Math.abs((samples[index + 1] ?? 0) - (samples[index] ?? 0))
    quiet = Math.abs(samples[index] ?? 0) < amplitude / 20 ? quiet + 1 : 0
    // A gap that begins with a fade has no large step, but a silence longer than the sine's own.
    const isGap = step > limit || quiet > rate / hertz / 4
    if (isGap && index - lastGap > rate / 20) gaps++
    if (isGap) lastGap = index
  }
  return gaps
}
