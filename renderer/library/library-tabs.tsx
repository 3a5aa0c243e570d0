import type { KeyboardEvent } from 'react'
import { m } from '../../shared/i18n/messages.js'
import type { LibraryList } from '../../shared/library/library-list.ts'
import { navigate } from '../session/navigation.ts'
import { useWindow } from '../store/window-store.ts'
import styles from './library-tabs.module.css'
import { libraryPanelId } from './page/library-panel.ts'

interface LibraryTab {
  readonly list: LibraryList
  readonly name: () => string
}

/** The lists that a tab shows, in their sequence. */
export const libraryTabs: readonly LibraryTab[] = [
  { list: { kind: 'albums' }, name: m.library_tab_albums },
  { list: { kind: 'artists' }, name: m.library_tab_artists },
  { list: { kind: 'genres' }, name: m.library_tab_genres },
  { list: { kind: 'years' }, name: m.library_tab_years },
  { list: { kind: 'folder', path: '' }, name: m.library_folders },
  { list: { kind: 'tracks' }, name: m.library_tracks },
  { list: { kind: 'recentlyAdded' }, name: m.library_tab_recently_added },
  { list: { kind: 'recentlyPlayed' }, name: m.library_tab_recently_played },
  { list: { kind: 'mostPlayed' }, name: m.library_tab_most_played },
]

/** The tab of a page: the album's page belongs to the albums. */
const tabKinds: Partial<Record<LibraryList['kind'], LibraryList['kind']>> = {
  album: 'albums',
  artist: 'artists',
  genre: 'genres',
  year: 'years',
}

/** The ways to browse the library. One tab stop; the arrow keys move between the tabs, and show them. */
export function LibraryTabs() {
  const list = useWindow((state) => state.list)
  const kind = tabKinds[list.kind] ?? list.kind
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const index = libraryTabs.findIndex((tab) => tab.list.kind === kind)
    const target = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: libraryTabs.length - 1 }[
      event.key
    ]
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const wrapped = (target + libraryTabs.length) % libraryTabs.length
    const tab = libraryTabs[wrapped]
    if (tab) navigate({ list: tab.list })
    const element = event.currentTarget.children[wrapped]
    if (element instanceof HTMLElement) element.focus()
  }
  return (
    <div className={styles.tabs} role="tablist" aria-label={m.library_browse()} onKeyDown={onKeyDown}>
      {libraryTabs.map((tab) => {
        const isSelected = tab.list.kind === kind
        return (
          <button
            key={tab.list.kind}
            type="button"
            className={styles.tab}
            role="tab"
            aria-selected={isSelected}
            aria-controls={isSelected ? libraryPanelId : undefined}
            tabIndex={isSelected ? 0 : -1}
            onClick={() => navigate({ list: tab.list })}
          >
            {tab.name()}
          </button>
        )
      })}
    </div>
  )
}
