import { useEffect, useRef } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { send } from '../session/actions.ts'
import { useSongAnalysis } from '../store/analysis-store.ts'
import { useWindow } from '../store/window-store.ts'
import { formatDuration } from '../ui/utils/format.ts'
import { durationOf, subscribeToPosition } from './playback-position.ts'
import styles from './player-bar.module.css'
import { PlayerSlider, showSliderValue } from './player-slider.tsx'
import { useSeekHint } from './seek-hint.ts'
import { SeekWaveform } from './seek-waveform.tsx'

/** Seconds that an arrow key and a page key seek. */
const arrowStep = 5
const pageStep = 30
/** Milliseconds for which the chosen position stays visible until the player has reached it. */
const settleTime = 300

/** A slider along the top of the player bar that shows the position, on the song's waveform if it is known, and seeks. */
export function SeekSlider() {
  const slider = useRef<HTMLInputElement>(null)
  const hint = useRef<HTMLSpanElement>(null)
  const length = useWindow(durationOf)
  const isIdle = useWindow((state) => state.player.track === 0)
  const track = useWindow((state) => state.player.track)
  const known = useSongAnalysis((state) => state.waveform)
  const waveform = length > 0 && known?.track === track ? known.columns : undefined
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

  const seekToThumb = (element: HTMLInputElement) => {
    const to = Number(element.value)
    heldUntil.current = performance.now() + settleTime
    showPosition(element, to, length)
    send({ kind: 'seek', to })
  }

  return (
    <div className={styles.seekArea} data-waveform={waveform !== undefined || undefined}>
      {waveform && <SeekWaveform waveform={waveform} />}
      <PlayerSlider
        ref={slider}
        isPressed={isPressed}
        name={m.player_seek()}
        className={styles.seek}
        max={length || 1}
        step={0.1}
        defaultValue={0}
        disabled={isIdle || length === 0}
        arrowStep={arrowStep}
        pageStep={pageStep}
        onMove={seekToThumb}
        onStep={(by) => send({ kind: 'seekBy', by })}
        onEdge={(edge) => send({ kind: 'seek', to: edge === 'start' ? 0 : Math.max(0, length - 1) })}
      />
      <span ref={hint} className={styles.seekHint} aria-hidden="true" />
    </div>
  )
}

function showPosition(slider: HTMLInputElement, position: number, length: number): void {
  const shown = Math.min(position, length)
  const text = m.player_position({
    position: formatDuration(shown),
    duration: formatDuration(length || undefined),
  })
  const share = length > 0 ? shown / length : 0
  showSliderValue(slider, shown, share, text)
  // For the waveform behind the slider.
  slider.parentElement?.style.setProperty('--part', String(share))
}
