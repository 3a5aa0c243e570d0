import { type HostEvent, noScan } from '../../shared/host-api.ts'
import { useWindow } from '../store/window-store.ts'
import { send } from './actions.ts'
import { publishHostView } from './host-process-views.ts'
import { sendInSequence } from './library-feed.ts'
import { requestListAgain } from './list-requests.ts'
import { receivePlaylists } from './playlist-actions.ts'
import { applyRemoteRequest } from './remote-commands.ts'

/** Stores what a host event contains for the window, and forwards it to the input thread. */
export function handleHostEvent(event: Exclude<HostEvent, { kind: 'ending' }>): void {
  switch (event.kind) {
    case 'library':
      resetLibrary(event)
      break
    case 'storedTracks':
      sendInSequence({ kind: 'storedTracks', text: event.text, labels: event.labels })
      break
    case 'tracks':
      sendInSequence({ kind: 'libraryTracks', tracks: event.tracks })
      break
    case 'tracksRemoved':
      sendInSequence({ kind: 'libraryTracksRemoved', ids: Int32Array.from(event.ids) })
      break
    case 'playlists':
      receivePlaylists(event.playlists)
      break
    case 'playlistEntries':
      send(event)
      break
    case 'scan':
      useWindow.setState({ scan: event.progress })
      break
    case 'problems':
      useWindow.setState(({ problems }) => ({ problems: [...problems, ...event.problems] }))
      break
    case 'problemsCleared':
      useWindow.setState({ problems: [] })
      break
    case 'folders':
      useWindow.setState({ libraryFolders: event.folders })
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
  // The same folder keeps the search: the page has subscribed again.
  const query = previous.folder === folder && previous.isDemo === demo ? previous.query : ''
  useWindow.setState({
    folder,
    isDemo: demo,
    interruptedFolder: interrupted,
    isLibraryKnown: true,
    query,
    scan: noScan,
    problems: [],
  })
  sendInSequence({ kind: 'libraryCleared' })
  requestListAgain({ text: query })
}

/** Plays a library that should start playing (`playWhenLoaded`), as soon as the input thread has all of its tracks. */
export function playOnceLoaded(): void {
  useWindow.subscribe(({ playWhenLoaded, scan }) => {
    const isLoaded = !scan.running && (scan.walked || scan.stopped) && scan.read > 0
    if (!playWhenLoaded || !isLoaded) return
    useWindow.setState({ playWhenLoaded: false })
    sendInSequence({ kind: 'playAll' })
  })
}
