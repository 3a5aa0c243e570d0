import type { Playlist, PlaylistId } from '../../shared/library/playlists/playlist.ts'

/** A playlist and, for a folder, what is in it. */
export interface PlaylistNode {
  readonly id: PlaylistId
  readonly playlist: Playlist
  readonly children: readonly PlaylistNode[]
}

/** Returns the playlists as a tree. Those whose folder is gone are at the top. */
export function createNodes(playlists: readonly Playlist[]): readonly PlaylistNode[] {
  const ids = new Set(playlists.map(({ id }) => id))
  const byParent = Map.groupBy(playlists, ({ parent }) => (ids.has(parent) ? parent : 0))
  const nodesIn = (parent: PlaylistId): PlaylistNode[] =>
    (byParent.get(parent) ?? []).map((playlist) => ({
      id: playlist.id,
      playlist,
      children: nodesIn(playlist.id),
    }))
  return nodesIn(0)
}

/** Returns the ids of a folder's content without those of moved playlists, in their order. */
export function siblingsWithout(
  playlists: readonly Playlist[],
  parent: PlaylistId,
  moved: PlaylistId,
): readonly PlaylistId[] {
  return playlists
    .filter((playlist) => playlist.parent === parent && playlist.id !== moved)
    .map(({ id }) => id)
}

/** Returns whether a playlist is a folder, or in it at any depth. */
export function isWithin(playlists: readonly Playlist[], id: PlaylistId, folder: PlaylistId): boolean {
  const byId = new Map(playlists.map((playlist) => [playlist.id, playlist]))
  for (let at = byId.get(id); at !== undefined; at = byId.get(at.parent)) if (at.id === folder) return true
  return false
}
