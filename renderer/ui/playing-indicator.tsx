import { useEffect, useRef } from 'react'
import styles from './playing-indicator.module.css'
import { currentSlowFrame, timeUntilSlowFrame } from './utils/slow-frames.ts'

/** How far the sine of each bar goes in a step, in radians: no two are in time with each other. */
const speeds = [0.9, 1.3, 0.7]

/**
 * Three bars that move while the song plays. A timer moves them: an animation of the style has the browser go
 * through the whole page sixty times a second.
 */
export function PlayingIndicator({ moving }: { readonly moving: boolean }) {
  const bars = useRef<HTMLSpanElement>(null)
  useEffect(() => (moving ? animateBars(bars.current) : undefined), [moving])
  return (
    <span ref={bars} className={styles.pulse} aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  )
}

/** Until the answer is called. */
function animateBars(bars: HTMLElement | null): () => void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)')
  let timer = setTimeout(function move() {
    timer = setTimeout(move, timeUntilSlowFrame())
    if (bars === null || calm.matches || document.visibilityState === 'hidden') return
    // By the clock, so that all bars in the window move as one.
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
