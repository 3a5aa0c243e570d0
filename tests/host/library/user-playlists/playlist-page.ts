import type { HostEvent } from '../../../../shared/host-api.ts'
import type { MissingEntry, Playlist, PlaylistId } from '../../../../shared/library/playlists/playlist.ts'
import type { TrackId } from '../../../../shared/library/track.ts'

/** What a page knows of playlists by the events that it has received. */
export class PlaylistPage {
  playlists: readonly Playlist[] = []
  readonly #entries = new Map<PlaylistId, (TrackId | MissingEntry)[]>()

  readonly receive = (event: HostEvent): void => {
    if (event.kind === 'playlists') this.playlists = event.playlists
    if (event.kind !== 'playlistEntries') return
    const { playlist, start, removed, tracks, missing } = event.splice
    const rest = [...missing]
    const entries = tracks.map((track) => (track === 0 ? (rest.shift() as MissingEntry) : track))
    const present = this.#entries.get(playlist) ?? []
    if (start > present.length) throw new Error('the splice leaves a gap')
    this.#entries.set(playlist, present.toSpliced(start, removed, ...entries))
  }

  entries(playlist: PlaylistId): readonly (TrackId | MissingEntry)[] {
    return this.#entries.get(playlist) ?? []
  }

  get names(): readonly string[] {
    return this.playlists.map(({ name }) => name)
  }
}
