/** The lowest and the highest frequency that are shown, in Hz. */
const shownFrequencies = { min: 40, max: 16_000 }

/** dB below full scale at which a bar and a level begin, and at which a bar is full. */
const floor = -80
const spectrumTop = -20

/**
 * Returns the heights of the bars, 0 … 1, for a spectrum in dB at equal distances up to `maxFrequency`. Each bar covers
 * the same part of an octave and shows its loudest frequency.
 */
export function spectrumBars(spectrum: ArrayLike<number>, maxFrequency: number, count: number): number[] {
  const { min, max } = shownFrequencies
  const indexAt = (bar: number) =>
    Math.round((min * (max / min) ** (bar / count) * spectrum.length) / maxFrequency)
  return Array.from({ length: count }, (_, bar) => {
    const first = Math.min(spectrum.length - 1, indexAt(bar))
    const end = Math.min(spectrum.length, Math.max(first + 1, indexAt(bar + 1)))
    let loudest = Number.NEGATIVE_INFINITY
    for (let index = first; index < end; index += 1) loudest = Math.max(loudest, spectrum[index] ?? loudest)
    return share(loudest, floor, spectrumTop)
  })
}

/** Returns the length of a level's bar, 0 … 1, for an amplitude of which 1 is full scale. */
export const levelShare = (amplitude: number): number => share(20 * Math.log10(amplitude), floor, 0)

const share = (value: number, from: number, to: number): number =>
  Math.min(1, Math.max(0, (value - from) / (to - from)))
