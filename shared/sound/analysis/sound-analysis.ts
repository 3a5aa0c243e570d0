import type { TrackId } from '../../library/track.ts'
import { type Waveform, waveformColumns } from './waveform.ts'

/** What is found by reading a song once, as the host stores it. Binary data is in base64. */
export interface SoundAnalysis {
  /** The integrated loudness in LUFS; undefined for silence and for less than 400 ms. */
  readonly loudness?: number | undefined
  /** The true peak as a share of full scale. */
  readonly peak: number
  /** A `LoudnessHistogram`. */
  readonly histogram: string
  /** A `Waveform`. */
  readonly waveform: string
}

/** The next tracks whose sound was not analyzed, in the sequence of their numbers. */
export interface UnanalyzedTracks {
  readonly ids: readonly TrackId[]
  /** All tracks of the library, and those of them that were analyzed. */
  readonly total: number
  readonly done: number
}

export function encodeBytes(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

/** Returns no bytes for a text that is not base64. */
export function decodeBytes(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return new Uint8Array(0)
  }
}

export const encodeWaveform = (waveform: Waveform): string => encodeBytes(new Uint8Array(waveform.buffer))

/** Returns undefined for a text that is no waveform. */
export function decodeWaveform(text: string): Waveform | undefined {
  const bytes = decodeBytes(text)
  return bytes.length === 2 * waveformColumns ? new Int8Array(bytes.buffer) : undefined
}
