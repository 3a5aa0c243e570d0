import type { PlaylistChange } from '../../../shared/library/playlists/playlist-calls.ts'

/** How to undo a change. */
export interface Undo {
  readonly undo: () => Promise<void>
  /** Called when the change can no longer be undone. */
  readonly forget: () => void
}

/** Changes that can be undone. */
const maxChanges = 10

/** The newest changes. */
export class UndoStack {
  readonly #changes = new Map<PlaylistChange, Undo>()
  #last: PlaylistChange = 0

  /** Returns the number of the next change. */
  begin(): PlaylistChange {
    return ++this.#last
  }

  add(change: PlaylistChange, undo: Undo): void {
    this.#changes.set(change, undo)
    const [oldest] = this.#changes.keys()
    if (this.#changes.size > maxChanges && oldest !== undefined) this.#forget(oldest)
  }

  /** Removes a change and returns how to undo it; undefined if it is forgotten. */
  take(change: PlaylistChange): Undo | undefined {
    const undo = this.#changes.get(change)
    this.#changes.delete(change)
    return undo
  }

  #forget(change: PlaylistChange): void {
    this.take(change)?.forget()
  }
}
