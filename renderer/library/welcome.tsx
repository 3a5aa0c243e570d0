import { FolderOpen, Play } from 'lucide-react'
import { useState } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { useHost } from '../host/host-context.ts'
import { chooseFolder, openDemoAndPlay } from '../session/actions.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

/** Shown before a folder is open. */
export function Welcome() {
  const host = useHost()
  const [busy, setBusy] = useState(false)
  const runWhileBusy = async (work: Promise<void>) => {
    setBusy(true)
    await work
    setBusy(false)
  }
  return (
    <EmptyState
      title={m.library_a_folder_of_music_and()}
      action={
        <>
          <Button primary disabled={busy} onClick={() => runWhileBusy(chooseFolder(host))}>
            <FolderOpen aria-hidden="true" />
            {m.common_choose_folder()}
          </Button>
          <Button disabled={busy} onClick={() => runWhileBusy(openDemoAndPlay(host))}>
            <Play aria-hidden="true" />
            {m.library_play_the_demo_album()}
          </Button>
        </>
      }
    >
      {m.library_one_runs_the_song_you()}
    </EmptyState>
  )
}
