import { Howl, Howler } from 'howler'
import type { TrackId } from '../../shared/library/track.ts'

// Sound comes from media elements alone: no AudioContext, and no click that loads every element anew to unlock it.
Howler.usingWebAudio = false
Howler.autoUnlock = false

/** What a song tells while it is loaded and played. */
export type SongEvent =
  | { readonly kind: 'ready' }
  | { readonly kind: 'duration' }
  | { readonly kind: 'playing' }
  | { readonly kind: 'waiting' }
  /** The clock of the sound, about four times a second. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'held' }
  | { readonly kind: 'ended' }
  /** `code` is that of MediaError. */
  | { readonly kind: 'failed'; readonly code: number | undefined }

/** Howler has no door to its media element; these two fields are the same in all of Howler 2. */
interface Inside {
  readonly _sounds: readonly {
    readonly _id: number
    readonly _node: HTMLAudioElement & { _unlocked?: boolean }
  }[]
}

/** A seek this close to the end, in seconds, is the end. */
const endMargin = 0.01

/**
 * One streamed song in Howler. Howler loads, plays, pauses and frees it; its media element tells how it stands,
 * since Howler's own events come through timers, which a hidden window slows down, and do not tell of waiting.
 * Howler is asked for nothing while it is about to start: it would queue that and get the order wrong.
 */
export class Song {
  readonly track: TrackId
  readonly url: string
  readonly #howl: Howl
  readonly #id: number
  readonly #element: HTMLAudioElement & { _unlocked?: boolean }
  readonly #listening = new AbortController()
  readonly #tell: (song: Song, event: SongEvent) => void
  /** Where to start once it is ready, in seconds. */
  #startAt = 0
  #wanted = false
  #starting = false
  #failed = false

  /** Begins to load. `format` is an extension that Howler knows; throws where there is no sound at all. */
  constructor(track: TrackId, url: string, format: string, tell: (song: Song, event: SongEvent) => void) {
    this.track = track
    this.url = url
    this.#tell = tell
    this.#howl = new Howl({
      src: [url],
      format: [format],
      html5: true,
      onplay: () => this.#started(),
      onplayerror: () => this.#refused(),
    })
    const sound = (this.#howl as unknown as Inside)._sounds[0]
    if (sound === undefined) throw new Error('Howler made no sound')
    this.#id = sound._id
    this.#element = sound._node
    withoutIdleSeeks(this.#element)
    this.#listen()
  }

  get ready(): boolean {
    return this.#howl.state() === 'loaded'
  }

  get failed(): boolean {
    return this.#failed
  }

  /** Seconds; 0 while unknown. */
  get duration(): number {
    const { duration } = this.#element
    return Number.isFinite(duration) ? duration : 0
  }

  /** Seconds. */
  get position(): number {
    return this.ready ? this.#element.currentTime : this.#startAt
  }

  /** How it stands, as the event that would tell of it; undefined while it is about to start. */
  get standing(): SongEvent | undefined {
    const element = this.#element
    if (this.#failed || this.#starting || !this.ready) return undefined
    if (element.ended) return { kind: 'ended' }
    if (element.paused) return this.#wanted ? undefined : { kind: 'held' }
    return { kind: element.readyState < element.HAVE_FUTURE_DATA ? 'waiting' : 'playing' }
  }

  play(): void {
    this.#wanted = true
    this.#start()
  }

  pause(): void {
    this.#wanted = false
    if (this.ready && !this.#starting) this.#howl.pause(this.#id)
  }

  /** Goes to `to` seconds; paused it stays paused. */
  seek(to: number): void {
    if (!this.ready) this.#startAt = to
    // While it plays Howler would pause and play it again, and mistake numbers like those of its sounds.
    else if (this.#element.paused) this.#howl.seek(to, this.#id)
    else this.#element.currentTime = to
  }

  unload(): void {
    this.#listening.abort()
    this.#wanted = false
    // Howler would use the element again with listeners of this song still on it.
    this.#element._unlocked = false
    this.#howl.off()
    this.#howl.unload()
    this.#element.removeAttribute('src')
    this.#element.load()
  }

  #listen(): void {
    const { signal } = this.#listening
    const on = (name: keyof HTMLMediaElementEventMap, listener: () => void) =>
      this.#element.addEventListener(name, listener, { signal })
    this.#element.addEventListener('canplaythrough', () => this.#loaded(), { signal, once: true })
    on('canplay', () => this.#start())
    on('durationchange', () => this.ready && this.#say('duration'))
    on('playing', () => this.#say('playing'))
    on('seeked', () => !this.#element.paused && this.#say('moved'))
    on('timeupdate', () => !this.#element.paused && !this.#element.seeking && this.#say('moved'))
    on('waiting', () => this.#wanted && this.#say('waiting'))
    on('pause', () => this.#paused())
    on('ended', () => this.#say('ended'))
    on('error', () => this.#fail())
  }

  #say(kind: Exclude<SongEvent['kind'], 'failed'>): void {
    if (!this.#failed) this.#tell(this, { kind })
  }

  /** Howler's listener came first: it calls the song loaded now. */
  #loaded(): void {
    if (this.#startAt > 0) {
      this.#howl.seek(this.#startAt, this.#id)
      this.#startAt = 0
    }
    this.#say('ready')
    this.#start()
  }

  #start(): void {
    const element = this.#element
    if (!this.#wanted || this.#starting || this.#failed || !this.ready || !element.paused) return
    if (this.duration > 0 && element.currentTime >= this.duration - endMargin) this.#say('ended')
    else if (element.readyState >= element.HAVE_FUTURE_DATA) {
      this.#starting = true
      this.#howl.play(this.#id)
    }
  }

  #started(): void {
    this.#starting = false
    if (!this.#wanted) this.#howl.pause(this.#id)
  }

  /** The browser did not let it start: it wants a click first. An error of the file is told by the element. */
  #refused(): void {
    this.#starting = false
    if (!this.#wanted || this.#element.error !== null) return
    this.#wanted = false
    this.#say('held')
  }

  #paused(): void {
    if (!this.#wanted || this.#starting || this.#element.ended || this.#element.error !== null) return
    this.#wanted = false
    this.#howl.pause(this.#id)
    this.#say('held')
  }

  #fail(): void {
    if (this.#failed) return
    this.#failed = true
    this.#tell(this, { kind: 'failed', code: this.#element.error?.code })
  }
}

/** Seconds: where an element is, within the precision of its clock. */
const samePosition = 1e-4

/**
 * Howler sets the position at every start. Where the element is there already, that would throw away what is
 * decoded and delay the sound by a seek to the same place.
 */
function withoutIdleSeeks(element: HTMLAudioElement): void {
  const position = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'currentTime')
  Object.defineProperty(element, 'currentTime', {
    configurable: true,
    get: () => position?.get?.call(element),
    set: (to: number) => {
      const isThere = !element.seeking && Math.abs(position?.get?.call(element) - to) < samePosition
      if (!isThere) position?.set?.call(element, to)
    },
  })
}
