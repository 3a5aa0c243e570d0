import { Volume, Volume1, Volume2, VolumeX } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, type WheelEvent } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { send } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import { IconButton } from '../ui/icon-button.tsx'
import styles from './player-bar.module.css'

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

  const onInput = () => {
    const element = slider.current
    if (!element) return
    showVolume(element, Number(element.value), muted)
    send({ kind: 'volume', to: Number(element.value) / 100 })
  }
  const press = () => {
    isPressed.current = true
  }
  const release = () => {
    isPressed.current = false
    if (slider.current)
      showVolume(slider.current, Math.round(useWindow.getState().player.volume * 100), muted)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = {
      ArrowRight: step,
      ArrowUp: step,
      ArrowLeft: -step,
      ArrowDown: -step,
      PageUp: bigStep,
      PageDown: -bigStep,
    }[event.key]
    if (by !== undefined) send({ kind: 'volumeBy', by })
    else if (event.key === 'Home') send({ kind: 'volume', to: 0 })
    else if (event.key === 'End') send({ kind: 'volume', to: 1 })
    else return
    event.preventDefault()
  }
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
      <input
        ref={slider}
        className={styles.volumeSlider}
        type="range"
        aria-label={m.player_volume()}
        min={0}
        max={100}
        step={1}
        defaultValue={percent}
        onInput={onInput}
        onPointerDown={press}
        onPointerUp={release}
        onLostPointerCapture={release}
        onBlur={release}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}

function showVolume(slider: HTMLInputElement, percent: number, muted: boolean): void {
  slider.value = String(percent)
  slider.style.setProperty('--part', String(percent / 100))
  slider.setAttribute(
    'aria-valuetext',
    muted ? m.player_volume_muted({ percent }) : m.player_volume_percent({ percent }),
  )
}
