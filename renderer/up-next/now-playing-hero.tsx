import { m } from '../../shared/i18n/messages.js'
import { joinIsolated } from '../../shared/isolate-text.ts'
import { type Track, yearOf } from '../../shared/library/track.ts'
import type { Transport } from '../../shared/player/messages.ts'
import { useWindow } from '../store/window-store.ts'
import { Cover } from '../ui/cover.tsx'
import { PlayingIndicator } from '../ui/playing-indicator.tsx'
import { artistText } from '../ui/utils/track-text.ts'
import { SoundVisual } from './sound-visual.tsx'
import styles from './up-next-view.module.css'

const transportLabels: Readonly<Record<Transport, () => string>> = {
  stopped: m.upnext_stopped,
  loading: m.upnext_loading,
  playing: m.upnext_playing,
  paused: m.upnext_paused,
}

/** The current song with its cover, whose blurred copy colours the background. */
export function NowPlayingHero({ track }: { readonly track: Track }) {
  const transport = useWindow((state) => state.player.transport)
  const artist = artistText(track)
  const album = joinIsolated([track.album, String(yearOf(track) ?? '')], ', ')
  return (
    <div className={styles.stage}>
      <div className={styles.picture}>
        <Cover track={track} size={128} className={styles.glow} />
        <Cover track={track} className={styles.cover} />
      </div>
      <div className={styles.names}>
        <p className={styles.state}>
          <PlayingIndicator isMoving={transport === 'playing'} />
          {transportLabels[transport]()}
        </p>
        <h1 className={styles.title} title={track.title}>
          {track.title}
        </h1>
        {artist && <p className={styles.artist}>{artist}</p>}
        {album && <p className={styles.album}>{album}</p>}
      </div>
      <SoundVisual />
    </div>
  )
}
