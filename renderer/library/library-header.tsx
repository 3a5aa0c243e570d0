import { Columns3, FolderOpen, Play, RotateCw } from 'lucide-react'
import { m } from '../../shared/i18n/messages.js'
import type { LibraryList } from '../../shared/library/library-list.ts'
import { useHost } from '../host/host-context.ts'
import { attempt, chooseFolder, openDialog, send } from '../session/actions.ts'
import { hasShownTracks, useWindow } from '../store/window-store.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { formatList, formatNumber } from '../ui/utils/format.ts'
import styles from './library-header.module.css'
import { ScanStatus } from './scan-status.tsx'
import { SearchBox } from './search-box.tsx'

/** The lists with a page of their own, which has the actions on the list. */
const pages: ReadonlySet<LibraryList['kind']> = new Set(['album', 'artist', 'genre', 'year', 'playlist'])

const cardLists: ReadonlySet<LibraryList['kind']> = new Set(['albums', 'artists', 'genres', 'years'])

/** The library's name and size, the search, and the actions on the whole library. */
export function LibraryHeader() {
  const host = useHost()
  const isKnown = useWindow((state) => state.isLibraryKnown)
  const isDemo = useWindow((state) => state.isDemo)
  const folders = useWindow((state) => state.libraryFolders)
  const hasSeveralFolders = folders.length > 1
  const folder = useWindow((state) => (state.isDemo ? m.common_demo_album() : state.folder))
  const name = hasSeveralFolders || folder === undefined ? m.common_library() : folder
  const isScanning = useWindow((state) => state.scan.running)
  const isEmpty = useWindow((state) => !hasShownTracks(state))
  const isPage = useWindow((state) => pages.has(state.list.kind))
  const hasColumns = useWindow((state) => !cardLists.has(state.list.kind))
  return (
    <header className={styles.header}>
      <div className={styles.top}>
        <div className={styles.heading}>
          <h1
            className={styles.name}
            title={hasSeveralFolders ? formatList(folders.map(({ path }) => path)) : name}
          >
            {name}
          </h1>
          <Size />
        </div>
        <SearchBox />
      </div>
      <div className={styles.actions} hidden={isPage}>
        <Button primary disabled={isEmpty} onClick={() => send({ kind: 'playAll' })}>
          <Play fill="currentColor" aria-hidden="true" />
          {m.library_play_all()}
        </Button>
        {/* To open another folder would close all of these. */}
        <Button
          disabled={!isKnown}
          onClick={() =>
            hasSeveralFolders ? send({ kind: 'navigate', to: 'settings' }) : chooseFolder(host)
          }
        >
          <FolderOpen aria-hidden="true" />
          {hasSeveralFolders ? m.library_manage_folders() : m.library_open_folder()}
        </Button>
        {!isDemo && !isScanning && (
          <Button quiet disabled={!isKnown} onClick={() => attempt(host.rescan())}>
            <RotateCw aria-hidden="true" />
            {m.library_rescan()}
          </Button>
        )}
        {hasColumns && (
          <IconButton name={m.library_choose_columns()} onClick={() => openDialog('columns')}>
            <Columns3 aria-hidden="true" />
          </IconButton>
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
  if (all === 0) return null
  return (
    <p className={styles.size}>
      {isSearching
        ? m.library_search_size({ count: all, number: formatNumber(all), shown: formatNumber(shown) })
        : m.library_track_count({ count: all, number: formatNumber(all) })}
    </p>
  )
}
