import type { HostEvent } from '../../shared/host-api.ts'
import type { Track, TrackId } from '../../shared/library/track.ts'
import { tellHostView } from '../threads-view/host-views.ts'
import { send } from './actions.ts'
import { obey } from './outside.ts'
import { emptyScan, useWindow } from './store.ts'

const tracksInAMessage = 200

/** What the host tells: kept for the window, and passed on to the input thread. */
export function hear(event: Exclude<HostEvent, { kind: 'ending' }>): void {
  switch (event.kind) {
    case 'library':
      beginLibrary(event)
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
      obey(event)
      break
    case 'threads':
      tellHostView(event.view)
      break
  }
}

function beginLibrary({ folder, demo }: Extract<HostEvent, { kind: 'library' }>): void {
  const request = useWindow.getState().request + 1
  const { player, tracks, formerTracks } = useWindow.getState()
  // What is played goes on, and its songs stay known.
  const played = [tracks, formerTracks].find((known) => known.has(player.track)) ?? new Map()
  const rows = new Int32Array(0)
  // The same folder read again is searched as before.
  const former = useWindow.getState()
  const query = former.folder === folder && former.demo === demo ? former.query : ''
  useWindow.setState(({ tracksVersion }) => ({
    folder,
    demo,
    libraryKnown: true,
    tracks: new Map(),
    formerTracks: played,
    tracksVersion: tracksVersion + 1,
    rows,
    request,
    query,
    scan: emptyScan,
    problems: [],
  }))
  send({ kind: 'libraryCleared' })
  send({ kind: 'search', request, text: query, sort: former.sort })
}

function addTracks(added: readonly Track[]): void {
  const tracks = useWindow.getState().tracks as Map<TrackId, Track>
  for (const track of added) tracks.set(track.id, track)
  useWindow.setState(({ tracksVersion }) => ({ tracksVersion: tracksVersion + 1 }))
}

/** Plays a library that was asked for with its music, as soon as all of it is shown. */
export function playOnceLoaded(): void {
  useWindow.subscribe(({ playWhenLoaded, scan, rows, tracks }) => {
    const isShown = !scan.running && rows.length > 0 && rows.length === tracks.size
    if (!playWhenLoaded || !isShown) return
    useWindow.setState({ playWhenLoaded: false })
    send({ kind: 'playAll' })
  })
}

/** A fresh input thread knows nothing: it gets the library again, piece by piece, and the present search. */
export function tellLibraryAgain(): void {
  const { tracks, request, query, sort } = useWindow.getState()
  const rest = tracks.values()
  const tellSome = () => {
    const some = rest.take(tracksInAMessage).toArray()
    if (some.length === 0) return
    send({ kind: 'libraryTracks', tracks: some })
    setTimeout(tellSome)
  }
  send({ kind: 'search', request, text: query, sort })
  tellSome()
}
