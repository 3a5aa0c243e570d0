import { type HostEvent, noScan } from '../../shared/host-api.ts'
import type { Track, TrackId } from '../../shared/library/track.ts'
import { useWindow } from '../store/window-store.ts'
import { send } from './actions.ts'
import { publishHostView } from './host-process-views.ts'
import { applyRemoteRequest } from './remote-commands.ts'

const maxTracksPerMessage = 200

/** Stores what a host event contains for the window, and forwards it to the input thread. */
export function handleHostEvent(event: Exclude<HostEvent, { kind: 'ending' }>): void {
  switch (event.kind) {
    case 'library':
      resetLibrary(event)
      break
    case 'tracks':
      addTracks(event.tracks)
      send({ kind: 'libraryTracks', tracks: event.tracks })
      break
    case 'scan':
      useWindow.setState({ scan: event.progress })
      break
    case 'problems':
      useWindow.setState(({ problems }) => ({ problems: [...problems, ...event.problems] }))
      break
    case 'failure':
      useWindow.setState({ failure: event.message })
      break
    case 'about':
      useWindow.setState({ dialog: 'about' })
      break
    case 'updates':
      useWindow.setState({ updateState: event.updates })
      break
    case 'play':
    case 'enqueue':
    case 'command':
    case 'resume':
      applyRemoteRequest(event)
      break
    case 'threads':
      publishHostView(event.view)
      break
  }
}

function resetLibrary({ folder, demo, interrupted }: Extract<HostEvent, { kind: 'library' }>): void {
  const previous = useWindow.getState()
  const request = previous.searchRequest + 1
  // The current song plays on, so its library's tracks stay known.
  const played =
    [previous.tracks, previous.previousTracks].find((tracks) => tracks.has(previous.player.track)) ??
    new Map()
  const rows = new Int32Array(0)
  // A rescan of the same folder keeps the search.
  const query = previous.folder === folder && previous.isDemo === demo ? previous.query : ''
  useWindow.setState(({ tracksVersion }) => ({
    folder,
    isDemo: demo,
    interruptedFolder: interrupted,
    isLibraryKnown: true,
    tracks: new Map(),
    previousTracks: played,
    tracksVersion: tracksVersion + 1,
    rows,
    searchRequest: request,
    query,
    scan: noScan,
    problems: [],
  }))
  send({ kind: 'libraryCleared' })
  send({ kind: 'search', request, text: query, sort: previous.sort })
}

function addTracks(added: readonly Track[]): void {
  const tracks = useWindow.getState().tracks as Map<TrackId, Track>
  for (const track of added) tracks.set(track.id, track)
  useWindow.setState(({ tracksVersion }) => ({ tracksVersion: tracksVersion + 1 }))
}

/** Plays a library that should start playing (`playWhenLoaded`), as soon as all of its tracks are shown. */
export function playOnceLoaded(): void {
  useWindow.subscribe(({ playWhenLoaded, scan, rows, tracks }) => {
    const isShown = !scan.running && rows.length > 0 && rows.length === tracks.size
    if (!playWhenLoaded || !isShown) return
    useWindow.setState({ playWhenLoaded: false })
    send({ kind: 'playAll' })
  })
}

/** Sends the library again, in parts, and the present search, to an input thread that replaces a dead one. */
export function resendLibrary(): void {
  const { tracks, searchRequest: request, query, sort } = useWindow.getState()
  const rest = tracks.values()
  const sendSome = () => {
    const some = rest.take(maxTracksPerMessage).toArray()
    if (some.length === 0) return
    send({ kind: 'libraryTracks', tracks: some })
    setTimeout(sendSome)
  }
  send({ kind: 'search', request, text: query, sort })
  sendSome()
}
