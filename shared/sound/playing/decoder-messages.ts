import type { StreamFailure } from '../stream-error.ts'

/** How a song follows another one. */
export type SongTransition =
  | { readonly kind: 'gapless' }
  /** Both songs sound for this many seconds. */
  | { readonly kind: 'crossfade'; readonly seconds: number }

/** A song as `decoder` gets it. */
export interface DecoderSong {
  /** The number of the segment that begins with it. */
  readonly segment: number
  /** The absolute address of its file. */
  readonly url: string
  /** The path of its file: its extension is a hint. */
  readonly path: string
  /** The factor for its samples. */
  readonly gain: number
}

export interface FollowingSong {
  readonly song: DecoderSong
  readonly transition: SongTransition
}

/** Requests of `main` to `decoder`, through the queue `decoding`. */
export type DecoderRequest =
  /**
   * Replace what the ring holds by this song from `position` seconds on, followed by `next`. If the ring already ends
   * with the segment of one of the two, continue there: a thread that replaces a dead one gets the same request again.
   */
  | {
      readonly kind: 'decode'
      readonly song: DecoderSong
      readonly position: number
      readonly speed: number
      readonly next: FollowingSong | undefined
    }
  /** This song follows the segment `after`, instead of an earlier one; undefined for none. */
  | { readonly kind: 'append'; readonly after: number; readonly next: FollowingSong | undefined }
  /** The sound output has another rate now, or refused the one of the report `rate`. */
  | { readonly kind: 'outputReady' }
  /** Forget all songs. */
  | { readonly kind: 'stop' }

/** What `decoder` reports to `main`, through the queue `decoded`. */
export type DecoderReport =
  /** The sound output should have this many frames per second. `decoder` waits for `outputReady`. */
  | { readonly kind: 'rate'; readonly segment: number; readonly rate: number }
  /** The beginning of a requested song is in the ring. `duration` is in seconds, 0 while unknown. */
  | { readonly kind: 'ready'; readonly segment: number; readonly duration: number }
  /** The beginning of the song that follows is decoded. */
  | { readonly kind: 'prepared'; readonly segment: number; readonly duration: number }
  /** A song cannot follow the segment it should follow, because another one is in the ring behind that already. */
  | { readonly kind: 'late'; readonly segment: number }
  /** The first frame of the segment is heard. */
  | { readonly kind: 'heard'; readonly segment: number }
  /** The segment was heard to its end, and none follows. */
  | { readonly kind: 'ended'; readonly segment: number }
  /** The ring is empty because data is missing. */
  | { readonly kind: 'stalled'; readonly segment: number }
  /** Sound again, after `stalled`. */
  | { readonly kind: 'continued'; readonly segment: number }
  /** About once a second while the ring is read. */
  | { readonly kind: 'progress' }
  | {
      readonly kind: 'failed'
      readonly segment: number
      readonly reason: StreamFailure
      /** Whether nothing of the song was heard, so that another output can try it. */
      readonly isUnheard: boolean
    }
