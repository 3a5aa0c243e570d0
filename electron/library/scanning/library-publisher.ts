import type { ScanProgress } from '../../../shared/host-api.ts'
import type { StoredTracks } from '../../../shared/library/stored-track.ts'
import type { FileProblem, Track, TrackId } from '../../../shared/library/track.ts'

/** Returns the library's tracks, in parts. Changes that are published meanwhile are sent after the part that is read. */
export type ReadTracks = () => AsyncIterable<readonly Track[] | StoredTracks>

/** What a library publishes: what it lists, how far the scan is, and what failed. */
export interface LibraryPublisher {
  /**
   * Replaces the former library. `folder` is a display name; undefined if no folder is open. Each page reads the tracks for
   * itself.
   */
  beginLibrary(
    folder: string | undefined,
    demo: boolean,
    progress: ScanProgress,
    readTracks: ReadTracks,
  ): void
  /** Adds tracks to the library, or replaces those with their ids. */
  addTracks(tracks: readonly Track[], problems: readonly FileProblem[], progress: ScanProgress): void
  removeTracks(ids: readonly TrackId[]): void
  /** The files that could not be read are read again: forget the problems. */
  clearProblems(): void
  /** Publishes one sentence for the user: what failed. */
  publishFailure(message: string): void
}
