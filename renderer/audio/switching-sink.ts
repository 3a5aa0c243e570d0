import type { TrackId } from '../../shared/library/track.ts'
import type { AudioReport, AudioRequest, RunNumber } from '../../shared/player/messages.ts'
import type { AudioSink } from './audio-sink.ts'

type LoadRequest = Extract<AudioRequest, { kind: 'load' }>

/** The present run, as it was requested last. */
interface PresentRun {
  readonly run: RunNumber
  readonly track: TrackId
  position: number
  play: boolean
}

export interface SwitchingSinkOptions {
  readonly main: AudioSink
  readonly fallback: AudioSink
  /** Called when a song is loaded: whether the fallback plays it. */
  readonly onChange: (usesFallback: boolean) => void
}

/** Plays each song through the main output, or through the fallback if the main one has refused it. */
export class SwitchingSink implements AudioSink {
  readonly #options: SwitchingSinkOptions
  /** The songs that the main output has refused. */
  readonly #refused = new Set<TrackId>()
  #present: PresentRun | undefined
  #usesFallback = false
  #isMainLost = false

  constructor(options: SwitchingSinkOptions) {
    this.#options = options
  }

  get #active(): AudioSink {
    return this.#usesFallback ? this.#options.fallback : this.#options.main
  }

  onReport(listener: (report: AudioReport) => void): () => void {
    const { main, fallback } = this.#options
    const stops = [
      main.onReport((report) => !this.#usesFallback && listener(report)),
      fallback.onReport((report) => this.#usesFallback && listener(report)),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  onPreloaded(listener: (track: TrackId) => void): () => void {
    const stops = [this.#options.main, this.#options.fallback].map((sink) => sink.onPreloaded(listener))
    return () => {
      for (const stop of stops) stop()
    }
  }

  perform(request: AudioRequest): void {
    const { main, fallback } = this.#options
    switch (request.kind) {
      case 'load':
        this.#load(request)
        break
      case 'preload':
        if (this.#isRefused(request.track)) fallback.perform(request)
        else main.perform(request)
        break
      case 'volume':
        main.perform(request)
        fallback.perform(request)
        break
      case 'stop':
        this.#present = undefined
        main.perform(request)
        fallback.perform(request)
        break
      default:
        this.#note(request)
        this.#active.perform(request)
    }
  }

  selectDevice(deviceId: string): void {
    this.#options.main.selectDevice(deviceId)
    this.#options.fallback.selectDevice(deviceId)
  }

  dispose(): void {
    this.#options.main.dispose()
    this.#options.fallback.dispose()
  }

  /**
   * The main output cannot play a song: the present run's, or one that was to be preloaded. Returns whether the fallback
   * takes it over.
   */
  refuse(track: TrackId, run: RunNumber | undefined): boolean {
    this.#refused.add(track)
    if (run === undefined) this.#options.fallback.perform({ kind: 'preload', track })
    else if (this.#present?.run === run) this.#load({ kind: 'load', ...this.#present })
    return true
  }

  /** The main output does not work any more: the fallback plays everything. */
  loseMain(): void {
    if (this.#isMainLost) return
    this.#isMainLost = true
    const present = this.#present
    if (present !== undefined && !this.#usesFallback) this.#load({ kind: 'load', ...present })
  }

  #isRefused(track: TrackId): boolean {
    return this.#isMainLost || this.#refused.has(track)
  }

  #load(request: LoadRequest): void {
    const { run, track, position, play } = request
    const isSameRun = this.#present?.run === run
    const before = this.#active
    this.#usesFallback = this.#isRefused(track)
    this.#present = isSameRun && this.#present ? { ...this.#present, play } : { run, track, position, play }
    if (this.#active !== before) before.perform({ kind: 'stop' })
    this.#options.onChange(this.#usesFallback)
    this.#active.perform(request)
  }

  #note(request: Extract<AudioRequest, { kind: 'play' | 'pause' | 'seek' | 'report' }>): void {
    const present = this.#present
    if (present?.run !== request.run) return
    if (request.kind === 'seek') present.position = request.to
    else if (request.kind !== 'report') present.play = request.kind === 'play'
  }
}
