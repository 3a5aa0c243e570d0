import { FolderOpen, Play, RotateCw } from 'lucide-react'
import { m } from '../../shared/i18n/messages.js'
import { useHost } from '../host/host-context.ts'
import { attempt, chooseFolder, send } from '../session/actions.ts'
import { hasShownTracks, useWindow } from '../store/window-store.ts'
import { Button } from '../ui/button.tsx'
import { formatNumber } from '../ui/utils/format.ts'
import styles from './library-header.module.css'
import { ScanStatus } from './scan-status.tsx'
import { SearchBox } from './search-box.tsx'

/** The library's name and size, the search, and the actions on the whole library. */
export function LibraryHeader() {
  const host = useHost()
  const isKnown = useWindow((state) => state.isLibraryKnown)
  const isDemo = useWindow((state) => state.isDemo)
  const name = useWindow((state) =>
    state.isDemo ? m.common_demo_album() : (state.folder ?? m.common_library()),
  )
  const isScanning = useWindow((state) => state.scan.running)
  const isEmpty = useWindow((state) => !hasShownTracks(state))
  return (
    <header className={styles.header}>
      <div className={styles.top}>
        <div className={styles.heading}>
          <h1 className={styles.name} title={name}>
            {name}
          </h1>
          <Size />
        </div>
        <SearchBox />
      </div>
      <div className={styles.actions}>
        <Button primary disabled={isEmpty} onClick={() => send({ kind: 'playAll' })}>
          <Play fill="currentColor" aria-hidden="true" />
          {m.library_play_all()}
        </Button>
        <Button disabled={!isKnown} onClick={() => chooseFolder(host)}>
          <FolderOpen aria-hidden="true" />
          {m.library_open_folder()}
        </Button>
        {!isDemo && !isScanning && (
          <Button quiet disabled={!isKnown} onClick={() => attempt(host.rescan())}>
            <RotateCw aria-hidden="true" />
            {m.library_rescan()}
          </Button>
        )}
        <ScanStatus />
      </div>
    </header>
  )
}

function Size() {
  const all = useWindow((state) => state.shownList.summary?.libraryTrackCount ?? 0)
  const shown = useWindow((state) => state.shownList.summary?.trackCount ?? 0)
  const isSearching = useWindow((state) => state.query.trim() !== '')
  if (!isSearching && shown === 0) return null
  return (
    <p className={styles.size}>
      {isSearching
        ? m.library_search_size({ count: all, number: formatNumber(all), shown: formatNumber(shown) })
        : m.library_track_count({ count: shown, number: formatNumber(shown) })}
    </p>
  )
}
