import { FolderOpen, Play } from 'lucide-react'
import { useState } from 'react'
import { useHost } from '../host/host-context.ts'
import { chooseFolder, openDemoAndPlay } from '../session/actions.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

/** What stands in the library before it has a folder. */
export function Welcome() {
  const host = useHost()
  const [busy, setBusy] = useState(false)
  const during = async (work: Promise<void>) => {
    setBusy(true)
    await work
    setBusy(false)
  }
  return (
    <EmptyState
      title="A folder of music, and three threads that play it."
      action={
        <>
          <Button primary disabled={busy} onClick={() => during(chooseFolder(host))}>
            <FolderOpen aria-hidden="true" />
            Choose a folder…
          </Button>
          <Button disabled={busy} onClick={() => during(openDemoAndPlay(host))}>
            <Play aria-hidden="true" />
            Play the demo album
          </Button>
        </>
      }
    >
      One runs the song you hear, one figures out the next, one answers your clicks. Open your music and watch
      them work. Your files stay where they are, as they are.
    </EmptyState>
  )
}
