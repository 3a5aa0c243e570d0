import type { TrackId } from '../library/track.ts'
import type { AudioRequest, CountedPlay, PlayerState } from './messages.ts'
import { defaultPlayerSettings, type Modes } from './modes.ts'

/** Why playback needs a song. */
export type NeedReason = 'play' | 'next' | 'ended' | 'failed'

/** Everything that playback knows, as plain values: a thread that replaces a dead one continues from a copy. */
export interface PlaybackState extends PlayerState {
  /** Songs played before the current one, oldest first. Previous takes the last. */
  readonly history: readonly TrackId[]
  /** Songs that Previous came back from. Next takes the last. */
  readonly forward: readonly TrackId[]
  /** Consecutive songs that could not be played. */
  readonly failures: number
  /** Whether the current song could not be played at all. Previous skips such a song. */
  readonly broken: boolean
  /** The song that the sound output was asked to preload, 0 for none. */
  readonly preloaded: TrackId
  /** When it was ready, in milliseconds since 1970; 0 while it is not. */
  readonly readyAt: number
  /** When playback needed the plan's first song, which has not come yet; 0 if it needs none or another song. */
  readonly neededAt: number
  /** When playback requested a report, in milliseconds since 1970; 0 while it waits for none. */
  readonly reportRequestedAt: number
  /** Seconds of the present play that were audible before `positionAt`. Seeking adds nothing. */
  readonly heard: number
  /** Whether the present play has counted. */
  readonly isCounted: boolean
  /** The newest play that counted. */
  readonly play: CountedPlay
  /**
   * Why playback waits for a song. Other than 'none' only between two steps, and after the thread died there.
   */
  readonly need: NeedReason | 'none'
}

export const initialPlayback: PlaybackState = {
  transport: 'stopped',
  run: 0,
  track: 0,
  position: 0,
  positionAt: 0,
  speed: 1,
  duration: 0,
  ...defaultPlayerSettings,
  notice: { number: 0, kind: 'none', track: 0, reason: undefined },
  history: [],
  forward: [],
  failures: 0,
  broken: false,
  readiness: { number: 0, track: 0, ahead: undefined },
  preloaded: 0,
  readyAt: 0,
  neededAt: 0,
  reportRequestedAt: 0,
  heard: 0,
  isCounted: false,
  play: { number: 0, track: 0 },
  need: 'none',
}

/** What the playback thread does next, in this order. */
export type Effect =
  /** Put this into the queue `audio`. */
  | { readonly kind: 'audio'; readonly request: AudioRequest }
  /**
   * Take the plan's next song, waiting for it if necessary, and call `handleNextTaken`. With `skipTo`, take
   * the song at that index of the plan and drop those before it. If the plan has another song there, search
   * for the given one.
   */
  | {
      readonly kind: 'needNext'
      readonly reason: NeedReason
      readonly skipTo?: { readonly index: number; readonly track: TrackId }
    }
  /** Read the plan's first song without taking it, and call `handleNextPeeked`. */
  | { readonly kind: 'peekNext' }
  /** Write the modes to `upNext`, which wakes the selector. */
  | ({ readonly kind: 'writeModes' } & Modes)
  /** Begin the plan again with the first song of the list (with shuffle: any). */
  | { readonly kind: 'restartPlan' }
  /** Put this into the queue `plays`. */
  | { readonly kind: 'recordPlay'; readonly play: CountedPlay }
  | { readonly kind: 'setPlaying' }
  | { readonly kind: 'clearPlaying' }

export interface Outcome {
  readonly state: PlaybackState
  readonly effects: readonly Effect[]
}

/** Where a song from `upNext` comes from: `plan` if the selector chose it, `list` if the selector was late. */
export type NextSource = 'plan' | 'list'

/** A state on its way to the next one, with the effects collected so far. */
export interface Transition {
  state: PlaybackState
  readonly effects: Effect[]
  readonly now: number
}
