import { hasShownTracks, useWindow } from '../store/window-store.ts'
import { EmptyLibrary, InterruptedLibrary, NoSearchResults } from './library-empty-states.tsx'
import { LibraryHeader } from './library-header.tsx'
import { LoadingSkeleton } from './loading-skeleton.tsx'
import { useSearchAnnouncement } from './search-announcement.ts'
import { TrackGrid } from './track-grid/track-grid.tsx'
import { Welcome } from './welcome.tsx'

/** The library: its header, and its tracks or a placeholder. */
export function LibraryView() {
  useSearchAnnouncement()
  const contents = useWindow(contentsOf)
  const interrupted = useWindow((state) => state.interruptedFolder)
  if (interrupted !== undefined) return <InterruptedLibrary folder={interrupted} />
  if (contents === 'welcome') return <Welcome />
  return (
    <>
      <LibraryHeader />
      {contents === 'tracks' && <TrackGrid />}
      {contents === 'loading' && <LoadingSkeleton />}
      {contents === 'noMatch' && <NoSearchResults />}
      {contents === 'empty' && <EmptyLibrary />}
    </>
  )
}

type Contents = 'welcome' | 'loading' | 'empty' | 'noMatch' | 'tracks'

function contentsOf(state: ReturnType<typeof useWindow.getState>): Contents {
  if (!state.isLibraryKnown) return 'loading'
  if (state.folder === undefined) return 'welcome'
  if (hasShownTracks(state)) return 'tracks'
  if (state.query.trim() !== '') return 'noMatch'
  const { running, walked, stopped, read } = state.scan
  const isOver = !running && (walked || stopped)
  return isOver && read === 0 ? 'empty' : 'loading'
}
