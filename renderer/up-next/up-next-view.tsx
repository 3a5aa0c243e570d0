import { Library } from 'lucide-react'
import { send } from '../app/actions.ts'
import { useCurrentTrack } from '../app/current-track.ts'
import { useWindow } from '../app/store.ts'
import { Button } from '../ui/button.tsx'
import { Message } from '../ui/message.tsx'
import { Stage } from './stage.tsx'
import styles from './up-next.module.css'
import { UpNextList } from './up-next-list.tsx'

/** The song that plays, large, and those that the selector has planned after it. */
export function UpNextView() {
  const track = useCurrentTrack()
  const planned = useWindow((state) => state.upNext.length > 0)
  if (!track && !planned)
    return (
      <Message
        title="Nothing is up next."
        action={
          <Button primary onClick={() => send({ kind: 'navigate', to: 'library' })}>
            <Library aria-hidden="true" />
            Go to the library
          </Button>
        }
      >
        Play a song, and the selector thread plans the ones after it.
      </Message>
    )
  return (
    <div className={styles.view}>
      {track && <Stage track={track} />}
      <UpNextList />
    </div>
  )
}
