import { FolderSearch, Info } from 'lucide-react'
import { m } from '../../shared/i18n/messages.js'
import { useHost } from '../host/host-context.ts'
import { attempt, openProperties } from '../session/actions.ts'
import { singleTrackOf } from '../session/item-actions.ts'
import type { MenuTarget } from '../store/menu-request.ts'
import { ActionItem } from './action-item.tsx'

/** What concerns the file of a single track. */
export function DetailItems({ target }: { readonly target: MenuTarget }) {
  const host = useHost()
  const track = singleTrackOf(target)
  if (track === undefined) return null
  return (
    <>
      {host.kind === 'electron' && (
        <ActionItem
          icon={FolderSearch}
          name={m.library_show_in_folder()}
          onAction={() => void attempt(host.showTrack(track.id))}
        />
      )}
      <ActionItem icon={Info} name={m.properties_title()} onAction={() => openProperties(track.id)} />
    </>
  )
}
