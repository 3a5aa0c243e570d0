import { useEffect } from 'react'
import { AboutDialog } from '../about/about-dialog.tsx'
import { FolderDialog } from '../library/folder-dialog.tsx'
import { LibraryView } from '../library/library-view.tsx'
import { ProblemsDialog } from '../library/problems-dialog.tsx'
import { PlayerBar } from '../player-bar/player-bar.tsx'
import { search } from '../session/actions.ts'
import { SettingsView } from '../settings/settings-view.tsx'
import { useWindow } from '../store/window-store.ts'
import { classes } from '../ui/utils/classes.ts'
import { UpNextView } from '../up-next/up-next-view.tsx'
import styles from './app.module.css'
import { navigateByHash } from './hash-navigation.ts'
import { listenForShortcuts } from './keyboard-shortcuts.ts'
import { LabRoute } from './lab-route.tsx'
import { Navigation } from './navigation.tsx'
import { Announcer } from './notices/announcer.tsx'
import { Notices } from './notices/notices.tsx'
import { useTheme } from './theme/theme.ts'
import { ThreadsDock } from './threads-dock.tsx'
import { useWindowTitle } from './window-title.ts'

const views = { library: LibraryView, 'up-next': UpNextView, lab: LabRoute, settings: SettingsView }

/** The whole window. */
export function App() {
  const view = useWindow((state) => state.view)
  const threadsOpen = useWindow((state) => state.isThreadsPanelOpen)
  const threadsFill = useWindow((state) => state.isThreadsPanelOpen && state.isThreadsPanelFull)
  const dialog = useWindow((state) => state.dialog)
  const View = views[view]
  useTheme()
  useWindowTitle()
  useEffect(listenForShortcuts, [])
  useEffect(navigateByHash, [])
  useEffect(() => search(), [])
  return (
    <div className={styles.window}>
      <Navigation />
      <main className={styles.main}>
        <div className={classes(styles.view, threadsFill && styles.covered)}>
          <div hidden={threadsFill} className={styles.content}>
            <View />
          </div>
          <Notices />
        </div>
        {threadsOpen && <ThreadsDock />}
      </main>
      <PlayerBar />
      {dialog === 'folder' && <FolderDialog />}
      {dialog === 'problems' && <ProblemsDialog />}
      {dialog === 'about' && <AboutDialog />}
      <Announcer />
    </div>
  )
}
