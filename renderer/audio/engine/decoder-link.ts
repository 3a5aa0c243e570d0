import type { Queue } from '@skein/threading'
import type { TrackId } from '../../../shared/library/track.ts'
import type {
  DecoderRequest,
  DecoderSong,
  SongTransition,
} from '../../../shared/sound/playing/decoder-messages.ts'

export interface EngineSource {
  /** Returns what `decoder` needs to play a track after another one. */
  songOf(track: TrackId, before: TrackId | undefined): Omit<DecoderSong, 'segment'>
  /** Returns how `next` follows `track`. */
  transitionBetween(track: TrackId, next: TrackId): SongTransition
  /** 1 is normal. */
  speed(): number
}

/** A song behind the present one in the ring. */
export interface Follower {
  readonly track: TrackId
  segment: number
  duration: number
}

/** A song from a position on. */
export interface SongStart {
  readonly track: TrackId
  /** The song that played before it. */
  readonly before: TrackId | undefined
  readonly segment: number
  /** Seconds. */
  readonly position: number
}

/** The song in front of a follower. */
export interface Predecessor {
  readonly track: TrackId
  readonly segment: number
}

/** What the engine requests of `decoder`, in the words of `decoder`. */
export class DecoderLink {
  readonly #decoding: Queue<DecoderRequest>
  readonly #source: EngineSource
  #lastSegment = 0
  #speed = 1

  constructor(decoding: Queue<DecoderRequest>, source: EngineSource) {
    this.#decoding = decoding
    this.#source = source
  }

  /** The speed of what was requested last. */
  get speed(): number {
    return this.#speed
  }

  createSegment(): number {
    this.#lastSegment += 1
    return this.#lastSegment
  }

  decode({ track, before, segment, position }: SongStart, next: Follower | undefined): void {
    this.#speed = this.#source.speed()
    this.#decoding.put({
      kind: 'decode',
      song: { ...this.#source.songOf(track, before), segment },
      position,
      speed: this.#speed,
      next: this.#follow(track, next),
    })
  }

  append(predecessor: Predecessor | undefined, next: Follower): void {
    const after = predecessor?.segment ?? 0
    this.#decoding.put({ kind: 'append', after, next: this.#follow(predecessor?.track, next) })
  }

  /** The sound output has the rate that `decoder` asked for, or keeps its own. */
  confirmOutput(): void {
    this.#decoding.put({ kind: 'outputReady' })
  }

  stop(): void {
    this.#decoding.put({ kind: 'stop' })
  }

  #follow(before: TrackId | undefined, next: Follower | undefined) {
    if (next === undefined) return undefined
    const transition: SongTransition =
      before === undefined ? { kind: 'gapless' } : this.#source.transitionBetween(before, next.track)
    return { song: { ...this.#source.songOf(next.track, before), segment: next.segment }, transition }
  }
}
