import { useWindow } from '../app/store.ts'
import { Invitation } from './invitation.tsx'
import { LibraryHeader } from './library-header.tsx'
import { EmptyLibrary, NoMatch } from './no-tracks.tsx'
import { useSearchAnnouncement } from './search-announcement.ts'
import { Skeleton } from './skeleton.tsx'
import { TrackGrid } from './track-grid.tsx'

/** The library: its header, and its tracks or what stands in their place. */
export function LibraryView() {
  useSearchAnnouncement()
  const contents = useWindow(contentsOf)
  if (contents === 'invitation') return <Invitation />
  return (
    <>
      <LibraryHeader />
      {contents === 'tracks' && <TrackGrid />}
      {contents === 'waiting' && <Skeleton />}
      {contents === 'no match' && <NoMatch />}
      {contents === 'empty' && <EmptyLibrary />}
    </>
  )
}

type Contents = 'invitation' | 'waiting' | 'empty' | 'no match' | 'tracks'

function contentsOf(state: ReturnType<typeof useWindow.getState>): Contents {
  if (!state.libraryKnown) return 'waiting'
  if (state.folder === undefined) return 'invitation'
  if (state.rows.length > 0) return 'tracks'
  if (state.query.trim() !== '') return 'no match'
  const { running, walked, stopped, read } = state.scan
  const over = !running && (walked || stopped)
  return over && read === 0 ? 'empty' : 'waiting'
}
