import { Pause, Play, Repeat, Repeat1, Shuffle, SkipBack, SkipForward } from 'lucide-react'
import { m } from '../../shared/i18n/messages.js'
import type { Repeat as RepeatMode } from '../../shared/player/modes.ts'
import { send } from '../session/actions.ts'
import { hasShownTracks, useWindow } from '../store/window-store.ts'
import { IconButton } from '../ui/icon-button.tsx'
import styles from './player-bar.module.css'

const repeatLabels: Readonly<Record<RepeatMode, () => string>> = {
  off: m.player_repeat_off,
  all: m.player_repeat_all,
  one: m.player_repeat_one,
}

export function TransportButtons() {
  const isPlaying = useWindow(
    ({ player }) => player.transport === 'playing' || player.transport === 'loading',
  )
  const shuffle = useWindow((state) => state.player.shuffle)
  const repeat = useWindow((state) => state.player.repeat)
  const isEmpty = useWindow((state) => state.player.track === 0 && !hasShownTracks(state))
  return (
    <div className={styles.transport}>
      <IconButton
        name={m.player_shuffle()}
        hint={shuffle ? m.player_shuffle_on() : m.player_shuffle_off()}
        shortcut="shuffle"
        aria-pressed={shuffle}
        onClick={() => send({ kind: 'toggleShuffle' })}
      >
        <Shuffle aria-hidden="true" />
      </IconButton>
      <IconButton
        name={m.player_previous()}
        shortcut="previous"
        disabled={isEmpty}
        onClick={() => send({ kind: 'previous' })}
      >
        <SkipBack fill="currentColor" aria-hidden="true" />
      </IconButton>
      <IconButton
        name={isPlaying ? m.player_pause() : m.player_play()}
        shortcut="playPause"
        className={styles.toggle}
        disabled={isEmpty}
        onClick={() => send({ kind: 'toggle' })}
      >
        {isPlaying ? (
          <Pause fill="currentColor" aria-hidden="true" />
        ) : (
          <Play fill="currentColor" aria-hidden="true" />
        )}
      </IconButton>
      <IconButton
        name={m.player_next()}
        shortcut="next"
        disabled={isEmpty}
        onClick={() => send({ kind: 'next' })}
      >
        <SkipForward fill="currentColor" aria-hidden="true" />
      </IconButton>
      <IconButton
        name={m.player_repeat()}
        hint={repeatLabels[repeat]()}
        shortcut="repeat"
        aria-pressed={repeat !== 'off'}
        aria-description={repeatLabels[repeat]()}
        onClick={() => send({ kind: 'cycleRepeat' })}
      >
        {repeat === 'one' ? <Repeat1 aria-hidden="true" /> : <Repeat aria-hidden="true" />}
      </IconButton>
    </div>
  )
}
