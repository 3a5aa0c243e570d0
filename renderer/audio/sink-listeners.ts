import type { TrackId } from '../../shared/library/track.ts'
import type { AudioReport } from '../../shared/player/messages.ts'

/** The listeners of a sound output. */
export class SinkListeners {
  readonly #ofReports = new Set<(report: AudioReport) => void>()
  readonly #ofPreloads = new Set<(track: TrackId) => void>()

  addForReports(listener: (report: AudioReport) => void): () => void {
    this.#ofReports.add(listener)
    return () => this.#ofReports.delete(listener)
  }

  addForPreloads(listener: (track: TrackId) => void): () => void {
    this.#ofPreloads.add(listener)
    return () => this.#ofPreloads.delete(listener)
  }

  report(report: AudioReport): void {
    for (const listener of this.#ofReports) listener(report)
  }

  reportPreloaded(track: TrackId): void {
    for (const listener of this.#ofPreloads) listener(track)
  }

  clear(): void {
    this.#ofReports.clear()
    this.#ofPreloads.clear()
  }
}
