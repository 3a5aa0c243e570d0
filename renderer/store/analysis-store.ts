import { create } from 'zustand'
import type { TrackId } from '../../shared/library/track.ts'
import type { Waveform } from '../../shared/sound/analysis/waveform.ts'

/** The scan of the library's loudness, which the user starts. */
export interface LoudnessScan {
  /** `complete`: every track is analyzed, as far as it can be. */
  readonly state: 'idle' | 'running' | 'paused' | 'complete'
  /** Tracks of the library, and those that were analyzed. */
  readonly total: number
  readonly done: number
}

export interface AnalysisState {
  /** The waveform of a song, once it is known; usually that of the current song. */
  readonly waveform: { readonly track: TrackId; readonly columns: Waveform } | undefined
  readonly loudnessScan: LoudnessScan
}

export const useSongAnalysis = create<AnalysisState>(() => ({
  waveform: undefined,
  loudnessScan: { state: 'idle', total: 0, done: 0 },
}))
