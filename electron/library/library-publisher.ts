import type { ScanProgress } from '../../shared/host-api.ts'
import type { FileProblem, Track } from '../../shared/library/track.ts'

/** What a library publishes: what it lists, how far the scan is, and what failed. */
export interface LibraryPublisher {
  /** Replaces the former library by an empty one. `folder` is a display name. */
  beginLibrary(folder: string, demo: boolean, progress: ScanProgress): void
  /** Adds what was read to the library. */
  addTracks(tracks: readonly Track[], problems: readonly FileProblem[], progress: ScanProgress): void
  /** Publishes one sentence for the user: what failed. */
  publishFailure(message: string): void
}
