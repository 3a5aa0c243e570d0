import { type KeyboardEvent, useEffect, useRef } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { send } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import { formatDuration } from '../ui/utils/format.ts'
import { durationOf, subscribeToPosition } from './playback-position.ts'
import styles from './player-bar.module.css'
import { useSeekHint } from './seek-hint.ts'

/** Seconds that an arrow key and a page key seek. */
const arrowStep = 5
const pageStep = 30
/** Milliseconds for which the chosen position stays visible until the player has reached it. */
const settleTime = 300

/** A slider along the top of the player bar that shows the position and seeks. */
export function SeekSlider() {
  const slider = useRef<HTMLInputElement>(null)
  const hint = useRef<HTMLSpanElement>(null)
  const length = useWindow(durationOf)
  const isIdle = useWindow((state) => state.player.track === 0)
  const isPressed = useRef(false)
  /** Until this time the slider shows the position that the user chose. */
  const heldUntil = useRef(0)

  useSeekHint(slider, hint, length)
  useEffect(() => {
    const element = slider.current
    if (!element) return
    const paint = (position: number) => {
      if (!isPressed.current && performance.now() >= heldUntil.current)
        showPosition(element, position, length)
    }
    // Observed, because reading the width after each change would force a layout.
    let width = element.clientWidth
    const resizeObserver = new ResizeObserver(() => {
      width = element.clientWidth
    })
    resizeObserver.observe(element)
    const unsubscribe = subscribeToPosition(paint, () => length / Math.max(1, width))
    return () => {
      resizeObserver.disconnect()
      unsubscribe()
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
    isPressed.current = true
  }
  const release = () => {
    isPressed.current = false
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
        disabled={isIdle || length === 0}
        onInput={onInput}
        onPointerDown={press}
        onPointerUp={release}
        onLostPointerCapture={release}
        onBlur={release}
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
