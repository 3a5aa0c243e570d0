import { Library } from 'lucide-react'
import { m } from '../../shared/i18n/messages.js'
import { send } from '../session/actions.ts'
import { useCurrentTrack } from '../store/current-track.ts'
import { useWindow } from '../store/window-store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { NowPlayingHero } from './now-playing-hero.tsx'
import { UpNextList } from './up-next-list.tsx'
import styles from './up-next-view.module.css'

/** The current song, large, and the next songs. */
export function UpNextView() {
  const track = useCurrentTrack()
  const hasNextSongs = useWindow((state) => state.upNext.length > 0)
  if (!track && !hasNextSongs)
    return (
      <EmptyState
        title={m.upnext_nothing_is_up_next()}
        action={
          <Button primary onClick={() => send({ kind: 'navigate', to: 'library' })}>
            <Library aria-hidden="true" />
            {m.upnext_go_to_the_library()}
          </Button>
        }
      >
        {m.upnext_play_a_song_and_the()}
      </EmptyState>
    )
  return (
    <div className={styles.view}>
      {track && <NowPlayingHero track={track} />}
      <UpNextList />
    </div>
  )
}
