import { type KeyboardEvent, useEffect, useRef } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { send } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import { formatDuration } from '../ui/utils/format.ts'
import { durationOf, subscribeToPosition } from './playback-position.ts'
import styles from './player-bar.module.css'
import { useSeekHint } from './seek-hint.ts'

/** Seconds that an arrow key goes, and a page key. */
const arrowStep = 5
const pageStep = 30
/** How long the chosen position is shown for the player to catch up with it, in milliseconds. */
const settleTime = 300

/** The thread along the top of the player bar: where the song is, and where to go in it. */
export function SeekSlider() {
  const slider = useRef<HTMLInputElement>(null)
  const hint = useRef<HTMLSpanElement>(null)
  const length = useWindow(durationOf)
  const idle = useWindow((state) => state.player.track === 0)
  const pressed = useRef(false)
  /** Until this time the slider shows what the hand chose. */
  const heldUntil = useRef(0)

  useSeekHint(slider, hint, length)
  useEffect(() => {
    const element = slider.current
    if (!element) return
    const paint = (position: number) => {
      if (!pressed.current && performance.now() >= heldUntil.current) showPosition(element, position, length)
    }
    // Asked for after each move, the width would cost a layout each time.
    let width = element.clientWidth
    const sizes = new ResizeObserver(() => {
      width = element.clientWidth
    })
    sizes.observe(element)
    const endFollowing = subscribeToPosition(paint, () => length / Math.max(1, width))
    return () => {
      sizes.disconnect()
      endFollowing()
    }
  }, [length])

  const onInput = () => {
    const element = slider.current
    if (!element) return
    const to = Number(element.value)
    heldUntil.current = performance.now() + settleTime
    showPosition(element, to, length)
    send({ kind: 'seek', to })
  }
  const press = () => {
    pressed.current = true
  }
  const letGo = () => {
    pressed.current = false
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = {
      ArrowRight: arrowStep,
      ArrowUp: arrowStep,
      ArrowLeft: -arrowStep,
      ArrowDown: -arrowStep,
      PageUp: pageStep,
      PageDown: -pageStep,
    }[event.key]
    if (by !== undefined) send({ kind: 'seekBy', by })
    else if (event.key === 'Home') send({ kind: 'seek', to: 0 })
    else if (event.key === 'End') send({ kind: 'seek', to: Math.max(0, length - 1) })
    else return
    event.preventDefault()
  }

  return (
    <>
      <input
        ref={slider}
        className={styles.seek}
        type="range"
        aria-label={m.player_seek()}
        min={0}
        max={length || 1}
        step={0.1}
        defaultValue={0}
        disabled={idle || length === 0}
        onInput={onInput}
        onPointerDown={press}
        onPointerUp={letGo}
        onLostPointerCapture={letGo}
        onBlur={letGo}
        onKeyDown={onKeyDown}
      />
      <span ref={hint} className={styles.seekHint} aria-hidden="true" />
    </>
  )
}

function showPosition(slider: HTMLInputElement, position: number, length: number): void {
  const at = Math.min(position, length)
  slider.value = String(at)
  slider.style.setProperty('--part', String(length > 0 ? at / length : 0))
  const words = m.player_position({
    position: formatDuration(at),
    duration: formatDuration(length || undefined),
  })
  if (slider.getAttribute('aria-valuetext') !== words) slider.setAttribute('aria-valuetext', words)
}
