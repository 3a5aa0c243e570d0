import { useEffect } from 'react'
import { AboutDialog } from '../about/about-dialog.tsx'
import { FolderDialog } from '../library/folder-dialog.tsx'
import { LibraryView } from '../library/library-view.tsx'
import { ProblemsDialog } from '../library/problems-dialog.tsx'
import { PlayerBar } from '../player-bar/player-bar.tsx'
import { SettingsView } from '../settings/settings-view.tsx'
import { classes } from '../ui/classes.ts'
import { UpNextView } from '../up-next/up-next-view.tsx'
import { search } from './actions.ts'
import { followAddress } from './address.ts'
import { Announcer } from './announcer.tsx'
import styles from './app.module.css'
import { listenToKeys } from './keys.ts'
import { LabPlace } from './lab-place.tsx'
import { Navigation } from './navigation.tsx'
import { Notices } from './notices.tsx'
import { useWindow } from './store.ts'
import { useTheme } from './theme.ts'
import { ThreadsDock } from './threads-dock.tsx'
import { useWindowTitle } from './window-title.ts'

const views = { library: LibraryView, 'up-next': UpNextView, lab: LabPlace, settings: SettingsView }

/** The whole window. */
export function App() {
  const view = useWindow((state) => state.view)
  const threadsOpen = useWindow((state) => state.threadsOpen)
  const threadsFill = useWindow((state) => state.threadsOpen && state.threadsFull)
  const dialog = useWindow((state) => state.dialog)
  const View = views[view]
  useTheme()
  useWindowTitle()
  useEffect(listenToKeys, [])
  useEffect(followAddress, [])
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
