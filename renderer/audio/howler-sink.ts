import { Howler } from 'howler'
import type { TrackId } from '../../shared/library/track.ts'
import type { AudioReport, AudioRequest, FailureReason, RunNumber } from '../../shared/player/messages.ts'
import type { AudioSink } from './audio-sink.ts'
import { findFailureReason } from './failure-reason.ts'
import { PositionClock } from './position-clock.ts'
import { SinkListeners } from './sink-listeners.ts'
import { Song, type SongEvent } from './song.ts'

export interface SongSource {
  /** Returns the address of a track's file, for a media element. */
  urlOf(track: TrackId): string
  /** Returns the format to declare to Howler, an extension without its dot. The browser detects the real one. */
  formatOf(track: TrackId): string
  /** Returns whether the host expects that the browser can decode the track. */
  isPlayable(track: TrackId): boolean
}

type LoadRequest = Extract<AudioRequest, { kind: 'load' }>
/** A request about the current run. */
type ChangeRequest = Extract<AudioRequest, { kind: 'play' | 'pause' | 'seek' | 'report' }>

interface CurrentRun {
  readonly run: RunNumber
  readonly song: Song
}

/** The sound output through Howler: streams songs and preloads the next one. */
export class HowlerSink implements AudioSink {
  readonly #source: SongSource
  readonly #listeners = new SinkListeners()
  readonly #clock = new PositionClock()
  #current: CurrentRun | undefined
  #preloaded: Song | undefined
  #deviceId = ''

  constructor(source: SongSource) {
    this.#source = source
  }

  onReport(listener: (report: AudioReport) => void): () => void {
    return this.#listeners.addForReports(listener)
  }

  onPreloaded(listener: (track: TrackId) => void): () => void {
    return this.#listeners.addForPreloads(listener)
  }

  perform(request: AudioRequest): void {
    switch (request.kind) {
      case 'load':
        this.#load(request)
        break
      case 'preload':
        this.#preload(request.track)
        break
      case 'volume':
        setVolume(request.muted ? 0 : amplitude(request.volume))
        break
      case 'stop':
        this.#stop()
        break
      default:
        if (this.#current?.run === request.run) this.#applyChange(this.#current.song, request)
    }
  }

  selectDevice(deviceId: string): void {
    this.#deviceId = deviceId
    this.#current?.song.selectDevice(deviceId)
    this.#preloaded?.selectDevice(deviceId)
  }

  dispose(): void {
    this.#stop()
    this.#listeners.clear()
  }

  #applyChange(song: Song, request: ChangeRequest): void {
    if (request.kind === 'play') song.play()
    else if (request.kind === 'pause') this.#pause(song)
    else if (request.kind === 'seek') this.#seek(song, request.to)
    else if (song.status !== undefined) this.#onSongEvent(song, song.status)
  }

  #load(request: LoadRequest): void {
    if (this.#current?.run === request.run) {
      this.#applyChange(this.#current.song, { kind: request.play ? 'play' : 'pause', run: request.run })
    } else this.#replaceSong(request)
  }

  #replaceSong(request: LoadRequest): void {
    const previous = this.#current?.song
    const song = this.#takeSong(request.track, request.run)
    this.#clock.stop()
    this.#current = song === undefined ? undefined : { run: request.run, song }
    if (song !== undefined) {
      if (song.position !== request.position) song.seek(request.position)
      if (song.isReady) this.#onSongEvent(song, { kind: 'ready' })
      if (request.play) song.play()
      else song.pause()
    }
    // The new song starts first: unloading the previous one takes time that would be audible as a gap.
    if (previous !== song) previous?.unload()
  }

  /** Returns the preloaded song, the current one again, or a new one; undefined if it cannot be created. */
  #takeSong(track: TrackId, run: RunNumber): Song | undefined {
    const ready = this.#preloaded
    if (ready?.track === track) {
      this.#preloaded = undefined
      return ready
    }
    const current = this.#current?.song
    if (current?.track === track && current.isReady && !current.hasFailed) return current
    const song = this.#createSong(track)
    if (song instanceof Song) return song
    this.#report({ kind: 'failed', run, reason: song })
    return undefined
  }

  #preload(track: TrackId): void {
    if (this.#preloaded?.track === track) return
    this.#dropPreloaded()
    const song = this.#createSong(track)
    // A song that cannot be preloaded is reported when it is to be played.
    if (song instanceof Song) this.#preloaded = song
  }

  /** Returns a song that begins to load, or why it cannot be played. */
  #createSong(track: TrackId): Song | FailureReason {
    try {
      const format = this.#source.formatOf(track)
      const song = new Song(track, this.#source.urlOf(track), format, (song, event) =>
        this.#onSongEvent(song, event),
      )
      song.selectDevice(this.#deviceId)
      return song
    } catch {
      return 'noOutput'
    }
  }

  #pause(song: Song): void {
    this.#clock.stop()
    song.pause()
  }

  #seek(song: Song, to: number): void {
    this.#clock.moveTo(to)
    song.seek(to)
  }

  #stop(): void {
    this.#current?.song.unload()
    this.#current = undefined
    this.#clock.stop()
    this.#dropPreloaded()
  }

  #dropPreloaded(): void {
    this.#preloaded?.unload()
    this.#preloaded = undefined
  }

  #onSongEvent(song: Song, event: SongEvent): void {
    if (song === this.#preloaded && event.kind === 'failed') this.#dropPreloaded()
    if (song === this.#preloaded && event.kind === 'ready') this.#listeners.reportPreloaded(song.track)
    if (song !== this.#current?.song) return
    const { run } = this.#current
    const { position } = song
    if (event.kind === 'moved') {
      if (this.#clock.hasDriftedFrom(position)) this.#reportPlaying(run, position)
    } else if (event.kind === 'playing') this.#reportPlaying(run, position)
    else if (event.kind === 'ready' || event.kind === 'duration') {
      this.#report({ kind: 'loaded', run, duration: song.duration })
    } else {
      this.#clock.stop()
      if (event.kind === 'waiting') this.#report({ kind: 'stalled', run, position })
      else if (event.kind === 'held') this.#report({ kind: 'held', run, position })
      else if (event.kind === 'ended') this.#report({ kind: 'ended', run })
      else void this.#reportFailure(run, song, event.code)
    }
  }

  async #reportFailure(run: RunNumber, song: Song, code: number | undefined): Promise<void> {
    const reason = await findFailureReason(song.url, code)
    // The browser calls both undecodable. It always tries first, because it may know more than the host.
    const isUnsupported = reason === 'fileDamaged' && !this.#source.isPlayable(song.track)
    this.#report({ kind: 'failed', run, reason: isUnsupported ? 'formatUnsupported' : reason })
  }

  #reportPlaying(run: RunNumber, position: number): void {
    this.#clock.start(position)
    this.#report({ kind: 'playing', run, position })
  }

  #report(report: AudioReport): void {
    this.#listeners.report(report)
  }
}

/** Seconds in which the engine's volume changes: a jump would click. */
const volumeRamp = 0.03

function setVolume(volume: number): void {
  const gain = Howler.usingWebAudio ? Howler.masterGain.gain : undefined
  const before = gain?.value ?? 0
  Howler.volume(volume)
  if (gain === undefined) return
  const { currentTime } = Howler.ctx
  gain.cancelScheduledValues(0)
  gain.setValueAtTime(before, currentTime)
  gain.linearRampToValueAtTime(volume, currentTime + volumeRamp)
}

/** Half the slider should sound half as loud: by Stevens's power law that is about the square. */
function amplitude(slider: number): number {
  return Math.min(1, Math.max(0, slider)) ** 2
}
