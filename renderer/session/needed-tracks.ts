import type { Track, TrackId } from '../../shared/library/track.ts'
import { findTrack, useWindow, type WindowState } from '../store/window-store.ts'
import { send } from './actions.ts'

/** The songs of Up next that the window can show. */
const maxUpNextSongs = 200
/** Tracks that are no longer needed stay known up to this number: Previous returns to them. */
const maxKnownTracks = 600
/** Milliseconds for which the sound output waits for a track that the window does not know. */
const trackTimeout = 250

let needed: ReadonlySet<TrackId> = new Set()

/** Requests the tracks of the player and of Up next from the input thread whenever they change. */
export function requestNeededTracks(): void {
  useWindow.subscribe((current, previous) => {
    if (current.player === previous.player && current.upNext === previous.upNext) return
    const next = neededTracks(current)
    if (next.size === needed.size && [...next].every((id) => needed.has(id))) return
    needed = next
    sendNeededTracks()
  })
}

/** Sends the request again, to a new input thread. */
export const sendNeededTracks = (): void => send({ kind: 'tracks', ids: Int32Array.from(needed) })

function neededTracks({ player, upNext }: WindowState): Set<TrackId> {
  const ids = new Set([player.track, player.notice.track, ...upNext.slice(0, maxUpNextSongs)])
  ids.delete(0)
  return ids
}

/** Stores tracks that the input thread has sent. */
export function receiveTracks(received: readonly Track[]): void {
  const tracks = new Map(useWindow.getState().tracks)
  for (const track of received) {
    // The last tracks of the map are the newest.
    tracks.delete(track.id)
    tracks.set(track.id, track)
  }
  for (const id of tracks.keys()) {
    if (tracks.size <= maxKnownTracks) break
    if (!needed.has(id)) tracks.delete(id)
  }
  useWindow.setState({ tracks })
}

/** Waits until a track is known, and not long: the sound output can play a track without its record. */
export async function waitForTrack(id: TrackId): Promise<void> {
  if (findTrack(useWindow.getState(), id) !== undefined) return
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => done(), trackTimeout)
    const unsubscribe = useWindow.subscribe((state) => {
      if (findTrack(state, id) !== undefined) done()
    })
    const done = () => {
      clearTimeout(timer)
      unsubscribe()
      resolve()
    }
    send({ kind: 'tracks', ids: Int32Array.of(...needed, id) })
  })
}
