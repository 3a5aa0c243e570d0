import { ListEnd, ListMusic, ListStart, Play } from 'lucide-react'
import { m } from '../../shared/i18n/messages.js'
import { enqueueTarget, playTarget, tracksOf } from '../session/item-actions.ts'
import { openAddToPlaylist } from '../session/playlist-actions.ts'
import type { MenuTarget } from '../store/menu-request.ts'
import { ActionItem } from './action-item.tsx'

/** Playing the items now, next or later. */
export function PlayItems({ target }: { readonly target: MenuTarget }) {
  return (
    <>
      <ActionItem icon={Play} name={m.player_play()} onAction={() => void playTarget(target)} />
      <ActionItem
        icon={ListStart}
        name={m.library_play_next()}
        onAction={() => void enqueueTarget(target, 'next')}
      />
      <ActionItem
        icon={ListEnd}
        name={m.library_add_to_up_next()}
        onAction={() => void enqueueTarget(target, 'end')}
      />
      <ActionItem
        icon={ListMusic}
        name={m.library_add_to_playlist()}
        onAction={() => void tracksOf(target).then(openAddToPlaylist)}
      />
    </>
  )
}
