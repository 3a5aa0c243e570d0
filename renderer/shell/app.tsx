import { Suspense, useEffect } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { LibraryView } from '../library/library-view.tsx'
import { PlayerBar } from '../player-bar/player-bar.tsx'
import { requestListAgain } from '../session/list-requests.ts'
import { followAddress } from '../session/navigation.ts'
import { useWindow } from '../store/window-store.ts'
import { classes } from '../ui/utils/classes.ts'
import styles from './app.module.css'
import { DialogBoundary } from './failure/dialog-boundary.tsx'
import { FailureBoundary } from './failure/failure-boundary.tsx'
import { listenForHistoryKeys } from './history-keys.ts'
import { listenForShortcuts } from './keyboard-shortcuts.ts'
import { LabRoute } from './lab-route.tsx'
import {
  AboutDialog,
  AddToPlaylistDialog,
  ColumnsDialog,
  ContextMenu,
  FolderDialog,
  PlaylistsView,
  ProblemsDialog,
  PropertiesDialog,
  SettingsView,
  UpNextView,
} from './lazy-parts.ts'
import { Navigation } from './navigation.tsx'
import { Announcer } from './notices/announcer.tsx'
import { Notices } from './notices/notices.tsx'
import { useTheme } from './theme/theme.ts'
import { ThreadsDock } from './threads-dock.tsx'
import { useWindowTitle } from './window-title.ts'

/** The library is part of the first frame. The other views are loaded later. */
const views = {
  library: LibraryView,
  'up-next': UpNextView,
  playlists: PlaylistsView,
  lab: LabRoute,
  settings: SettingsView,
}

const dialogs = {
  folder: FolderDialog,
  problems: ProblemsDialog,
  properties: PropertiesDialog,
  about: AboutDialog,
  columns: ColumnsDialog,
  addToPlaylist: AddToPlaylistDialog,
}

export function App() {
  const view = useWindow((state) => state.view)
  const isThreadsPanelOpen = useWindow((state) => state.isThreadsPanelOpen)
  const isThreadsPanelFull = useWindow((state) => state.isThreadsPanelOpen && state.isThreadsPanelFull)
  const dialog = useWindow((state) => state.dialog)
  const isMenuOpen = useWindow((state) => state.menu !== undefined)
  const View = views[view]
  const Dialog = dialog && dialogs[dialog]
  useTheme()
  useWindowTitle()
  useEffect(listenForShortcuts, [])
  useEffect(followAddress, [])
  useEffect(listenForHistoryKeys, [])
  useEffect(() => requestListAgain(), [])
  return (
    <div className={styles.window}>
      <Navigation />
      <main className={styles.main}>
        <div className={classes(styles.view, isThreadsPanelFull && styles.covered)}>
          <div hidden={isThreadsPanelFull} className={styles.content}>
            <FailureBoundary key={view} title={m.shell_view_stopped()}>
              <Suspense>
                <View />
              </Suspense>
            </FailureBoundary>
          </div>
          <Notices />
        </div>
        {isThreadsPanelOpen && <ThreadsDock />}
      </main>
      <PlayerBar />
      {Dialog && (
        <DialogBoundary key={dialog}>
          <Suspense>
            <Dialog />
          </Suspense>
        </DialogBoundary>
      )}
      {isMenuOpen && (
        <Suspense>
          <ContextMenu />
        </Suspense>
      )}
      <Announcer />
    </div>
  )
}
