import type { TrackId } from '../../shared/library/track.ts'
import type { AudioReport, AudioRequest } from '../../shared/player/messages.ts'

/** What makes the sound. It plays one run at a time, holds at most one more song ready, and never throws. */
export interface AudioSink {
  /** Does what is asked. A request about another run than the current one is passed over. */
  perform(request: AudioRequest): void
  /** Has every report told to `listener`, in order; the answer ends it. */
  onReport(listener: (report: AudioReport) => void): () => void
  /** Has it told to `listener` when a song that was asked for by `preload` can start at once; the answer ends it. */
  onPreloaded(listener: (track: TrackId) => void): () => void
  /** Stops the sound and frees everything. */
  dispose(): void
}
