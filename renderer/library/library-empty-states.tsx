import { FolderOpen } from 'lucide-react'
import { useHost } from '../host/host-context.ts'
import { chooseFolder, focusSearch, openDialog, search } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { formatCount } from '../ui/utils/format.ts'

/** No track matches the search. */
export function NoSearchResults() {
  const query = useWindow((state) => state.query)
  const clear = () => {
    search({ query: '' })
    focusSearch()
  }
  return (
    <EmptyState title="Nothing matches." action={<Button onClick={clear}>Clear search</Button>}>
      No title, artist, album or genre of this library has “{query.trim()}” in it.
    </EmptyState>
  )
}

/** The folder was read and holds nothing that can be played. */
export function EmptyLibrary() {
  const host = useHost()
  const { stopped, unreadable } = useWindow((state) => state.scan)
  const choose = (
    <Button primary onClick={() => chooseFolder(host)}>
      <FolderOpen aria-hidden="true" />
      Choose another folder…
    </Button>
  )
  if (stopped)
    return (
      <EmptyState title="The reading was stopped." action={choose}>
        No track had been found by then. Rescan to read the folder to its end.
      </EmptyState>
    )
  if (unreadable > 0)
    return (
      <EmptyState
        title="Nothing here can be played."
        action={
          <>
            {choose}
            <Button onClick={() => openDialog('problems')}>See why</Button>
          </>
        }
      >
        The folder holds {formatCount(unreadable, 'audio file')}, but none of them could be read.
      </EmptyState>
    )
  return (
    <EmptyState title="No music in this folder." action={choose}>
      Skein looks for MP3, FLAC, Ogg, Opus, AAC, WAV, AIFF and WebM files here and in every folder below.
    </EmptyState>
  )
}
