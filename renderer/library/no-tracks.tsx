import { FolderOpen } from 'lucide-react'
import { chooseFolder, focusSearch, openDialog, search } from '../app/actions.ts'
import { useHost } from '../app/host-context.ts'
import { useWindow } from '../app/store.ts'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/format.ts'
import { Message } from '../ui/message.tsx'

/** No track matches the search. */
export function NoMatch() {
  const query = useWindow((state) => state.query)
  const clear = () => {
    search({ query: '' })
    focusSearch()
  }
  return (
    <Message title="Nothing matches." action={<Button onClick={clear}>Clear search</Button>}>
      No title, artist, album or genre of this library has “{query.trim()}” in it.
    </Message>
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
      <Message title="The reading was stopped." action={choose}>
        No track had been found by then. Rescan to read the folder to its end.
      </Message>
    )
  if (unreadable > 0)
    return (
      <Message
        title="Nothing here can be played."
        action={
          <>
            {choose}
            <Button onClick={() => openDialog('problems')}>See why</Button>
          </>
        }
      >
        The folder holds {counted(unreadable, 'audio file')}, but none of them could be read.
      </Message>
    )
  return (
    <Message title="No music in this folder." action={choose}>
      Skein looks for MP3, FLAC, Ogg, Opus, AAC, WAV, AIFF and WebM files here and in every folder below.
    </Message>
  )
}
