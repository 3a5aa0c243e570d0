import {
  maxPlaylistDepth,
  maxPlaylists,
  type Playlist,
  type PlaylistId,
} from '../../../shared/library/playlists/playlist.ts'

/** Why a playlist cannot be where the user wants it. */
export type PlacementProblem = 'unknown' | 'noFolder' | 'insideItself' | 'tooDeep' | 'tooMany'

/** The playlists in their order, and their folders. */
export class PlaylistTree {
  readonly #playlists: readonly Playlist[]
  readonly #byId: ReadonlyMap<PlaylistId, Playlist>

  constructor(playlists: readonly Playlist[]) {
    this.#playlists = playlists
    this.#byId = new Map(playlists.map((playlist) => [playlist.id, playlist]))
  }

  get(id: PlaylistId): Playlist | undefined {
    return this.#byId.get(id)
  }

  /** Returns the ids of the playlists in a folder, in their order; at the top for 0. */
  childrenOf(parent: PlaylistId): PlaylistId[] {
    return this.#playlists.filter((playlist) => playlist.parent === parent).map(({ id }) => id)
  }

  /** Returns the id and those of everything in the folder. */
  withDescendants(id: PlaylistId): PlaylistId[] {
    return [id, ...this.childrenOf(id).flatMap((child) => this.withDescendants(child))]
  }

  /** Returns why nothing can be created in a folder. */
  checkCreation(parent: PlaylistId): PlacementProblem | undefined {
    if (this.#playlists.length >= maxPlaylists) return 'tooMany'
    return this.#checkParent(parent, 1)
  }

  /** Returns why a playlist cannot be moved into a folder. */
  checkMove(id: PlaylistId, parent: PlaylistId): PlacementProblem | undefined {
    if (!this.#byId.has(id)) return 'unknown'
    if (this.withDescendants(id).includes(parent)) return 'insideItself'
    return this.#checkParent(parent, this.#height(id))
  }

  /** Returns the content of a folder after a playlist has been moved there. `index` does not count the playlist. */
  arrange(id: PlaylistId, parent: PlaylistId, index: number): PlaylistId[] {
    const others = this.childrenOf(parent).filter((child) => child !== id)
    return others.toSpliced(index, 0, id)
  }

  #checkParent(parent: PlaylistId, height: number): PlacementProblem | undefined {
    if (parent === 0) return undefined
    if (this.#byId.get(parent)?.kind !== 'folder') return 'noFolder'
    return this.#depth(parent) + height > maxPlaylistDepth ? 'tooDeep' : undefined
  }

  /** 1 at the top. */
  #depth(id: PlaylistId): number {
    let depth = 0
    for (
      let at = this.#byId.get(id);
      at !== undefined && depth <= maxPlaylists;
      at = this.#byId.get(at.parent)
    )
      depth++
    return depth
  }

  /** 1 without anything in it. */
  #height(id: PlaylistId): number {
    return 1 + Math.max(0, ...this.childrenOf(id).map((child) => this.#height(child)))
  }
}
