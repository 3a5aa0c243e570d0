/** The centre frequencies of the equaliser's bands in Hz: the octaves of ISO 266. */
export const equalizerBands = [31.25, 62.5, 125, 250, 500, 1000, 2000, 4000, 8000, 16_000] as const

/** The limit of a band's gain in both directions, in dB. */
export const maxBandGain = 12

export const flatGains: readonly number[] = equalizerBands.map(() => 0)

/** Gains that the user has saved under a name. */
export interface EqualizerPreset {
  readonly name: string
  /** dB, one for each band. */
  readonly gains: readonly number[]
}

export interface EqualizerSettings {
  readonly isEnabled: boolean
  /** dB, one for each band. */
  readonly gains: readonly number[]
  /** The user's own presets, each with another name. */
  readonly presets: readonly EqualizerPreset[]
}

/** The limits of the user's own presets. */
export const maxPresets = 50
export const maxPresetNameLength = 60

/** The built-in presets. Their names are messages of the window. */
export const builtInPresets = {
  flat: flatGains,
  bassBoost: [6, 5, 4, 2, 0, 0, 0, 0, 0, 0],
  bassCut: [-6, -5, -4, -2, 0, 0, 0, 0, 0, 0],
  trebleBoost: [0, 0, 0, 0, 0, 0, 2, 4, 5, 6],
  trebleCut: [0, 0, 0, 0, 0, 0, -2, -4, -5, -6],
  quietListening: [6, 5, 3, 1, 0, 0, 0, 2, 3, 4],
  speech: [-6, -4, -2, 0, 2, 3, 3, 2, 0, -2],
  smallSpeakers: [0, 3, 5, 4, 1, 0, 0, 1, 2, 3],
} as const satisfies Readonly<Record<string, readonly number[]>>

export type BuiltInPreset = keyof typeof builtInPresets

export const builtInPresetIds = Object.keys(builtInPresets) as readonly BuiltInPreset[]

export const haveSameGains = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((gain, band) => gain === other[band])
