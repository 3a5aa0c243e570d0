import { errorMessage } from '../../shared/error-message.ts'
import { type HostApi, maxRatedTracks, type Theme } from '../../shared/host-api.ts'
import type { TrackId } from '../../shared/library/track.ts'
import type { Input } from '../../shared/player/messages.ts'
import type { DialogName, FolderRequest } from '../store/window-store.ts'
import { useWindow } from '../store/window-store.ts'

type Sender = (input: Input) => void

let sender: Sender | undefined
let unsent: Input[] = []

/** Connects the components to the queue `inputs`, and sends the inputs that came before. */
export function setSender(next: Sender): void {
  sender = next
  const pending = unsent
  unsent = []
  for (const input of pending) next(input)
}

/** Sends an input to the input thread. */
export function send(input: Input): void {
  if (sender) sender(input)
  else unsent.push(input)
}

export const setTheme = (theme: Theme): void => useWindow.setState({ theme })

export const setUpdates = (updates: boolean): void => useWindow.setState({ updates })

export const toggleThreadsPanel = (): void =>
  useWindow.setState(({ isThreadsPanelOpen }) => ({ isThreadsPanelOpen: !isThreadsPanelOpen }))

/** Makes the Threads panel fill the main area, or docks it below the view. */
export const setThreadsPanelFull = (threadsFull: boolean): void =>
  useWindow.setState({ isThreadsPanelFull: threadsFull })

export const openDialog = (dialog: DialogName | undefined): void => useWindow.setState({ dialog })

/** Shows every tag of a track, and how its sound is stored. */
export const openProperties = (track: TrackId): void =>
  useWindow.setState({ dialog: 'properties', propertiesOf: track })

/** Moves the focus to the search box of the library. */
export function focusSearch(): void {
  useWindow.setState({ shouldFocusSearch: true, isThreadsPanelFull: false })
  if (useWindow.getState().view !== 'library') send({ kind: 'navigate', to: 'library' })
}

export const dismissFailure = (): void => useWindow.setState({ failure: undefined })

/** Waits for a call to the host. A rejection is shown in the window as its sentence. */
export async function attempt<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    useWindow.setState({ failure: errorMessage(error) })
    return undefined
  }
}

/** Rates tracks: 0.5 … 5 in halves; 0 removes their rating. */
export async function rateTracks(host: HostApi, ids: readonly TrackId[], rating: number): Promise<void> {
  for (let first = 0; first < ids.length; first += maxRatedTracks)
    await attempt(host.rateTracks(ids.slice(first, first + maxRatedTracks), rating))
}

/** Rates the current song, if there is one. */
export function rateCurrentSong(host: HostApi, rating: number): void {
  const { track } = useWindow.getState().player
  if (track !== 0) void rateTracks(host, [track], rating)
}

/** Lets the user choose the library's folder, in the system's dialog or, in a browser, in the window's own. */
export async function chooseFolder(host: HostApi): Promise<void> {
  if (host.kind === 'web') openFolderDialog({ kind: 'open' })
  else if (await attempt(host.chooseFolder())) showLibrary()
}

/** Lets the user choose a folder that is added to the library. */
export async function addFolder(host: HostApi): Promise<void> {
  if (host.kind === 'web') openFolderDialog({ kind: 'add' })
  else await attempt(host.addFolder())
}

/** Opens the window's own folder dialog. */
export const openFolderDialog = (folderRequest: FolderRequest): void =>
  useWindow.setState({ dialog: 'folder', folderRequest })

export const showLibrary = (): void => send({ kind: 'navigate', to: 'library' })

/** Opens the demo album, and plays it when its tracks have arrived. */
export async function openDemoAndPlay(host: HostApi): Promise<void> {
  useWindow.setState({ playWhenLoaded: true, failure: undefined })
  try {
    await host.openDemo()
  } catch (error) {
    useWindow.setState({ playWhenLoaded: false, failure: errorMessage(error) })
  }
}
