/** The gate of silence, in LUFS. */
export const absoluteGate = -70
/** The relative gate below the loudness of all blocks above the absolute gate, in LU. */
export const relativeGate = -10
/** The offset of BS.1770, with which a sine of 1 kHz at 0 dBFS in one channel measures −3.01 LUFS. */
const offset = -0.691

export const loudnessOfEnergy = (energy: number): number => offset + 10 * Math.log10(energy)
export const energyOfLoudness = (loudness: number): number => 10 ** ((loudness - offset) / 10)

/**
 * Returns the integrated loudness of blocks by their mean weighted energies, in LUFS: that of the blocks that are louder
 * than both gates. Undefined if there are none.
 */
export function integratedLoudness(energies: readonly number[]): number | undefined {
  const audible = energies.filter((energy) => loudnessOfEnergy(energy) >= absoluteGate)
  const gate = loudnessOfEnergy(meanOf(audible)) + relativeGate
  const loudness = loudnessOfEnergy(meanOf(audible.filter((energy) => loudnessOfEnergy(energy) >= gate)))
  return Number.isFinite(loudness) ? loudness : undefined
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
