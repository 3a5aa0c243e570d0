import { m } from '../../shared/i18n/messages.js'
import { send } from '../session/actions.ts'
import { useCurrentTrack } from '../store/current-track.ts'
import { useWindow } from '../store/window-store.ts'
import { Cover } from '../ui/cover.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { ElapsedTime } from './elapsed-time.tsx'
import { NowPlaying } from './now-playing.tsx'
import styles from './player-bar.module.css'
import { SeekSlider } from './seek-slider.tsx'
import { TransportButtons } from './transport-buttons.tsx'
import { VolumeControl } from './volume-control.tsx'

/** What plays, and everything that steers it. */
export function PlayerBar() {
  return (
    <section className={styles.bar} aria-label={m.player_player()}>
      <SeekSlider />
      <div className={styles.song}>
        <CurrentCover />
        <NowPlaying />
      </div>
      <TransportButtons />
      <div className={styles.side}>
        <ElapsedTime />
        <VolumeControl />
      </div>
    </section>
  )
}

/** The picture of the current song leads to where it is shown large. */
function CurrentCover() {
  const track = useCurrentTrack()
  const here = useWindow((state) => state.view === 'up-next')
  if (!track) return <span className={styles.noCover} />
  return (
    <IconButton
      name="Show the song and what is up next"
      hint={here ? m.player_back_to_the_library() : m.common_up_next()}
      className={styles.coverButton}
      onClick={() => send({ kind: 'navigate', to: here ? 'library' : 'up-next' })}
    >
      <Cover track={track} className={styles.cover} />
    </IconButton>
  )
}
