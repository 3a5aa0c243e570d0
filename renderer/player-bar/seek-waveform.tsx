import { useEffect, useRef } from 'react'
import type { Waveform } from '../../shared/sound/analysis/waveform.ts'
import { onThemeChange } from '../ui/utils/theme-change.ts'
import styles from './seek-waveform.module.css'
import { waveformBars } from './waveform-bars.ts'

/** CSS pixels. */
const barWidth = 2
const barStep = 3

/**
 * The outline of the current song behind the seek slider. It is painted when the song, the width or the theme changes.
 * The played part is a second picture, cut off by the style at the position.
 */
export function SeekWaveform({ waveform }: { readonly waveform: Waveform }) {
  const rest = useRef<HTMLCanvasElement>(null)
  const played = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const canvases = [rest.current, played.current].filter((canvas) => canvas !== null)
    const paint = () => {
      for (const canvas of canvases) paintWaveform(canvas, waveform)
    }
    const resizeObserver = new ResizeObserver(paint)
    for (const canvas of canvases) resizeObserver.observe(canvas)
    const stopThemeChange = onThemeChange(paint)
    return () => {
      resizeObserver.disconnect()
      stopThemeChange()
    }
  }, [waveform])
  return (
    <div className={styles.waveform} aria-hidden="true">
      <canvas ref={rest} className={styles.rest} />
      <canvas ref={played} className={styles.played} />
    </div>
  )
}

/** Paints in the canvas's text colour. */
function paintWaveform(canvas: HTMLCanvasElement, waveform: Waveform): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  const pixel = devicePixelRatio
  const { clientWidth, clientHeight } = canvas
  canvas.width = Math.round(clientWidth * pixel)
  canvas.height = Math.round(clientHeight * pixel)
  context.fillStyle = getComputedStyle(canvas).color
  const middle = canvas.height / 2
  const count = Math.max(1, Math.floor(clientWidth / barStep))
  waveformBars(waveform, count).forEach(({ low, high }, bar) => {
    const top = Math.round(middle - Math.max(high * middle, pixel / 2))
    const bottom = Math.round(middle - Math.min(low * middle, -pixel / 2))
    context.fillRect(Math.round((bar * clientWidth * pixel) / count), top, barWidth * pixel, bottom - top)
  })
}
