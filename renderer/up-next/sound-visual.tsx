import { useEffect, useRef } from 'react'
import { openSoundMeter } from '../session/sound/sound-link.ts'
import { useWindow } from '../store/window-store.ts'
import { useReducedMotion } from '../ui/utils/reduced-motion.ts'
import { onThemeChange } from '../ui/utils/theme-change.ts'
import { whileVisible } from '../ui/utils/while-visible.ts'
import { paintSound, type SoundPicture } from './sound-painter.ts'
import styles from './sound-visual.module.css'

/** Milliseconds between two pictures. */
const pictureInterval = 33

/** The spectrum and the level of what is heard. Measures and paints only while it is visible and a song plays. */
export function SoundVisual() {
  const canvas = useRef<HTMLCanvasElement>(null)
  const isMeasurable = useWindow((state) => state.soundOutput?.kind === 'engine')
  const isPlaying = useWindow((state) => state.player.transport === 'playing')
  const isStill = useReducedMotion()
  const isShown = isMeasurable && !isStill
  useEffect(() => {
    const element = canvas.current
    if (element && isShown && isPlaying) return whileVisible(element, () => animate(element))
  }, [isShown, isPlaying])
  if (!isShown) return null
  return (
    <div className={styles.visual} data-visual aria-hidden="true">
      <canvas ref={canvas} className={styles.picture} />
    </div>
  )
}

/** Paints pictures until the returned function is called, which leaves the canvas empty. */
function animate(canvas: HTMLCanvasElement): () => void {
  const context = canvas.getContext('2d')
  let meter = openSoundMeter()
  if (context === null || meter === undefined) return () => undefined
  let picture = fitCanvas(canvas)
  const fit = () => {
    picture = fitCanvas(canvas)
  }
  const resizeObserver = new ResizeObserver(fit)
  resizeObserver.observe(canvas)
  const stopThemeChange = onThemeChange(fit)
  let painted = 0
  let frame = requestAnimationFrame(function paint(time) {
    frame = requestAnimationFrame(paint)
    if (time - painted < pictureInterval) return
    painted = time
    // The sound output has replaced its graph.
    if (meter?.isClosed) meter = openSoundMeter()
    if (meter) paintSound(context, picture, meter)
  })
  return () => {
    cancelAnimationFrame(frame)
    resizeObserver.disconnect()
    stopThemeChange()
    meter?.close()
    context.clearRect(0, 0, canvas.width, canvas.height)
  }
}

/** Gives the canvas the pixels of its size on the screen, and returns these and the colours of the theme. */
function fitCanvas(canvas: HTMLCanvasElement): SoundPicture {
  const { clientWidth, clientHeight } = canvas
  canvas.width = Math.round(clientWidth * devicePixelRatio)
  canvas.height = Math.round(clientHeight * devicePixelRatio)
  const { color, outlineColor } = getComputedStyle(canvas)
  return {
    width: canvas.width,
    height: canvas.height,
    pixel: devicePixelRatio,
    colours: { sound: color, loud: outlineColor },
  }
}
