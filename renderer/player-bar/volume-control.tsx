import { Volume, Volume1, Volume2, VolumeX } from 'lucide-react'
import { useEffect, useRef, type WheelEvent } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { send } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import { IconButton } from '../ui/icon-button.tsx'
import styles from './player-bar.module.css'
import { PlayerSlider, showSliderValue } from './player-slider.tsx'

/** The steps of an arrow key or wheel notch and of a page key, as a share of full volume. */
const step = 0.05
const bigStep = 0.2

export function VolumeControl() {
  const volume = useWindow((state) => state.player.volume)
  const muted = useWindow((state) => state.player.muted)
  const slider = useRef<HTMLInputElement>(null)
  const isPressed = useRef(false)
  const percent = Math.round(volume * 100)

  useEffect(() => {
    if (slider.current && !isPressed.current) showVolume(slider.current, percent, muted)
  }, [percent, muted])

  const setToThumb = (element: HTMLInputElement) => {
    showVolume(element, Number(element.value), muted)
    send({ kind: 'volume', to: Number(element.value) / 100 })
  }
  const showPresent = (element: HTMLInputElement) =>
    showVolume(element, Math.round(useWindow.getState().player.volume * 100), muted)
  const onWheel = (event: WheelEvent) => {
    if (event.deltaY !== 0) send({ kind: 'volumeBy', by: event.deltaY < 0 ? step : -step })
  }

  const Icon = muted ? VolumeX : percent === 0 ? Volume : percent < 50 ? Volume1 : Volume2
  return (
    <div className={styles.volume} onWheel={onWheel}>
      <IconButton
        name={m.player_mute()}
        hint={muted ? m.player_unmute() : m.player_mute()}
        shortcut="mute"
        aria-pressed={muted}
        onClick={() => send({ kind: 'toggleMute' })}
      >
        <Icon aria-hidden="true" />
      </IconButton>
      <PlayerSlider
        ref={slider}
        isPressed={isPressed}
        name={m.player_volume()}
        className={styles.volumeSlider}
        max={100}
        step={1}
        defaultValue={percent}
        arrowStep={step}
        pageStep={bigStep}
        onMove={setToThumb}
        onStep={(by) => send({ kind: 'volumeBy', by })}
        onEdge={(edge) => send({ kind: 'volume', to: edge === 'start' ? 0 : 1 })}
        onRelease={showPresent}
      />
    </div>
  )
}

function showVolume(slider: HTMLInputElement, percent: number, muted: boolean): void {
  const text = muted ? m.player_volume_muted({ percent }) : m.player_volume_percent({ percent })
  showSliderValue(slider, percent, percent / 100, text)
}
