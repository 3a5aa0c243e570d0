import { type ReactNode, useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import type { LibraryList } from '../../../shared/library/library-list.ts'
import type { SortOrder } from '../../../shared/library/sort.ts'
import type { TrackColumnId } from '../../../shared/library/track-columns.ts'
import { takeFocusRequest } from '../../session/navigation.ts'
import { positionOf, savePosition } from '../../store/list-positions.ts'
import { formatLocation } from '../../store/window-location.ts'
import { useWindow } from '../../store/window-store.ts'
import { ItemGrid } from '../item-grid/item-grid.tsx'
import { type LibraryListView, useLibraryList } from '../list/use-library-list.ts'
import { PageScroller, type ScrollFrame } from '../scrolling/page-scroller.tsx'
import { TrackGrid } from '../track-grid/track-grid.tsx'
import { EmptyList } from './empty-list.tsx'
import { libraryPanelId } from './library-panel.ts'
import { PageHeader } from './page-header.tsx'
import { SearchResults } from './search-results.tsx'

/** The page that shows a list of the library: the list, and what is above it. */
export function ListPage({ list }: { readonly list: LibraryList }) {
  const query = useWindow((state) => state.query)
  const address = formatLocation({ view: 'library', list, query })
  const { sort, setSort, hasOwnOrder } = useSort(list, address)
  const [position] = useState(() => positionOf(address))
  const view = useLibraryList(list, query, sort, position.first)
  const { summary } = view
  if (summary === undefined) return null
  const isSearch = query.trim() !== ''
  if (summary.count === 0 && summary.artists.length === 0 && summary.albums.length === 0)
    return <EmptyList list={list} isSearch={isSearch} />
  return (
    <PageScroller
      address={address}
      onShown={position.focused < 0 ? focusTitle : undefined}
      lead={
        <>
          <PageHeader list={list} summary={summary} />
          {isSearch && <SearchResults summary={summary} />}
        </>
      }
    >
      {(frame) => contentOf(list, view, frame, address, { sort, setSort, hasOwnOrder })}
    </PageScroller>
  )
}

function contentOf(
  list: LibraryList,
  view: LibraryListView,
  frame: ScrollFrame,
  address: string,
  { sort, setSort, hasOwnOrder }: SortControl,
): ReactNode {
  const props = { view, frame, address }
  switch (list.kind) {
    case 'albums':
      return <ItemGrid {...props} name={m.library_tab_albums()} layout="cover" />
    case 'artists':
      return <ItemGrid {...props} name={m.library_tab_artists()} layout="wide" />
    case 'genres':
      return <ItemGrid {...props} name={m.library_tab_genres()} layout="wide" />
    case 'years':
      return <ItemGrid {...props} name={m.library_tab_years()} layout="wide" />
    default:
      return (
        <TrackGrid
          {...props}
          sort={sort}
          hasOwnOrder={hasOwnOrder}
          onSort={hasFixedOrder.has(list.kind) ? undefined : setSort}
          hidden={sort.length === 0 ? (hiddenColumns[list.kind] ?? none) : none}
        />
      )
  }
}

/** The lists that a column cannot sort. */
const hasFixedOrder: ReadonlySet<LibraryList['kind']> = new Set([
  'folder',
  'recentlyAdded',
  'recentlyPlayed',
  'mostPlayed',
])

/** The columns that the headings of a page make superfluous. */
const hiddenColumns: Partial<Record<LibraryList['kind'], readonly TrackColumnId[]>> = {
  album: ['album', 'year'],
  artist: ['album'],
  genre: ['album'],
  year: ['album', 'year'],
}

const none: readonly TrackColumnId[] = []

interface SortControl {
  readonly sort: readonly SortOrder[]
  readonly setSort: (sort: readonly SortOrder[]) => void
  /** Whether the list has a sequence of its own. */
  readonly hasOwnOrder: boolean
}

/** The sort order of all tracks is the window's. Each other list has its own, which is remembered with its position. */
function useSort(list: LibraryList, address: string): SortControl {
  const sortOfTracks = useWindow((state) => state.sort)
  const [own, setOwn] = useState(() => positionOf(address).sort ?? [])
  const hasOwnOrder = list.kind !== 'tracks'
  const setSort = (sort: readonly SortOrder[]) => {
    savePosition(address, { offset: 0, ...(hasOwnOrder && { sort }) })
    if (hasOwnOrder) setOwn(sort)
    else useWindow.setState({ sort })
  }
  return { sort: hasOwnOrder ? own : sortOfTracks, setSort, hasOwnOrder }
}

/** Moves the focus to the title of a page that was opened from another one. */
function focusTitle(): void {
  const title = document.querySelector<HTMLElement>(`#${libraryPanelId} [data-page-title]`)
  if (title !== null && takeFocusRequest()) title.focus({ preventScroll: true })
}
