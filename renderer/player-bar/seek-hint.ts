import { type RefObject, useEffect } from 'react'
import { formatDuration } from '../ui/utils/format.ts'

/** Half the width of the slider's thumb, in CSS pixels: the distance of the song's ends from the slider's. */
const inset = 6

/** Shows the time under the pointer in `hint`, above the pointer's position on `slider`. */
export function useSeekHint(
  slider: RefObject<HTMLInputElement | null>,
  hint: RefObject<HTMLElement | null>,
  length: number,
): void {
  useEffect(() => {
    const sliderElement = slider.current
    const hintElement = hint.current
    if (!sliderElement || !hintElement) return
    const onPointerMove = ({ clientX }: PointerEvent) => {
      const { left, width } = sliderElement.getBoundingClientRect()
      const share = Math.min(1, Math.max(0, (clientX - left - inset) / (width - 2 * inset)))
      hintElement.textContent = formatDuration(share * length)
      hintElement.style.setProperty('--x', `${clientX - left}px`)
    }
    sliderElement.addEventListener('pointermove', onPointerMove, { passive: true })
    return () => sliderElement.removeEventListener('pointermove', onPointerMove)
  }, [slider, hint, length])
}
