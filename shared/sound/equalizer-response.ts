import { equalizerBands } from './equalizer.ts'

/** The bandwidth of a band is about an octave. */
export const bandQ = Math.SQRT2

/** dB; more than the sliders allow, because neighbours with opposite gains weaken each other. */
const maxFilterGain = 24
const solverSteps = 12

/** The frequencies at which the highest gain is searched: the centres, and 12 in each octave from 20 Hz on. */
const searchedFrequencies = [
  ...equalizerBands,
  ...Array.from({ length: 120 }, (_, index) => 20 * 2 ** (index / 12)),
]

/**
 * Returns the gains of the peaking filters, in dB, whose common response at the centre of each band is that band's
 * gain. Neighbouring filters overlap: with the gains themselves, several raised bands would add up.
 */
export function filterGainsOf(gains: readonly number[], sampleRate: number): readonly number[] {
  let filterGains = [...gains]
  for (let step = 0; step < solverSteps; step += 1) {
    const present = filterGains
    filterGains = present.map((filterGain, band) => {
      const error = (gains[band] ?? 0) - responseAt(present, equalizerBands[band] ?? 0, sampleRate)
      return Math.min(maxFilterGain, Math.max(-maxFilterGain, filterGain + error))
    })
  }
  return filterGains
}

/** Returns by how many dB the filters raise the loudest frequency; 0 if they raise none. */
export function maxResponse(filterGains: readonly number[], sampleRate: number): number {
  const audible = searchedFrequencies.filter((frequency) => frequency < sampleRate / 2)
  return Math.max(0, ...audible.map((frequency) => responseAt(filterGains, frequency, sampleRate)))
}

/** Returns the gain of all filters together at a frequency, in dB. */
export function responseAt(filterGains: readonly number[], frequency: number, sampleRate: number): number {
  return equalizerBands.reduce(
    (sum, centre, band) => sum + peakingResponse(centre, filterGains[band] ?? 0, frequency, sampleRate),
    0,
  )
}

/** The response of a BiquadFilterNode of the type `peaking`, by the formulas of the Web Audio API. */
function peakingResponse(centre: number, gain: number, frequency: number, sampleRate: number): number {
  // Such a filter changes nothing.
  if (gain === 0 || centre >= sampleRate / 2) return 0
  const amplitude = 10 ** (gain / 40)
  const omega = (2 * Math.PI * centre) / sampleRate
  const alpha = Math.sin(omega) / (2 * bandQ)
  const middle = -2 * Math.cos(omega)
  const at = (2 * Math.PI * frequency) / sampleRate
  const raised = powerOf(1 + alpha * amplitude, middle, 1 - alpha * amplitude, at)
  const lowered = powerOf(1 + alpha / amplitude, middle, 1 - alpha / amplitude, at)
  return 10 * Math.log10(raised / lowered)
}

/** Returns |c0 + c1 z⁻¹ + c2 z⁻²|² for z = e^(i·omega). */
function powerOf(c0: number, c1: number, c2: number, omega: number): number {
  const real = c0 + c1 * Math.cos(omega) + c2 * Math.cos(2 * omega)
  const imaginary = c1 * Math.sin(omega) + c2 * Math.sin(2 * omega)
  return real ** 2 + imaginary ** 2
}
