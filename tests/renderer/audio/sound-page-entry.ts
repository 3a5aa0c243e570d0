import type { AudioSink } from '../../../renderer/audio/audio-sink.ts'
import { howlerFormat } from '../../../renderer/audio/howler-format.ts'
import { HowlerSink } from '../../../renderer/audio/howler-sink.ts'
import { linkMediaSession, type MediaSessionLink } from '../../../renderer/audio/media-session.ts'
import type { TrackId } from '../../../shared/library/track.ts'
import type { AudioReport, AudioRequest, Input } from '../../../shared/player/messages.ts'
import { createEngine, type TestEngine } from './test-engine.ts'

declare global {
  interface Window {
    readonly sink: AudioSink
    readonly reports: AudioReport[]
    readonly media: MediaSessionLink
    /** The inputs that the system's controls sent through their handlers. */
    readonly sent: Input[]
    readonly handlers: Map<string, MediaSessionActionHandler | null>
    /** Requests the preloaded song at the moment the current one ends, like playback. */
    playNext(run: number, track: TrackId): void
    ask(request: AudioRequest): void
    /** Undefined without the engine. */
    readonly engine: TestEngine | undefined
  }
}

// The page of the tests of sound outputs. Tracks have numbers. In the address, `names` are their file names, and
// `start` is a track that the page plays by itself, because every action of a test counts as a click.
const address = new URLSearchParams(location.search)
const names = address.get('names')?.split(',') ?? []
const elements = new HowlerSink({
  urlOf: (track) => `/media/${track}`,
  formatOf: (track) => howlerFormat(names[track - 1] ?? ''),
  isPlayable: (track) => !(names[track - 1] ?? '').includes('alac'),
})
const engine = address.get('output') === 'engine' ? createEngine(elements, names) : undefined
const sink: AudioSink = engine?.sink ?? elements
const reports: AudioReport[] = []
sink.onReport((report) => {
  reports.push(report)
  console.info(`run ${report.run} ${report.kind}`)
})

// A test cannot press the system's controls, so the handlers are also stored here.
const handlers = new Map<string, MediaSessionActionHandler | null>()
const { mediaSession } = navigator
const register = mediaSession.setActionHandler.bind(mediaSession)
mediaSession.setActionHandler = (action, handler) => {
  register(action, handler)
  handlers.set(action, handler)
}
const sent: Input[] = []
const media = linkMediaSession((input) => sent.push(input))

Object.assign(window, {
  media,
  sent,
  handlers,
  sink,
  reports,
  engine,
  ask: (request: AudioRequest) => sink.perform(request),
  playNext(run: number, track: TrackId) {
    const stop = sink.onReport((report) => {
      if (report.kind !== 'ended') return
      stop()
      sink.perform({ kind: 'load', run, track, position: 0, play: true })
    })
  },
})

const start = Number(address.get('start'))
if (start > 0) sink.perform({ kind: 'load', run: 1, track: start, position: 0, play: true })
