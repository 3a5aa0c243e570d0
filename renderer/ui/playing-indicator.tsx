import { useEffect, useRef } from 'react'
import styles from './playing-indicator.module.css'
import { currentSlowFrame, timeUntilSlowFrame } from './utils/slow-frames.ts'

/** The phase step of each bar's sine, in radians. Different steps keep the bars out of phase. */
const speeds = [0.9, 1.3, 0.7]

/**
 * Three bars that move while the song plays. A timer moves them, because a CSS animation makes the browser
 * update the whole page sixty times a second.
 */
export function PlayingIndicator({ isMoving }: { readonly isMoving: boolean }) {
  const bars = useRef<HTMLSpanElement>(null)
  useEffect(() => (isMoving ? animateBars(bars.current) : undefined), [isMoving])
  return (
    <span ref={bars} className={styles.pulse} aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  )
}

/** Animates the bars. Returns a function that stops the animation. */
function animateBars(bars: HTMLElement | null): () => void {
  const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)')
  let timer = setTimeout(function move() {
    timer = setTimeout(move, timeUntilSlowFrame())
    if (bars === null || reducedMotion.matches || document.visibilityState === 'hidden') return
    // Derived from the clock, so that all indicators in the window move together.
    const frame = currentSlowFrame()
    speeds.forEach((speed, index) => {
      const bar = bars.children[index]
      const height = 0.25 + 0.75 * Math.abs(Math.sin(frame * speed + index))
      if (bar instanceof HTMLElement) bar.style.transform = `scaleY(${height.toFixed(2)})`
    })
  }, timeUntilSlowFrame())
  return () => {
    clearTimeout(timer)
    for (const bar of bars?.children ?? []) if (bar instanceof HTMLElement) bar.style.transform = ''
  }
}
