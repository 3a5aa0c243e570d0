import type { Queue, RingBuffer } from '@skein/threading'
import type { TrackId } from '../../../shared/library/track.ts'
import type { AudioReport, AudioRequest, RunNumber } from '../../../shared/player/messages.ts'
import type {
  DecoderReport,
  DecoderRequest,
  DecoderSong,
  SongTransition,
} from '../../../shared/sound/playing/decoder-messages.ts'
import { positionAt, type Segments } from '../../../shared/sound/playing/segments.ts'
import type { AudioSink } from '../audio-sink.ts'
import { Speaker } from './speaker.ts'

export interface EngineSource {
  /** Returns what `decoder` needs to play a track after another one. */
  songOf(track: TrackId, before: TrackId | undefined): Omit<DecoderSong, 'segment'>
  /** Returns how `next` follows `track`. */
  transitionBetween(track: TrackId, next: TrackId): SongTransition
  /** 1 is normal. */
  speed(): number
}

export interface EngineChannels {
  readonly decoding: Queue<DecoderRequest>
  readonly pcm: RingBuffer
  readonly segments: Segments
}

export interface EngineSinkOptions {
  readonly source: EngineSource
  readonly channels: EngineChannels
  /** Connects the engine's node to the output, through what changes the sound. */
  readonly connect: (source: AudioNode, destination: AudioNode) => void
  /** Called when a song cannot be played here, though another output may play it. `run` is undefined for a preload. */
  readonly onRefused: (track: TrackId, run: RunNumber | undefined) => boolean
}

type LoadRequest = Extract<AudioRequest, { kind: 'load' }>

/**
 * `loading`: requested. `ready`: its beginning is in the ring. `sounding`: it was heard. `ended` and `failed` were
 * reported, or are when the song is to play.
 */
type Phase = 'loading' | 'ready' | 'sounding' | 'stalled' | 'ended' | 'failed'

interface Run {
  readonly run: RunNumber
  readonly track: TrackId
  /** The song that played before it. */
  readonly before: TrackId | undefined
  segment: number
  /** Where it was requested to begin, in seconds. */
  position: number
  wantsSound: boolean
  phase: Phase
  duration: number
}

/** A song behind the present one in the ring. */
interface Follower {
  readonly track: TrackId
  segment: number
  duration: number
}

/** Returns whether another decoder may know the file. If the file itself cannot be read, nothing can play it. */
const canPlayElsewhere = ({ isUnheard, reason }: Extract<DecoderReport, { kind: 'failed' }>): boolean =>
  isUnheard && (reason === 'formatUnsupported' || reason === 'fileDamaged')

/** The drift between the sound and playback's clock, in seconds, beyond which the position is reported again. */
const maxDrift = 0.25

/**
 * The sound output through the engine: `decoder` decodes songs into the ring `pcm`, and an AudioWorklet plays it. The
 * next song follows in the ring. When it is heard, the present run has ended, and the run that is loaded then takes over
 * what already sounds.
 */
export class EngineSink implements AudioSink {
  readonly #options: EngineSinkOptions
  readonly #speaker: Speaker
  readonly #reportListeners = new Set<(report: AudioReport) => void>()
  readonly #preloadListeners = new Set<(track: TrackId) => void>()
  #run: Run | undefined
  /** The preloaded song. */
  #next: Follower | undefined
  /** A preloaded song that is heard, and whose run was not loaded yet. */
  #overtaking: Follower | undefined
  #lastSegment = 0
  /** The speed of what was requested last. */
  #speed = 1
  /** Playback's clock: a position in seconds at a time in milliseconds; undefined while it is stopped. */
  #clock: { readonly position: number; readonly at: number } | undefined

  constructor(options: EngineSinkOptions) {
    this.#options = options
    const { pcm: ring, segments } = options.channels
    this.#speaker = new Speaker({
      ring,
      segments,
      connect: options.connect,
      onInterrupted: () => this.#hold(),
    })
  }

  static get isSupported(): boolean {
    return Speaker.isSupported
  }

  onReport(listener: (report: AudioReport) => void): () => void {
    this.#reportListeners.add(listener)
    return () => this.#reportListeners.delete(listener)
  }

  onPreloaded(listener: (track: TrackId) => void): () => void {
    this.#preloadListeners.add(listener)
    return () => this.#preloadListeners.delete(listener)
  }

  perform(request: AudioRequest): void {
    if (request.kind === 'load') this.#load(request)
    else if (request.kind === 'preload') this.#preload(request.track)
    else if (request.kind === 'stop') this.#stop()
    else if (request.kind !== 'volume' && this.#run?.run === request.run) {
      if (request.kind === 'play') this.#play(this.#run)
      else if (request.kind === 'pause') this.#pause(this.#run)
      else if (request.kind === 'seek') this.#seek(this.#run, request.to)
      else this.#reportStatus(this.#run)
    }
  }

  selectDevice(deviceId: string): void {
    this.#speaker.selectDevice(deviceId)
  }

  dispose(): void {
    this.#stop()
    this.#reportListeners.clear()
    this.#preloadListeners.clear()
    void this.#speaker.dispose()
  }

  /** `decoder` died and was replaced: it gets the present requests again. */
  resumeDecoding(): void {
    const run = this.#run
    if (this.#overtaking !== undefined) this.#decode({ ...this.#overtaking, before: run?.track, position: 0 })
    else if (run !== undefined && run.phase !== 'failed' && run.phase !== 'ended') this.#decode(run)
    else if (this.#next !== undefined) this.#append()
  }

  /** The settings have changed which `source` applies: what was not heard yet is decoded again. */
  applySettings(): void {
    const run = this.#run
    if (run === undefined || this.#overtaking !== undefined) return
    if (run.phase !== 'ended' && run.phase !== 'failed') this.#seek(run, this.#positionOf(run))
  }

  receive(report: DecoderReport): void {
    const run = this.#run
    if (report.kind === 'progress') this.#correctDrift()
    else if (report.kind === 'rate') void this.#setRate(report.rate)
    else if (run !== undefined && report.segment === run.segment) this.#receiveOfRun(run, report)
    else if (this.#next !== undefined && report.segment === this.#next.segment)
      this.#receiveOfNext(this.#next, report)
    else if (this.#overtaking !== undefined && report.segment === this.#overtaking.segment)
      this.#receiveOfOvertaking(this.#overtaking, report)
  }

  #load(request: LoadRequest): void {
    if (this.#run?.run === request.run) {
      if (request.play) this.#play(this.#run)
      else this.#pause(this.#run)
      return
    }
    const sounding = this.#overtaking
    this.#overtaking = undefined
    if (sounding !== undefined && sounding.track === request.track && request.position === 0)
      this.#adopt(request, sounding)
    else this.#begin(request)
  }

  /** The song sounds already. */
  #adopt({ run: number, track, play: wantsSound }: LoadRequest, { segment, duration }: Follower): void {
    const before = this.#run?.track
    const run: Run = {
      run: number,
      track,
      before,
      segment,
      position: 0,
      wantsSound,
      phase: 'sounding',
      duration,
    }
    this.#run = run
    this.#report({ kind: 'loaded', run: number, duration })
    if (wantsSound) this.#play(run)
    else this.#pause(run)
  }

  #begin({ run: number, track, position, play: wantsSound }: LoadRequest): void {
    const segment = this.#newSegment()
    const before = this.#run?.track
    const run: Run = {
      run: number,
      track,
      before,
      segment,
      position,
      wantsSound,
      phase: 'loading',
      duration: 0,
    }
    this.#run = run
    this.#next = undefined
    this.#clock = undefined
    if (!wantsSound) this.#speaker.pause()
    this.#speaker.wake()
    this.#decode(run)
  }

  #preload(track: TrackId): void {
    if (this.#next?.track === track) return
    this.#next = { track, segment: this.#newSegment(), duration: 0 }
    this.#append()
  }

  #play(run: Run): void {
    run.wantsSound = true
    if (run.phase === 'ended') this.#report({ kind: 'ended', run: run.run })
    else if (run.phase !== 'loading' && run.phase !== 'failed') void this.#startSound(run)
  }

  #pause(run: Run): void {
    run.wantsSound = false
    this.#clock = undefined
    this.#speaker.pause()
  }

  #seek(run: Run, to: number): void {
    run.segment = this.#newSegment()
    run.position = to
    run.phase = 'loading'
    this.#overtaking = undefined
    this.#clock = this.#clock && { position: to, at: performance.now() }
    if (this.#next !== undefined) this.#next.segment = this.#newSegment()
    this.#speaker.wake()
    this.#decode(run)
  }

  #stop(): void {
    this.#run = undefined
    this.#next = undefined
    this.#overtaking = undefined
    this.#clock = undefined
    this.#speaker.pause()
    this.#options.channels.decoding.put({ kind: 'stop' })
  }

  #decode({
    track,
    before,
    segment,
    position,
  }: Pick<Run, 'track' | 'before' | 'segment' | 'position'>): void {
    const { source, channels } = this.#options
    const song = { ...source.songOf(track, before), segment }
    this.#speed = source.speed()
    channels.decoding.put({ kind: 'decode', song, position, speed: this.#speed, next: this.#following() })
  }

  #append(): void {
    const after = (this.#overtaking ?? this.#run)?.segment ?? 0
    this.#options.channels.decoding.put({ kind: 'append', after, next: this.#following() })
  }

  #following() {
    const { source } = this.#options
    const next = this.#next
    if (next === undefined) return undefined
    const before = this.#overtaking?.track ?? this.#run?.track
    const transition: SongTransition =
      before === undefined ? { kind: 'gapless' } : source.transitionBetween(before, next.track)
    return { song: { ...source.songOf(next.track, before), segment: next.segment }, transition }
  }

  #newSegment(): number {
    this.#lastSegment += 1
    return this.#lastSegment
  }

  #receiveOfRun(run: Run, report: Exclude<DecoderReport, { kind: 'progress' | 'rate' }>): void {
    switch (report.kind) {
      case 'ready':
        if (run.phase === 'loading') run.phase = 'ready'
        run.duration = report.duration
        this.#report({ kind: 'loaded', run: run.run, duration: run.duration })
        if (run.wantsSound) void this.#startSound(run)
        break
      case 'heard':
      case 'continued':
        run.phase = 'sounding'
        if (run.wantsSound) this.#reportPlaying(run)
        break
      case 'stalled':
        run.phase = 'stalled'
        this.#clock = undefined
        this.#report({ kind: 'stalled', run: run.run, position: this.#positionOf(run) })
        break
      case 'ended':
        this.#end(run)
        break
      case 'failed':
        run.phase = 'failed'
        this.#clock = undefined
        if (canPlayElsewhere(report) && this.#options.onRefused(run.track, run.run)) break
        this.#report({ kind: 'failed', run: run.run, reason: report.reason })
    }
  }

  #receiveOfNext(next: Follower, report: Exclude<DecoderReport, { kind: 'progress' | 'rate' }>): void {
    if (report.kind === 'prepared') {
      next.duration = report.duration
      for (const listener of this.#preloadListeners) listener(next.track)
    } else if (report.kind === 'late') {
      // Another song was joined to the present one already. What was not heard yet is decoded again.
      if (this.#run !== undefined && this.#overtaking === undefined)
        this.#seek(this.#run, this.#positionOf(this.#run))
    } else if (report.kind === 'failed') {
      this.#next = undefined
      if (canPlayElsewhere(report)) this.#options.onRefused(next.track, undefined)
    } else if (report.kind === 'heard') {
      this.#next = undefined
      this.#overtaking = next
      if (this.#run !== undefined) this.#end(this.#run)
    }
  }

  /** The song that sounds already has ended too: the next `load` begins it again. */
  #receiveOfOvertaking(song: Follower, report: DecoderReport): void {
    if (report.kind === 'ended' || report.kind === 'failed') this.#overtaking = undefined
    else if (report.kind === 'ready') song.duration = report.duration
  }

  /** A song that ends while it is paused was seeked to its end. It ends when it is to play. */
  #end(run: Run): void {
    run.phase = 'ended'
    this.#clock = undefined
    if (run.wantsSound) this.#report({ kind: 'ended', run: run.run })
  }

  async #setRate(rate: number): Promise<void> {
    await this.#speaker.setRate(rate)
    this.#options.channels.decoding.put({ kind: 'outputReady' })
  }

  async #startSound(run: Run): Promise<void> {
    const result = await this.#speaker.play()
    if (run !== this.#run || !run.wantsSound) return
    if (result === 'running') {
      if (run.phase === 'sounding') this.#reportPlaying(run)
    } else if (result === 'needsClick') this.#hold()
    else if (!this.#options.onRefused(run.track, run.run))
      this.#report({ kind: 'failed', run: run.run, reason: 'noOutput' })
  }

  /** The sound has stopped without a request. */
  #hold(): void {
    const run = this.#run
    if (run === undefined || !run.wantsSound) return
    this.#pause(run)
    this.#report({ kind: 'held', run: run.run, position: this.#positionOf(run) })
  }

  #reportStatus(run: Run): void {
    const { run: number, phase } = run
    const position = this.#positionOf(run)
    if (phase === 'ended') this.#report({ kind: 'ended', run: number })
    else if (phase === 'stalled') this.#report({ kind: 'stalled', run: number, position })
    else if (phase !== 'loading' && phase !== 'failed' && !run.wantsSound)
      this.#report({ kind: 'held', run: number, position })
    else if (phase === 'sounding') this.#reportPlaying(run)
  }

  /** Returns the position that is heard, in seconds. */
  #positionOf({ segment: number, phase, position }: Run): number {
    if (phase === 'loading' || phase === 'ready') return position
    const { pcm, segments } = this.#options.channels
    const read = pcm.framesRead
    const segment = segments.at(read)
    if (segment === undefined || segment.number !== number) return position
    return positionAt(segment, read - this.#speaker.latency * segment.ringRate)
  }

  #reportPlaying(run: Run): void {
    const position = this.#positionOf(run)
    this.#clock = { position, at: performance.now() }
    this.#report({ kind: 'playing', run: run.run, position, speed: this.#speed })
  }

  /** Reports the position again if the sound has left playback's clock, as after a sleep of the machine. */
  #correctDrift(): void {
    const run = this.#run
    if (this.#clock === undefined || run?.phase !== 'sounding') return
    const elapsed = (performance.now() - this.#clock.at) / 1000
    const expected = this.#clock.position + elapsed * this.#speed
    if (Math.abs(this.#positionOf(run) - expected) > maxDrift) this.#reportPlaying(run)
  }

  #report(report: AudioReport): void {
    for (const listener of this.#reportListeners) listener(report)
  }
}
