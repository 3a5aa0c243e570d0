import { type EqualizerSettings, flatGains } from './equalizer.ts'

/** How the loudness of songs is matched. `automatic`: by album while an album plays in order, by track otherwise. */
export const gainModes = ['off', 'track', 'album', 'automatic'] as const

export type GainMode = (typeof gainModes)[number]

/** An output device, as the browser identifies it. */
export interface OutputDevice {
  readonly id: string
  /** The device's name, to show while it is not connected. */
  readonly label: string
}

/** How songs sound. Kept with the other settings. */
export interface SoundSettings {
  /** Seconds for which a song fades into the next one; 0 joins them without a gap. */
  readonly crossfade: number
  /** Whether consecutive tracks of an album fade into each other too. */
  readonly crossfadeWithinAlbums: boolean
  readonly gainMode: GainMode
  /** dB, added to the gain of every song. */
  readonly preamp: number
  /** Whether gains are limited so that no peak exceeds full scale. */
  readonly preventClipping: boolean
  readonly equalizer: EqualizerSettings
  readonly mono: boolean
  /** −1 (left only) … 1 (right only). */
  readonly balance: number
  /** 1 is normal. The pitch stays the same. */
  readonly speed: number
  /** The chosen output device; undefined for the system's. */
  readonly outputDevice?: OutputDevice | undefined
}

/** The allowed values of the settings that are numbers. */
export const soundRanges = {
  crossfade: { min: 0, max: 12 },
  preamp: { min: -15, max: 15 },
  balance: { min: -1, max: 1 },
  speed: { min: 0.5, max: 2 },
} as const

export const defaultSoundSettings: SoundSettings = {
  crossfade: 0,
  crossfadeWithinAlbums: false,
  gainMode: 'off',
  preamp: 0,
  preventClipping: true,
  equalizer: { isEnabled: false, gains: flatGains, presets: [] },
  mono: false,
  balance: 0,
  speed: 1,
}
