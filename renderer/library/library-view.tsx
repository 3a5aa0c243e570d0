import { m } from '../../shared/i18n/messages.js'
import { listAddress } from '../store/window-location.ts'
import { hasShownTracks, useWindow } from '../store/window-store.ts'
import { EmptyLibrary, InterruptedLibrary } from './library-empty-states.tsx'
import { LibraryHeader } from './library-header.tsx'
import { LibraryTabs } from './library-tabs.tsx'
import styles from './library-view.module.css'
import { LoadingSkeleton } from './loading-skeleton.tsx'
import { libraryPanelId } from './page/library-panel.ts'
import { ListPage } from './page/list-page.tsx'
import { useSearchAnnouncement } from './search-announcement.ts'
import { Welcome } from './welcome.tsx'

/** The library: its header, the ways to browse it, and one of its lists or a placeholder. */
export function LibraryView() {
  useSearchAnnouncement()
  const contents = useWindow(contentsOf)
  const interrupted = useWindow((state) => state.interruptedFolder)
  const list = useWindow((state) => state.list)
  const visit = useWindow((state) => state.visit)
  if (interrupted !== undefined) return <InterruptedLibrary folder={interrupted} />
  if (contents === 'welcome') return <Welcome />
  return (
    <>
      <LibraryHeader />
      <LibraryTabs />
      <div className={styles.panel} role="tabpanel" id={libraryPanelId} aria-label={m.library_contents()}>
        {contents === 'list' && <ListPage key={`${visit} ${listAddress(list)}`} list={list} />}
        {contents === 'loading' && <LoadingSkeleton />}
        {contents === 'empty' && <EmptyLibrary />}
      </div>
    </>
  )
}

type Contents = 'welcome' | 'loading' | 'empty' | 'list'

function contentsOf(state: ReturnType<typeof useWindow.getState>): Contents {
  if (!state.isLibraryKnown) return 'loading'
  if (state.folder === undefined) return 'welcome'
  const { summary } = state.shownList
  if (hasShownTracks(state) || (summary?.libraryTrackCount ?? 0) > 0) return 'list'
  const { running, walked, stopped, read } = state.scan
  const isOver = !running && (walked || stopped)
  return isOver && read === 0 ? 'empty' : 'loading'
}
