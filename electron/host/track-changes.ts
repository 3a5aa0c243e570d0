import type { HostEvent } from '../../shared/host-api.ts'
import type { Track, TrackId } from '../../shared/library/track.ts'

type Change =
  | { readonly kind: 'tracks'; readonly tracks: Track[] }
  | { readonly kind: 'tracksRemoved'; readonly ids: TrackId[] }

/** The changes of the library that a page has yet to receive, in their sequence. */
export class TrackChanges {
  readonly #changes: Change[] = []

  get isEmpty(): boolean {
    return this.#changes.length === 0
  }

  add(tracks: readonly Track[]): void {
    if (tracks.length === 0) return
    const last = this.#changes.at(-1)
    if (last?.kind === 'tracks') for (const track of tracks) last.tracks.push(track)
    else this.#changes.push({ kind: 'tracks', tracks: [...tracks] })
  }

  remove(ids: readonly TrackId[]): void {
    if (ids.length === 0) return
    const last = this.#changes.at(-1)
    if (last?.kind === 'tracksRemoved') for (const id of ids) last.ids.push(id)
    else this.#changes.push({ kind: 'tracksRemoved', ids: [...ids] })
  }

  /** Takes a part of the oldest change. */
  next(maxItems: number): HostEvent | undefined {
    const change = this.#changes[0]
    if (change === undefined) return undefined
    const event: HostEvent =
      change.kind === 'tracks'
        ? { kind: 'tracks', tracks: change.tracks.splice(0, maxItems) }
        : { kind: 'tracksRemoved', ids: change.ids.splice(0, maxItems) }
    if ((change.kind === 'tracks' ? change.tracks : change.ids).length === 0) this.#changes.shift()
    return event
  }
}
