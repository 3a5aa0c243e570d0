import type { HostEvent, RemoteCommand } from '../../shared/host-api.ts'
import type { Input } from '../../shared/player/messages.ts'
import { hasShownTracks, useWindow } from '../store/window-store.ts'
import { send } from './actions.ts'
import { sendInSequence } from './library-feed.ts'

export type RemoteRequest = Extract<HostEvent, { kind: 'play' | 'enqueue' | 'command' | 'resume' }>

const inputKinds = { 'play-pause': 'toggle', next: 'next', previous: 'previous' } as const satisfies Record<
  RemoteCommand,
  Input['kind']
>

/** Whether the last session's song is ready, although the window may not show it yet. */
let hasResumedSong = false

/** Sends what was requested from outside the window, as the inputs of a click. */
export function applyRemoteRequest(request: RemoteRequest): void {
  switch (request.kind) {
    case 'play':
      sendInSequence({ kind: 'playTracks', tracks: Int32Array.from(request.tracks) })
      break
    case 'enqueue':
      sendInSequence({ kind: 'enqueue', tracks: Int32Array.from(request.tracks), at: 'end' })
      break
    case 'command':
      if (request.command === 'play-pause' && isLibraryLoading()) useWindow.setState({ playWhenLoaded: true })
      else send({ kind: inputKinds[request.command] })
      break
    case 'resume': {
      const { track, position, queue } = request.session
      hasResumedSong = track !== 0
      if (hasResumedSong) sendInSequence({ kind: 'resume', track, position })
      if (queue.length > 0) sendInSequence({ kind: 'enqueue', tracks: Int32Array.from(queue), at: 'end' })
    }
  }
}

/** Whether the library still loads and there is nothing to play yet. */
function isLibraryLoading(): boolean {
  const window = useWindow.getState()
  const { player, folder, scan } = window
  const isOver = !scan.running && (scan.walked || scan.stopped)
  return player.track === 0 && !hasResumedSong && !hasShownTracks(window) && folder !== undefined && !isOver
}
