import type { Queue, RingBuffer } from '@skein/threading'
import type { TrackId } from '../../../shared/library/track.ts'
import type { AudioReport, AudioRequest, RunNumber } from '../../../shared/player/messages.ts'
import type { DecoderReport, DecoderRequest } from '../../../shared/sound/playing/decoder-messages.ts'
import { positionAt, type Segments } from '../../../shared/sound/playing/segments.ts'
import type { AudioSink } from '../audio-sink.ts'
import { PositionClock } from '../position-clock.ts'
import { SinkListeners } from '../sink-listeners.ts'
import { DecoderLink, type EngineSource, type Follower } from './decoder-link.ts'
import { Speaker } from './speaker.ts'

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

/** Returns whether another decoder may know the file. If the file itself cannot be read, nothing can play it. */
const canPlayElsewhere = ({ isUnheard, reason }: Extract<DecoderReport, { kind: 'failed' }>): boolean =>
  isUnheard && (reason === 'formatUnsupported' || reason === 'fileDamaged')

/**
 * The sound output through the engine: `decoder` decodes songs into the ring `pcm`, and an AudioWorklet plays it. The
 * next song follows in the ring. When it is heard, the present run has ended, and the run that is loaded then takes over
 * what already sounds.
 */
export class EngineSink implements AudioSink {
  readonly #options: EngineSinkOptions
  readonly #speaker: Speaker
  readonly #decoder: DecoderLink
  readonly #listeners = new SinkListeners()
  readonly #clock = new PositionClock()
  #run: Run | undefined
  /** The preloaded song. */
  #next: Follower | undefined
  /** A preloaded song that is heard, and whose run was not loaded yet. */
  #overtaking: Follower | undefined

  constructor(options: EngineSinkOptions) {
    this.#options = options
    const { pcm: ring, segments, decoding } = options.channels
    this.#decoder = new DecoderLink(decoding, options.source)
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
    return this.#listeners.addForReports(listener)
  }

  onPreloaded(listener: (track: TrackId) => void): () => void {
    return this.#listeners.addForPreloads(listener)
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
    this.#listeners.clear()
    void this.#speaker.dispose()
  }

  /** `decoder` died and was replaced: it gets the present requests again. */
  resumeDecoding(): void {
    const run = this.#run
    if (this.#overtaking !== undefined)
      this.#decoder.decode({ ...this.#overtaking, before: run?.track, position: 0 }, this.#next)
    else if (run !== undefined && run.phase !== 'failed' && run.phase !== 'ended')
      this.#decoder.decode(run, this.#next)
    else if (this.#next !== undefined) this.#append(this.#next)
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
    const segment = this.#decoder.createSegment()
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
    this.#clock.stop()
    if (!wantsSound) this.#speaker.pause()
    this.#speaker.wake()
    this.#decoder.decode(run, this.#next)
  }

  #preload(track: TrackId): void {
    if (this.#next?.track === track) return
    this.#next = { track, segment: this.#decoder.createSegment(), duration: 0 }
    this.#append(this.#next)
  }

  #play(run: Run): void {
    run.wantsSound = true
    if (run.phase === 'ended') this.#report({ kind: 'ended', run: run.run })
    else if (run.phase !== 'loading' && run.phase !== 'failed') void this.#startSound(run)
  }

  #pause(run: Run): void {
    run.wantsSound = false
    this.#clock.stop()
    this.#speaker.pause()
  }

  #seek(run: Run, to: number): void {
    run.segment = this.#decoder.createSegment()
    run.position = to
    run.phase = 'loading'
    this.#overtaking = undefined
    this.#clock.moveTo(to)
    if (this.#next !== undefined) this.#next.segment = this.#decoder.createSegment()
    this.#speaker.wake()
    this.#decoder.decode(run, this.#next)
  }

  #stop(): void {
    this.#run = undefined
    this.#next = undefined
    this.#overtaking = undefined
    this.#clock.stop()
    this.#speaker.pause()
    this.#decoder.stop()
  }

  #append(next: Follower): void {
    this.#decoder.append(this.#overtaking ?? this.#run, next)
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
        this.#clock.stop()
        this.#report({ kind: 'stalled', run: run.run, position: this.#positionOf(run) })
        break
      case 'ended':
        this.#end(run)
        break
      case 'failed':
        run.phase = 'failed'
        this.#clock.stop()
        if (canPlayElsewhere(report) && this.#options.onRefused(run.track, run.run)) break
        this.#report({ kind: 'failed', run: run.run, reason: report.reason })
    }
  }

  #receiveOfNext(next: Follower, report: Exclude<DecoderReport, { kind: 'progress' | 'rate' }>): void {
    if (report.kind === 'prepared') {
      next.duration = report.duration
      this.#listeners.reportPreloaded(next.track)
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
    this.#clock.stop()
    if (run.wantsSound) this.#report({ kind: 'ended', run: run.run })
  }

  async #setRate(rate: number): Promise<void> {
    await this.#speaker.setRate(rate)
    this.#decoder.confirmOutput()
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
    const { speed } = this.#decoder
    this.#clock.start(position, speed)
    this.#report({ kind: 'playing', run: run.run, position, speed })
  }

  #correctDrift(): void {
    const run = this.#run
    if (run?.phase === 'sounding' && this.#clock.hasDriftedFrom(this.#positionOf(run)))
      this.#reportPlaying(run)
  }

  #report(report: AudioReport): void {
    this.#listeners.report(report)
  }
}
