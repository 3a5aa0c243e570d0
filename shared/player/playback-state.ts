import type { TrackId } from '../library/track.ts'
import type { AudioRequest, PlayerState } from './messages.ts'
import { defaultPlayerSettings, type Modes } from './modes.ts'

/** Why playback needs a song. */
export type NeedReason = 'play' | 'next' | 'ended' | 'failed'

/** Everything that playback knows. Plain values only: a fresh thread goes on from a copy of it. */
export interface PlaybackState extends PlayerState {
  /** Songs played before the current one, oldest first; Previous takes the last. */
  readonly history: readonly TrackId[]
  /** Songs that Previous came back from; Next takes the last. */
  readonly forward: readonly TrackId[]
  /** Songs in a row that could not be played. */
  readonly failures: number
  /** Whether the current song could not be played at all; Previous does not go back to such a one. */
  readonly broken: boolean
  /** The song that the sound output was asked to make ready, 0 for none. */
  readonly preloaded: TrackId
  /** When it was ready, in milliseconds since 1970; 0 while it is not. */
  readonly readyAt: number
  /** When a song was needed that has not come yet; 0 where the plan's first song is not what is needed. */
  readonly neededAt: number
  /** When the sound output was asked to report, in milliseconds since 1970; 0 while no answer is awaited. */
  readonly askedAt: number
  /** Why a song was asked for that has not come yet; 'none' unless the thread died meanwhile. */
  readonly need: NeedReason | 'none'
}

export const initialPlayback: PlaybackState = {
  transport: 'stopped',
  run: 0,
  track: 0,
  position: 0,
  positionAt: 0,
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
  askedAt: 0,
  need: 'none',
}

/** What the playback thread has to do, in this order. */
export type Effect =
  /** Put this into the queue `audio`. */
  | { readonly kind: 'audio'; readonly request: AudioRequest }
  /**
   * Take the next song of the plan, waiting for it if need be, and call `handleNextTaken`. With `pass`, take the song at
   * that place of the plan and drop those before it; if the plan's song there is another one, take the one asked for.
   */
  | {
      readonly kind: 'needNext'
      readonly reason: NeedReason
      readonly pass?: { readonly index: number; readonly track: TrackId }
    }
  /** Look at the plan's first song without taking it, and call `handleNextPeeked`. */
  | { readonly kind: 'peekNext' }
  /** Write the modes into the shared plan and tell the selector. */
  | ({ readonly kind: 'changedMode' } & Modes)
  /** Let the plan begin anew with the order's first song (in shuffle: any). */
  | { readonly kind: 'restartPlan' }
  | { readonly kind: 'setPlaying' }
  | { readonly kind: 'clearPlaying' }

export interface Outcome {
  readonly state: PlaybackState
  readonly effects: readonly Effect[]
}

/** A song from `upNext`: `plan` if the selector chose it, `order` if it was late. */
export type NextSource = 'plan' | 'order'

/** A state on its way to the next one, with the effects collected so far. */
export interface Transition {
  state: PlaybackState
  readonly effects: Effect[]
  readonly now: number
}
