import { m } from '../../shared/i18n/messages.js'
import { send } from '../session/actions.ts'
import { useCurrentTrack } from '../store/current-track.ts'
import { useWindow } from '../store/window-store.ts'
import { Cover } from '../ui/cover.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { CurrentRating } from './current-rating.tsx'
import { ElapsedTime } from './elapsed-time.tsx'
import { NowPlaying } from './now-playing.tsx'
import styles from './player-bar.module.css'
import { SeekSlider } from './seek-slider.tsx'
import { TransportButtons } from './transport-buttons.tsx'
import { VolumeControl } from './volume-control.tsx'

/** The current song and the controls of the player. */
export function PlayerBar() {
  return (
    <section className={styles.bar} aria-label={m.player_player()}>
      <SeekSlider />
      <div className={styles.song}>
        <CurrentCover />
        <NowPlaying />
        <CurrentRating />
      </div>
      <TransportButtons />
      <div className={styles.side}>
        <ElapsedTime />
        <VolumeControl />
      </div>
    </section>
  )
}

/** A button with the cover of the current song. It opens Up next, or returns to the library. */
function CurrentCover() {
  const track = useCurrentTrack()
  const isUpNextShown = useWindow((state) => state.view === 'up-next')
  if (!track) return <span className={styles.noCover} />
  return (
    <IconButton
      name={m.player_show_song()}
      hint={isUpNextShown ? m.player_back_to_the_library() : m.common_up_next()}
      className={styles.coverButton}
      onClick={() => send({ kind: 'navigate', to: isUpNextShown ? 'library' : 'up-next' })}
    >
      <Cover track={track} size={128} className={styles.cover} />
    </IconButton>
  )
}
