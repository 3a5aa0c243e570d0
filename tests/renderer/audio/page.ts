import { HowlerSink } from '../../../renderer/audio/howler-sink.ts'
import type { TrackId } from '../../../shared/library/track.ts'
import type { AudioRequest, Report } from '../../../shared/player/messages.ts'

/** A report, and when it came: milliseconds of the page's clock. */
export type Heard = Report & { readonly at: number }

declare global {
  interface Window {
    readonly sink: HowlerSink
    readonly heard: Heard[]
    /** Asks for the preloaded song in the moment the current one ends, as playback does. */
    playNext(run: number, track: TrackId): void
    ask(request: AudioRequest): void
  }
}

// The page of howler-sink.test.ts: tracks go by number, `formats` in the address tells their extensions.
const formats = new URLSearchParams(location.search).get('formats')?.split(',') ?? []
const sink = new HowlerSink({
  urlOf: (track) => `/media/${track}`,
  formatOf: (track) => formats[track - 1],
})
const heard: Heard[] = []
sink.onReport((report) => heard.push({ ...report, at: performance.now() }))

Object.assign(window, {
  sink,
  heard,
  ask: (request: AudioRequest) => sink.perform(request),
  playNext(run: number, track: TrackId) {
    const stop = sink.onReport((report) => {
      if (report.kind !== 'ended') return
      stop()
      sink.perform({ kind: 'load', run, track, position: 0, play: true })
    })
  },
})
