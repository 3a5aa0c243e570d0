import type { TrackId } from '../../shared/library/track.ts'
import type { AudioReport, AudioRequest } from '../../shared/player/messages.ts'

/** The sound output. It plays one run at a time, preloads at most one more song, and never throws. */
export interface AudioSink {
  /** Performs a request. Ignores requests about another run than the current one. */
  perform(request: AudioRequest): void
  /** Calls `listener` for every report. Returns a function that removes the listener. */
  onReport(listener: (report: AudioReport) => void): () => void
  /**
   * Calls `listener` when a song that was requested by `preload` can start immediately. Returns a function
   * that removes the listener.
   */
  onPreloaded(listener: (track: TrackId) => void): () => void
  /** Plays through this device from now on; an empty text is the system's. */
  selectDevice(deviceId: string): void
  /** Stops the sound and releases all resources. */
  dispose(): void
}
