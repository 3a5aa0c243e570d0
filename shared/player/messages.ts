import type { SortOrder } from '../library/sort.ts'
import type { Track, TrackId } from '../library/track.ts'
import type { Modes } from './modes.ts'

/** Counts the songs that were started; a report about another run than the current one is out of date. */
export type RunNumber = number

export type ViewName = 'library' | 'up-next' | 'lab' | 'settings'

/** What the user did, and what the library told: everything that `main` puts into the queue `inputs`. */
export type Input =
  | { readonly kind: 'key'; readonly key: string; readonly primary: boolean; readonly shift: boolean }
  | { readonly kind: 'navigate'; readonly to: ViewName }
  | { readonly kind: 'playTrack'; readonly track: TrackId }
  /** Plays these songs from the first one on, whatever the library shows. */
  | { readonly kind: 'playTracks'; readonly tracks: Int32Array }
  /** Adds these songs to the end of the listener's own queue. */
  | { readonly kind: 'enqueue'; readonly tracks: Int32Array }
  /** Holds this song at `position` seconds, ready to go on with Play, and after it the library's present view. */
  | { readonly kind: 'resume'; readonly track: TrackId; readonly position: number }
  /** Plays the library's present view from its first track (in shuffle: from any). */
  | { readonly kind: 'playAll' }
  /** Goes to a song of the Up next list; what stands before it is passed over. */
  | { readonly kind: 'playUpNext'; readonly index: number; readonly track: TrackId }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' }
  /** Holds at the song's start. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'next' }
  | { readonly kind: 'previous' }
  /** Seconds from the start of the song. */
  | { readonly kind: 'seek'; readonly to: number }
  /** Seconds from where the song is. */
  | { readonly kind: 'seekBy'; readonly by: number }
  | { readonly kind: 'volume'; readonly to: number }
  | { readonly kind: 'volumeBy'; readonly by: number }
  | { readonly kind: 'toggleMute' }
  | { readonly kind: 'toggleShuffle' }
  /** Off, all, one, and off again. */
  | { readonly kind: 'cycleRepeat' }
  /** Shows the library's tracks that match `text`, in this order; only the newest number is answered. */
  | { readonly kind: 'search'; readonly request: number; readonly text: string; readonly sort: SortOrder }
  /** The library begins anew: forget every track. */
  | { readonly kind: 'libraryCleared' }
  /** Up to 200 tracks that the library gained. */
  | { readonly kind: 'libraryTracks'; readonly tracks: readonly Track[] }

/** What `input` answers to `main`, through the queue `answers`. */
export type Answer =
  | { readonly kind: 'view'; readonly view: ViewName }
  | { readonly kind: 'focusSearch' }
  | { readonly kind: 'toggleThreads' }
  /** The tracks to show, in order. `request` is the number of the search that it answers. */
  | { readonly kind: 'rows'; readonly request: number; readonly rows: Int32Array }

/** The inputs that `input` passes on to `playback` as they are. */
type ForwardedInput = Extract<
  Input,
  {
    kind: /** Starts this song now. The order to continue in has been written to `upNext` before. */
      | 'playTrack'
      /** Makes this song the current one, paused at `position` seconds. */
      | 'resume'
      /** Starts the plan's song at `index` and drops those before it. */
      | 'playUpNext'
      | 'toggle'
      | 'play'
      | 'pause'
      | 'next'
      | 'previous'
      | 'seek'
      | 'seekBy'
      | 'volume'
      | 'volumeBy'
      | 'toggleMute'
      | 'toggleShuffle'
      | 'cycleRepeat'
  }
>

/** What `playback` has to do, through the queue `commands`: from `input`, and from `main` what the sound output reports. */
export type Command =
  | ForwardedInput
  /** Starts the order that has been written to `upNext` before: from its first song, in shuffle from any. */
  | { readonly kind: 'playOrder' }
  /** What the last session left; sent once, at start. */
  | ({ readonly kind: 'restore'; readonly volume: number; readonly muted: boolean } & Modes)
  /** Another selection of the plan is there: preload its first song. */
  | { readonly kind: 'planned' }
  /** The song that the sound output was asked to make ready is ready: it can start at once. */
  | { readonly kind: 'preloaded'; readonly track: TrackId }
  | AudioReport

export const failureReasons = [
  'fileMissing',
  'fileDamaged',
  'fileEmpty',
  'aiffUnsupported',
  'formatUnsupported',
  'noOutput',
  'noSound',
  'noEnd',
] as const

/** Why a song cannot be played. */
export type FailureReason = (typeof failureReasons)[number]

/** What the sound output reports of a run. Times are seconds. */
export type AudioReport =
  /** The song is ready. `duration` is 0 while unknown; a better one can follow. */
  | { readonly kind: 'loaded'; readonly run: RunNumber; readonly duration: number }
  /** Sound comes out from `position` on. */
  | { readonly kind: 'playing'; readonly run: RunNumber; readonly position: number }
  /** No sound for want of data; `playing` follows when it goes on. */
  | { readonly kind: 'stalled'; readonly run: RunNumber; readonly position: number }
  /** The sound was held without being asked: the browser wants a click first, or the system paused it. */
  | { readonly kind: 'held'; readonly run: RunNumber; readonly position: number }
  | { readonly kind: 'ended'; readonly run: RunNumber }
  | { readonly kind: 'failed'; readonly run: RunNumber; readonly reason: FailureReason }

/** What `playback` asks of the sound output, through the queue `audio`. Times are seconds. */
export type AudioRequest =
  /** Make this song ready and, if `play`, start it at `position`. It replaces the former run. */
  | {
      readonly kind: 'load'
      readonly run: RunNumber
      readonly track: TrackId
      readonly position: number
      readonly play: boolean
    }
  /** Make this song ready for a later `load`; replaces an earlier preload. `stop` forgets it. */
  | { readonly kind: 'preload'; readonly track: TrackId }
  | { readonly kind: 'play'; readonly run: RunNumber }
  | { readonly kind: 'pause'; readonly run: RunNumber }
  | { readonly kind: 'seek'; readonly run: RunNumber; readonly to: number }
  /** Report now how this run stands: playing, stalled, held, ended or failed. */
  | { readonly kind: 'report'; readonly run: RunNumber }
  | { readonly kind: 'volume'; readonly volume: number; readonly muted: boolean }
  | { readonly kind: 'stop' }

export type Transport = 'stopped' | 'loading' | 'playing' | 'paused'

/** The struct `playerState` as a reader gets it. */
export interface PlayerState extends Modes {
  readonly transport: Transport
  readonly run: RunNumber
  /** The current song, 0 for none. */
  readonly track: TrackId
  /** Seconds at `positionAt`; while `playing` it runs on from there. */
  readonly position: number
  /** Milliseconds since 1970 on the process's clock. */
  readonly positionAt: number
  /** Seconds, 0 while unknown. */
  readonly duration: number
  readonly volume: number
  readonly muted: boolean
  /** The newest thing to tell the user. Its number grows by one for each; 0 for none yet. */
  readonly notice: Notice
  readonly readiness: Readiness
}

/** How it stood with the next song when one was needed: at the end of another, or for Next. */
export interface Readiness {
  /** Songs needed so far; 0 for none yet. */
  readonly number: number
  /** The newest of them. */
  readonly track: TrackId
  /** Milliseconds that it had been ready for, undefined when it was not. */
  readonly ahead: number | undefined
}

export interface Notice {
  readonly number: number
  readonly kind: 'none' | 'cannotPlay' | 'nothingPlayable' | 'selectorLate'
  /** The song it is about, 0 for none. */
  readonly track: TrackId
  /** Why, for `cannotPlay`; undefined otherwise. */
  readonly reason: FailureReason | undefined
}
