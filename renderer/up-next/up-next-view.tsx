import { Library } from 'lucide-react'
import { send } from '../session/actions.ts'
import { useCurrentTrack } from '../store/current-track.ts'
import { useWindow } from '../store/window-store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { NowPlayingHero } from './now-playing-hero.tsx'
import { UpNextList } from './up-next-list.tsx'
import styles from './up-next-view.module.css'

/** The song that plays, large, and those that the selector has planned after it. */
export function UpNextView() {
  const track = useCurrentTrack()
  const planned = useWindow((state) => state.upNext.length > 0)
  if (!track && !planned)
    return (
      <EmptyState
        title="Nothing is up next."
        action={
          <Button primary onClick={() => send({ kind: 'navigate', to: 'library' })}>
            <Library aria-hidden="true" />
            Go to the library
          </Button>
        }
      >
        Play a song, and the selector thread plans the ones after it.
      </EmptyState>
    )
  return (
    <div className={styles.view}>
      {track && <NowPlayingHero track={track} />}
      <UpNextList />
    </div>
  )
}
