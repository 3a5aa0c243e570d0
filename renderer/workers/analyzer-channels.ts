import { Cell, Event, Queue, type RingBuffer, type SharedMemory } from '@skein/threading'
import type { SoundAnalysis } from '../../shared/sound/analysis/sound-analysis.ts'

/** A song to analyze, from the queue `analyzing`. */
export interface AnalysisRequest {
  readonly number: number
  /** The absolute address of its file. */
  readonly url: string
  /** The path of its file: its extension is a hint. */
  readonly path: string
}

/** What came of a request. */
export type AnalysisResult =
  | { readonly kind: 'analyzed'; readonly analysis: SoundAnalysis }
  /** The file has no sound that can be decoded. */
  | { readonly kind: 'undecodable' }
  /** The file cannot be read now, or this version has no decoder for it: another attempt can succeed. */
  | { readonly kind: 'unreadable' }
  /** Another request has taken its place. */
  | { readonly kind: 'cancelled' }

export type AnalysisReport = AnalysisResult & { readonly number: number }

/** The sound that is about to be heard. */
export interface SoundAhead {
  readonly pcm: RingBuffer
  /** The block of `Segments`. */
  readonly segments: SharedMemory
}

/** What connects `main` to the thread `analyzer`. */
export interface AnalyzerChannels {
  readonly analyzing: Queue<AnalysisRequest>
  readonly analyses: Queue<AnalysisReport>
  /** Set while nothing more urgent is decoded, and the user does not pause the analysis. */
  readonly mayAnalyze: Event
  /** The number of the request that `main` waits for. The thread gives up every other one. */
  readonly wantedAnalysis: Cell
  /** While there is little of it, `decoder` comes first. */
  readonly ahead: SoundAhead | undefined
}

/** Call it on main. */
export function createAnalyzerChannels(ahead?: SoundAhead): AnalyzerChannels {
  return {
    analyzing: new Queue({ name: 'analyzing' }),
    analyses: new Queue({ name: 'analyses' }),
    mayAnalyze: new Event({ name: 'mayAnalyze' }),
    wantedAnalysis: new Cell({ name: 'wantedAnalysis' }),
    ahead,
  }
}
