import { type LibraryList, libraryTabKinds } from '../../shared/library/library-list.ts'
import { viewNames } from '../../shared/player/messages.ts'
import { formatLocation, listAddress, parseLocation, type WindowLocation } from '../store/window-location.ts'
import { currentLocation, useWindow } from '../store/window-store.ts'

/** Milliseconds after the last key until the searched text is in the address: browsers limit changes of an address. */
const addressDelay = 300

let addressTimer: ReturnType<typeof setTimeout> | undefined

/** Shows another view, list or search. Back returns to the present one. */
export function navigate(change: Partial<WindowLocation>): void {
  searchOrigin = undefined
  const present = currentLocation()
  const next = { ...present, ...change }
  const isNew = formatLocation(next) !== formatLocation(present)
  if (isNew) beginVisit()
  if (isNew) saveLocation()
  show(next)
  if (isNew) history.pushState(next, '', formatLocation(next))
}

/** Shows a list of the library, without a search. */
export const openList = (list: LibraryList): void => navigate({ view: 'library', list, query: '' })

/** The list from which the present search began. Clearing the text returns to it. */
let searchOrigin: LibraryList | undefined

/**
 * Searches the library. The results are shown with the list of all tracks, so a search that begins in another list
 * leaves it, and clearing the text returns to it.
 */
export function searchFor(query: string): void {
  const present = currentLocation()
  if (present.query === '' && query !== '' && present.list.kind !== 'tracks') {
    navigate({ list: { kind: 'tracks' }, query })
    searchOrigin = present.list
    return
  }
  const list = query === '' && present.list.kind === 'tracks' ? (searchOrigin ?? present.list) : present.list
  if (query === '') searchOrigin = undefined
  show({ ...present, list, query })
  clearTimeout(addressTimer)
  addressTimer = setTimeout(saveLocation, addressDelay)
}

/**
 * Shows what the window's address names: at the start, after Back and Forward, and after a change by the user. Returns a
 * function that stops this.
 */
export function followAddress(): () => void {
  const follow = (event: PopStateEvent): void => {
    clearTimeout(addressTimer)
    searchOrigin = undefined
    beginVisit()
    show({ ...currentLocation(), ...locationOf(event.state) })
  }
  show({ ...currentLocation(), ...locationOf(history.state) })
  addEventListener('popstate', follow)
  return () => removeEventListener('popstate', follow)
}

let isFocusRequested = false

/** Another page comes, which takes the focus if the present one has it, because the focused element goes with its page. */
function beginVisit(): void {
  const { activeElement } = document
  isFocusRequested =
    activeElement === null ||
    activeElement === document.body ||
    activeElement.closest('[role=tabpanel]') !== null
  useWindow.setState(({ visit }) => ({ visit: visit + 1 }))
}

/** Returns whether the page that has come takes the focus, once. */
export function takeFocusRequest(): boolean {
  const isRequested = isFocusRequested
  isFocusRequested = false
  return isRequested
}

/** Returns the location of an entry of the history; of a new entry, what its address names. */
const locationOf = (state: unknown): Partial<WindowLocation> =>
  isLocation(state) ? state : parseLocation(location.hash, viewNames)

const isLocation = (state: unknown): state is WindowLocation =>
  typeof state === 'object' && state !== null && 'view' in state && 'list' in state && 'query' in state

/** Writes what the window shows to the present entry of the history. */
function saveLocation(): void {
  clearTimeout(addressTimer)
  const present = currentLocation()
  // The Lab keeps the address of its pages itself.
  if (present.view === 'lab' && parseLocation(location.hash, viewNames).view === 'lab')
    history.replaceState(present, '')
  else history.replaceState(present, '', formatLocation(present))
}

function show({ view, list, query }: WindowLocation): void {
  const shown = useWindow.getState()
  useWindow.setState({
    view,
    query,
    list: listAddress(list) === listAddress(shown.list) ? shown.list : list,
    // A search shows the tracks only while it lasts.
    lastTab:
      query === '' ? (libraryTabKinds.find((kind) => kind === list.kind) ?? shown.lastTab) : shown.lastTab,
    isThreadsPanelFull: false,
  })
}
