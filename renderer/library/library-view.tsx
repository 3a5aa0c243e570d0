import { useWindow } from '../store/window-store.ts'
import { EmptyLibrary, NoSearchResults } from './library-empty-states.tsx'
import { LibraryHeader } from './library-header.tsx'
import { LoadingSkeleton } from './loading-skeleton.tsx'
import { useSearchAnnouncement } from './search-announcement.ts'
import { TrackGrid } from './track-grid/track-grid.tsx'
import { Welcome } from './welcome.tsx'

/** The library: its header, and its tracks or what stands in their place. */
export function LibraryView() {
  useSearchAnnouncement()
  const contents = useWindow(contentsOf)
  if (contents === 'invitation') return <Welcome />
  return (
    <>
      <LibraryHeader />
      {contents === 'tracks' && <TrackGrid />}
      {contents === 'waiting' && <LoadingSkeleton />}
      {contents === 'noMatch' && <NoSearchResults />}
      {contents === 'empty' && <EmptyLibrary />}
    </>
  )
}

type Contents = 'invitation' | 'waiting' | 'empty' | 'noMatch' | 'tracks'

function contentsOf(state: ReturnType<typeof useWindow.getState>): Contents {
  if (!state.isLibraryKnown) return 'waiting'
  if (state.folder === undefined) return 'invitation'
  if (state.rows.length > 0) return 'tracks'
  if (state.query.trim() !== '') return 'noMatch'
  const { running, walked, stopped, read } = state.scan
  const over = !running && (walked || stopped)
  return over && read === 0 ? 'empty' : 'waiting'
}
