import type { MouseEvent } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { send } from '../session/actions.ts'
import { openTrackMenu } from '../session/item-actions.ts'
import { useCurrentTrack } from '../store/current-track.ts'
import { useWindow } from '../store/window-store.ts'
import { Cover } from '../ui/cover.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { menuPosition } from '../ui/utils/menu-position.ts'
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
      <CurrentSong />
      <TransportButtons />
      <div className={styles.side}>
        <ElapsedTime />
        <VolumeControl />
      </div>
    </section>
  )
}

/** The current song, with the context menu of its track. */
function CurrentSong() {
  const track = useCurrentTrack()
  const openMenu = (event: MouseEvent) => {
    if (track === undefined) return
    event.preventDefault()
    openTrackMenu(menuPosition(event.nativeEvent), track)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of a context menu reach it from the buttons in it
    <div className={styles.song} onContextMenu={openMenu}>
      <CurrentCover />
      <NowPlaying />
      <CurrentRating />
    </div>
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
