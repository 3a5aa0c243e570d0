import { create } from 'zustand'
import type { ScanProgress, Theme, UpdateState } from '../../shared/host-api.ts'
import { defaultSettings, noScan } from '../../shared/host-api.ts'
import type { SortOrder } from '../../shared/library/sort.ts'
import type { FileProblem, Track, TrackId } from '../../shared/library/track.ts'
import type { PlayerState, ViewName } from '../../shared/player/messages.ts'
import { initialPlayback } from '../../shared/player/playback-state.ts'

/** How high the Threads panel may be made, in CSS pixels. */
export const threadsPanelHeightRange = { min: 160, initial: 320, max: 1200 }

/** The dialogs of which one may be open. */
export type DialogName = 'folder' | 'problems' | 'about'

/** Everything the window shows. The session writes it; components read it and send inputs (actions.ts). */
export interface WindowState {
  readonly view: ViewName
  /** Every track of the library. Filled in place, as copying it would cost more with each batch. */
  readonly tracks: ReadonlyMap<TrackId, Track>
  /** Those of the library before, for as long as its songs are played. */
  readonly previousTracks: ReadonlyMap<TrackId, Track>
  /** Grows whenever `tracks` changed. */
  readonly tracksVersion: number
  /** The tracks to show, in order, as the input thread answered. */
  readonly rows: Int32Array
  /** The number of the newest search. */
  readonly searchRequest: number
  readonly query: string
  readonly sort: SortOrder
  /** The library's display name; undefined before a folder was ever chosen. */
  readonly folder: string | undefined
  readonly isDemo: boolean
  /** False until the host told which library is open. */
  readonly isLibraryKnown: boolean
  readonly scan: ScanProgress
  readonly problems: readonly FileProblem[]
  readonly player: PlayerState
  /** The next songs: what the listener queued, and then what the selector plans. */
  readonly upNext: readonly TrackId[]
  /** How many of them, from the first on, the listener queued. */
  readonly queuedCount: number
  readonly theme: Theme
  /** Whether Skein shall look for newer versions of itself. */
  readonly updates: boolean
  /** What the host told of newer versions last; undefined before anything changed. */
  readonly updateState: UpdateState | undefined
  /** False where songs run in silence. */
  readonly hasSoundDevice: boolean
  readonly isThreadsPanelOpen: boolean
  /** Whether the Threads panel, while it is open, stands in place of the view and not below it. */
  readonly isThreadsPanelFull: boolean
  /** CSS pixels. */
  readonly threadsPanelHeight: number
  readonly dialog: DialogName | undefined
  /** The search box is to take the focus as soon as it is there. */
  readonly shouldFocusSearch: boolean
  /** One sentence to show until it is dismissed. */
  readonly failure: string | undefined
  /** One sentence for screen readers, said when it changes. */
  readonly announcement: string
  /** The library that is loading was asked for with its music: play when its first rows are there. */
  readonly playWhenLoaded: boolean
}

export const useWindow = create<WindowState>(() => ({
  view: 'library',
  tracks: new Map(),
  previousTracks: new Map(),
  tracksVersion: 0,
  rows: new Int32Array(0),
  searchRequest: 0,
  query: '',
  sort: { column: 'artist', descending: false },
  folder: undefined,
  isDemo: false,
  isLibraryKnown: false,
  scan: noScan,
  problems: [],
  player: initialPlayback,
  upNext: [],
  queuedCount: 0,
  theme: defaultSettings.theme,
  updates: defaultSettings.updates,
  updateState: undefined,
  hasSoundDevice: true,
  isThreadsPanelOpen: false,
  isThreadsPanelFull: false,
  threadsPanelHeight: threadsPanelHeightRange.initial,
  dialog: undefined,
  shouldFocusSearch: false,
  failure: undefined,
  announcement: '',
  playWhenLoaded: false,
}))

/** A track that is shown or played; undefined where the library does not know it (yet). */
export function findTrack(
  { tracks, previousTracks }: Pick<WindowState, 'tracks' | 'previousTracks'>,
  id: TrackId,
): Track | undefined {
  return tracks.get(id) ?? previousTracks.get(id)
}
