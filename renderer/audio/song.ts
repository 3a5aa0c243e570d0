import { Howl, Howler } from 'howler'
import type { TrackId } from '../../shared/library/track.ts'

// All sound comes from media elements: no AudioContext, and no unlocking click that would load every element
// again.
Howler.usingWebAudio = false
Howler.autoUnlock = false

/** Events of a song while it is loaded and played. */
export type SongEvent =
  | { readonly kind: 'ready' }
  | { readonly kind: 'duration' }
  | { readonly kind: 'playing' }
  | { readonly kind: 'waiting' }
  /** The position has advanced; about four times a second. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'held' }
  | { readonly kind: 'ended' }
  /** `code` is the code of the MediaError. */
  | { readonly kind: 'failed'; readonly code: number | undefined }

/** Howler does not expose its media element. These two fields are the same in every version of Howler 2. */
interface HowlInternals {
  readonly _sounds: readonly {
    readonly _id: number
    readonly _node: HTMLAudioElement & { _unlocked?: boolean }
  }[]
}

/** A seek this close to the end, in seconds, counts as the end. */
const endMargin = 0.01

/**
 * One streamed song in Howler, which loads, plays, pauses and releases it. The events come from its media
 * element: Howler's own use timers, which a hidden window slows down, and do not include waiting. While a
 * start is pending, Howler gets no call: it would queue the call and run it in the wrong order.
 */
export class Song {
  readonly track: TrackId
  readonly url: string
  readonly #howl: Howl
  readonly #id: number
  readonly #element: HTMLAudioElement & { _unlocked?: boolean }
  readonly #listenerAbort = new AbortController()
  readonly #listener: (song: Song, event: SongEvent) => void
  /** Where to start once the song is ready, in seconds. */
  #startAt = 0
  #shouldPlay = false
  #isStarting = false
  #hasFailed = false

  /** Begins to load. `format` is an extension that Howler knows. Throws if there is no sound output. */
  constructor(track: TrackId, url: string, format: string, listener: (song: Song, event: SongEvent) => void) {
    this.track = track
    this.url = url
    this.#listener = listener
    this.#howl = new Howl({
      src: [url],
      format: [format],
      html5: true,
      onplay: () => this.#onStarted(),
      onplayerror: () => this.#onPlayRefused(),
    })
    const sound = (this.#howl as unknown as HowlInternals)._sounds[0]
    if (sound === undefined) throw new Error('Howler made no sound')
    this.#id = sound._id
    this.#element = sound._node
    skipRedundantSeeks(this.#element)
    this.#listen()
  }

  get isReady(): boolean {
    return this.#howl.state() === 'loaded'
  }

  get hasFailed(): boolean {
    return this.#hasFailed
  }

  /** Seconds; 0 while unknown. */
  get duration(): number {
    const { duration } = this.#element
    return Number.isFinite(duration) ? duration : 0
  }

  /** Seconds. */
  get position(): number {
    return this.isReady ? this.#element.currentTime : this.#startAt
  }

  /** The status as the event that would report it; undefined while a start is pending. */
  get status(): SongEvent | undefined {
    const element = this.#element
    if (this.#hasFailed || this.#isStarting || !this.isReady) return undefined
    if (element.ended) return { kind: 'ended' }
    if (element.paused) return this.#shouldPlay ? undefined : { kind: 'held' }
    return { kind: element.readyState < element.HAVE_FUTURE_DATA ? 'waiting' : 'playing' }
  }

  play(): void {
    this.#shouldPlay = true
    this.#start()
  }

  pause(): void {
    this.#shouldPlay = false
    if (this.isReady && !this.#isStarting) this.#howl.pause(this.#id)
  }

  /** Seeks to `to` seconds. A paused song stays paused. */
  seek(to: number): void {
    if (!this.isReady) this.#startAt = to
    // While the song plays, Howler would pause and restart it, and confuse a position that equals one of its
    // sound ids.
    else if (this.#element.paused) this.#howl.seek(to, this.#id)
    else this.#element.currentTime = to
  }

  /** Plays through this device from now on, unless it has disappeared. An empty text is the system's. */
  selectDevice(deviceId: string): void {
    if (this.#element.sinkId !== deviceId) void this.#element.setSinkId?.(deviceId).catch(() => undefined)
  }

  unload(): void {
    this.#listenerAbort.abort()
    this.#shouldPlay = false
    // Howler would reuse the element with this song's listeners still on it.
    this.#element._unlocked = false
    this.#howl.off()
    this.#howl.unload()
    this.#element.removeAttribute('src')
    this.#element.load()
  }

  #listen(): void {
    const { signal } = this.#listenerAbort
    const on = (name: keyof HTMLMediaElementEventMap, listener: () => void) =>
      this.#element.addEventListener(name, listener, { signal })
    this.#element.addEventListener('canplaythrough', () => this.#onLoaded(), { signal, once: true })
    on('canplay', () => this.#start())
    on('durationchange', () => this.isReady && this.#emit('duration'))
    on('playing', () => this.#emit('playing'))
    on('seeked', () => !this.#element.paused && this.#emit('moved'))
    on('timeupdate', () => !this.#element.paused && !this.#element.seeking && this.#emit('moved'))
    on('waiting', () => this.#shouldPlay && this.#emit('waiting'))
    on('pause', () => this.#onPaused())
    on('ended', () => this.#emit('ended'))
    on('error', () => this.#onError())
  }

  #emit(kind: Exclude<SongEvent['kind'], 'failed'>): void {
    if (!this.#hasFailed) this.#listener(this, { kind })
  }

  /** Howler's own listener ran before this one, so Howler's state is `loaded`. */
  #onLoaded(): void {
    if (this.#startAt > 0) {
      this.#howl.seek(this.#startAt, this.#id)
      this.#startAt = 0
    }
    this.#emit('ready')
    this.#start()
  }

  #start(): void {
    const element = this.#element
    if (!this.#shouldPlay || this.#isStarting || this.#hasFailed || !this.isReady || !element.paused) return
    if (this.duration > 0 && element.currentTime >= this.duration - endMargin) this.#emit('ended')
    else if (element.readyState >= element.HAVE_FUTURE_DATA) {
      this.#isStarting = true
      this.#howl.play(this.#id)
    }
  }

  #onStarted(): void {
    this.#isStarting = false
    if (!this.#shouldPlay) this.#howl.pause(this.#id)
  }

  /**
   * The browser refused to start the song: it waits for a click. An error of the file comes as an event of
   * the element.
   */
  #onPlayRefused(): void {
    this.#isStarting = false
    if (!this.#shouldPlay || this.#element.error !== null) return
    this.#shouldPlay = false
    this.#emit('held')
  }

  #onPaused(): void {
    if (!this.#shouldPlay || this.#isStarting || this.#element.ended || this.#element.error !== null) return
    this.#shouldPlay = false
    this.#howl.pause(this.#id)
    this.#emit('held')
  }

  #onError(): void {
    if (this.#hasFailed) return
    this.#hasFailed = true
    this.#listener(this, { kind: 'failed', code: this.#element.error?.code })
  }
}

/** Seconds; the precision of a media element's clock. */
const positionTolerance = 1e-4

/**
 * Howler sets the position at every start. If the element is already there, the assignment would discard the
 * decoded data and delay the sound by a seek.
 */
function skipRedundantSeeks(element: HTMLAudioElement): void {
  const position = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'currentTime')
  Object.defineProperty(element, 'currentTime', {
    configurable: true,
    get: () => position?.get?.call(element),
    set: (to: number) => {
      const isThere = !element.seeking && Math.abs(position?.get?.call(element) - to) < positionTolerance
      if (!isThere) position?.set?.call(element, to)
    },
  })
}
