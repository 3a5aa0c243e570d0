import type { TrackId } from '../../../shared/library/track.ts'

/** What playlists need of the library. */
export interface PlaylistLibrary {
  /** Makes tracks of files outside of the library. Returns an id for each, 0 if it cannot be read. */
  addFiles(files: readonly string[]): Promise<readonly TrackId[]>
  /** Whether the pages know a track of a file outside of the library. */
  isListed(track: TrackId): boolean
  /** The open folders. */
  readonly folders: readonly string[]
}
