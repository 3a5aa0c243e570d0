import { FolderOpen, RotateCw } from 'lucide-react'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import { useHost } from '../host/host-context.ts'
import { attempt, chooseFolder, openDialog } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { formatNumber } from '../ui/utils/format.ts'

/** Shown after a crash: opening the folder by itself could end every start. `folder` is a display name. */
export function InterruptedLibrary({ folder }: { readonly folder: string }) {
  const host = useHost()
  return (
    <EmptyState
      title={m.library_interrupted({ folder: isolate(folder) })}
      action={
        <>
          <Button primary onClick={() => attempt(host.reopenFolder())}>
            <RotateCw aria-hidden="true" />
            {m.library_interrupted_open_again()}
          </Button>
          <Button onClick={() => chooseFolder(host)}>
            <FolderOpen aria-hidden="true" />
            {m.library_choose_another_folder()}
          </Button>
        </>
      }
    >
      {m.library_interrupted_reason()}
    </EmptyState>
  )
}

/** Shown if the folder contains nothing that can be played. */
export function EmptyLibrary() {
  const host = useHost()
  const { stopped, unreadable } = useWindow((state) => state.scan)
  const choose = (
    <Button primary onClick={() => chooseFolder(host)}>
      <FolderOpen aria-hidden="true" />
      {m.library_choose_another_folder()}
    </Button>
  )
  if (stopped)
    return (
      <EmptyState title={m.library_scan_stopped()} action={choose}>
        {m.library_no_tracks_found_so_far()}
      </EmptyState>
    )
  if (unreadable > 0)
    return (
      <EmptyState
        title={m.library_nothing_here_can_be_played()}
        action={
          <>
            {choose}
            <Button onClick={() => openDialog('problems')}>{m.library_see_why()}</Button>
          </>
        }
      >
        {m.library_folder_unreadable({ count: unreadable, number: formatNumber(unreadable) })}
      </EmptyState>
    )
  return (
    <EmptyState title={m.library_no_music_in_this_folder()} action={choose}>
      {m.library_skein_looks_for_mp3_flac()}
    </EmptyState>
  )
}
