import type {
  ItemIdentity,
  ItemSelection,
  LibraryList,
  ListItems,
  ListRequest,
  ListSummary,
} from '../library/library-list.ts'
import type { Playlist, PlaylistSplice } from '../library/playlists/playlist.ts'
import type { StoredTracks } from '../library/stored-track.ts'
import type { Track, TrackId } from '../library/track.ts'
import type { Modes } from './modes.ts'

/** Counts the songs that were started. A report with another number than the current run's is out of date. */
export type RunNumber = number

export const viewNames = ['library', 'up-next', 'playlists', 'lab', 'settings'] as const

export type ViewName = (typeof viewNames)[number]

/**
 * What the user did, and what the host sent about the library: everything that `main` puts into the queue
 * `inputs`.
 */
export type Input =
  | { readonly kind: 'key'; readonly key: string; readonly primary: boolean; readonly shift: boolean }
  | { readonly kind: 'navigate'; readonly to: ViewName }
  | { readonly kind: 'playTrack'; readonly track: TrackId }
  /** Plays these songs from the first one on, independent of the list that the window shows. */
  | { readonly kind: 'playTracks'; readonly tracks: Int32Array }
  /** Adds these songs to the listener's own queue. */
  | { readonly kind: 'enqueue'; readonly tracks: Int32Array; readonly at: QueueEnd }
  /** Makes this song ready at `position` seconds, paused, followed by the list that the window shows. */
  | { readonly kind: 'resume'; readonly track: TrackId; readonly position: number }
  /** Plays the tracks of the list that the window shows, from the first one (with shuffle: from any). */
  | { readonly kind: 'playAll' }
  /** Skips to a song of the Up next list. The songs before it are dropped. */
  | { readonly kind: 'playUpNext'; readonly index: number; readonly track: TrackId }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' }
  /** Pauses at the start of the song. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'next' }
  | { readonly kind: 'previous' }
  /** Seconds from the start of the song. */
  | { readonly kind: 'seek'; readonly to: number }
  /** Seconds from the present position. */
  | { readonly kind: 'seekBy'; readonly by: number }
  | { readonly kind: 'volume'; readonly to: number }
  | { readonly kind: 'volumeBy'; readonly by: number }
  | { readonly kind: 'toggleMute' }
  | { readonly kind: 'toggleShuffle' }
  /** Off, all, one, and off again. */
  | { readonly kind: 'cycleRepeat' }
  /** Shows a list of the library, until the next request. Its changes are sent too. */
  | ({ readonly kind: 'list' } & ListRequest)
  /** Requests items of the shown list. */
  | ({ readonly kind: 'items' } & ItemRange)
  /** Plays an item of the shown list: a track is followed by the rest of the list, other items play alone. */
  | {
      readonly kind: 'playItem'
      readonly request: number
      readonly version: number
      readonly index: number
    }
  /** Plays the selected items of the shown list, from the first one (with shuffle: from any). */
  | ({ readonly kind: 'playItems' } & ItemSelection)
  | ({ readonly kind: 'enqueueItems'; readonly at: QueueEnd } & ItemSelection)
  /** Requests the tracks of the selected items. The answer has the same token. */
  | ({ readonly kind: 'resolveItems'; readonly token: number } & ItemSelection)
  /** Requests the indexes of the selected items in their playlist, in its own order. The answer has the same token. */
  | ({ readonly kind: 'resolveEntries'; readonly token: number } & ItemSelection)
  /** Requests the tracks of any list. The answer has the same token. */
  | { readonly kind: 'resolveList'; readonly token: number; readonly list: LibraryList }
  /** Requests what plays next: the listener's own queue, then the list to its end. The answer has the same token. */
  | { readonly kind: 'resolveUpNext'; readonly token: number }
  /** Requests the index of the shown list's first item whose name begins with `text`. The answer has the same token. */
  | { readonly kind: 'findItem'; readonly token: number; readonly text: string }
  /** Requests the present indexes of items in the shown list. The answer has the same token. */
  | { readonly kind: 'locateItems'; readonly token: number; readonly items: readonly ItemIdentity[] }
  /** The tracks outside of lists that the window needs from now on. They are sent now, and again when they change. */
  | { readonly kind: 'tracks'; readonly ids: Int32Array }
  /** Another library begins: forget every track. */
  | { readonly kind: 'libraryCleared' }
  /** A chunk of tracks that the host knows from before. The answer is `chunkTaken`. */
  | ({ readonly kind: 'storedTracks' } & StoredTracks)
  /** Up to 200 tracks that were added to the library, or that replace those with the same numbers. */
  | { readonly kind: 'libraryTracks'; readonly tracks: readonly Track[] }
  /** Tracks that the library has no more. */
  | { readonly kind: 'libraryTracksRemoved'; readonly ids: Int32Array }
  /** All playlists, without their entries. They stay when another library begins. */
  | { readonly kind: 'playlists'; readonly playlists: readonly Playlist[] }
  /** A change of a playlist's entries. */
  | { readonly kind: 'playlistEntries'; readonly splice: PlaylistSplice }

/** Inputs about the library and its lists. */
export type LibraryInput = Extract<
  Input,
  {
    kind:
      | 'list'
      | 'items'
      | 'playItem'
      | 'playItems'
      | 'enqueueItems'
      | 'resolveItems'
      | 'resolveEntries'
      | 'resolveList'
      | 'resolveUpNext'
      | 'findItem'
      | 'locateItems'
      | 'tracks'
      | 'libraryCleared'
      | 'storedTracks'
      | 'libraryTracks'
      | 'libraryTracksRemoved'
      | 'playlists'
      | 'playlistEntries'
  }
>

/** Inputs about the player and the window. */
export type PlayerInput = Exclude<Input, LibraryInput>

/** Where songs are added to the listener's own queue. */
export type QueueEnd = 'next' | 'end'

/** Items of a list, by index. */
export interface ItemRange {
  readonly request: number
  readonly version: number
  readonly from: number
  readonly count: number
}

/** What `input` sends to `main`, through the queue `answers`. */
export type Answer =
  | { readonly kind: 'view'; readonly view: ViewName }
  | { readonly kind: 'focusSearch' }
  | { readonly kind: 'toggleThreads' }
  /** Rate the current song; 0 removes its rating. */
  | { readonly kind: 'rateCurrent'; readonly rating: number }
  /** The listener's own queue had no room for this many of the songs to add. */
  | { readonly kind: 'queueFull'; readonly leftOut: number }
  /** The newest request's list, and after each change the changed list, with the items that the window shows. */
  | { readonly kind: 'list'; readonly summary: ListSummary; readonly items: ListItems }
  | { readonly kind: 'items'; readonly items: ListItems }
  | { readonly kind: 'resolved'; readonly token: number; readonly tracks: Int32Array }
  /** The index of each requested item; −1 for those that the list does not contain. */
  | { readonly kind: 'located'; readonly token: number; readonly indexes: Int32Array }
  | { readonly kind: 'tracks'; readonly tracks: readonly Track[] }
  /** A chunk of stored tracks is in the library: there is room for another one. */
  | { readonly kind: 'chunkTaken' }

/** The inputs that `input` forwards to `playback` unchanged. */
type ForwardedInput = Extract<
  Input,
  {
    kind: /** Starts this song now. The list to continue with has been written to `upNext` before. */
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

/**
 * What `playback` does, from the queue `commands`. `input` sends the user's commands, and `main` the reports
 * of the sound output.
 */
export type Command =
  | ForwardedInput
  /** Starts the list that has been written to `upNext` before: from its first song, with shuffle from any. */
  | { readonly kind: 'playList' }
  /** The settings of the last session; sent once, at the start. */
  | ({ readonly kind: 'restore'; readonly volume: number; readonly muted: boolean } & Modes)
  /** The plan has changed: preload its first song. */
  | { readonly kind: 'planChanged' }
  /** The sound output has preloaded this song: it can start immediately. */
  | { readonly kind: 'preloaded'; readonly track: TrackId }
  | AudioReport

export const failureReasons = [
  'fileMissing',
  'fileDamaged',
  'fileEmpty',
  'diskHangs',
  'aiffUnsupported',
  'formatUnsupported',
  'noOutput',
  'noSound',
  'noEnd',
] as const

/** Why a song cannot be played. */
export type FailureReason = (typeof failureReasons)[number]

/** Reports of the sound output about a run. Times are in seconds. */
export type AudioReport =
  /** The song is ready. `duration` is 0 while unknown; a more precise one can follow. */
  | { readonly kind: 'loaded'; readonly run: RunNumber; readonly duration: number }
  /** The song is audible from `position` on, at `speed` seconds of the song per second; 1 by default. */
  | {
      readonly kind: 'playing'
      readonly run: RunNumber
      readonly position: number
      readonly speed?: number | undefined
    }
  /** No sound because data is missing; `playing` follows when it continues. */
  | { readonly kind: 'stalled'; readonly run: RunNumber; readonly position: number }
  /** The sound was paused without a request: the browser waits for a click, or the system paused it. */
  | { readonly kind: 'held'; readonly run: RunNumber; readonly position: number }
  | { readonly kind: 'ended'; readonly run: RunNumber }
  | { readonly kind: 'failed'; readonly run: RunNumber; readonly reason: FailureReason }

/** Requests of `playback` to the sound output, through the queue `audio`. Times are in seconds. */
export type AudioRequest =
  /** Make this song ready and, if `play`, start it at `position`. It replaces the previous run. */
  | {
      readonly kind: 'load'
      readonly run: RunNumber
      readonly track: TrackId
      readonly position: number
      readonly play: boolean
    }
  /** Make this song ready for a later `load`. Replaces an earlier preload. `stop` drops it. */
  | { readonly kind: 'preload'; readonly track: TrackId }
  | { readonly kind: 'play'; readonly run: RunNumber }
  | { readonly kind: 'pause'; readonly run: RunNumber }
  | { readonly kind: 'seek'; readonly run: RunNumber; readonly to: number }
  /** Report the status of this run now: playing, stalled, held, ended or failed. */
  | { readonly kind: 'report'; readonly run: RunNumber }
  | { readonly kind: 'volume'; readonly volume: number; readonly muted: boolean }
  | { readonly kind: 'stop' }

export type Transport = 'stopped' | 'loading' | 'playing' | 'paused'

/** The struct `playerState` as readers get it. */
export interface PlayerState extends Modes {
  readonly transport: Transport
  readonly run: RunNumber
  /** The current song, 0 for none. */
  readonly track: TrackId
  /** Seconds at the time `positionAt`; while `playing` it advances from there, `speed` seconds per second. */
  readonly position: number
  readonly speed: number
  /** Milliseconds since 1970 on the process's clock. */
  readonly positionAt: number
  /** Seconds, 0 while unknown. */
  readonly duration: number
  readonly volume: number
  readonly muted: boolean
  /** The newest notice for the user. Its number grows by one for each; 0 before the first. */
  readonly notice: Notice
  readonly readiness: Readiness
}

/** A play that counts: enough of the song was heard. */
export interface CountedPlay {
  /** Grows by one for each; 0 before the first. A thread that replaces a dead one may send the last one again. */
  readonly number: number
  readonly track: TrackId
}

/** Whether the next song was ready when playback needed it: at the end of a song, or for Next. */
export interface Readiness {
  /** Songs needed so far; 0 before the first. */
  readonly number: number
  /** The newest of them. */
  readonly track: TrackId
  /** How long it had been ready, in milliseconds; undefined if it was not ready. */
  readonly ahead: number | undefined
}

export interface Notice {
  readonly number: number
  readonly kind: 'none' | 'cannotPlay' | 'nothingPlayable' | 'selectorLate'
  /** The song that the notice is about, 0 for none. */
  readonly track: TrackId
  /** Why, for `cannotPlay`; undefined otherwise. */
  readonly reason: FailureReason | undefined
}
