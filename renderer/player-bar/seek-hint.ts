import { type RefObject, useEffect } from 'react'
import { formatDuration } from '../ui/utils/format.ts'

/** Half the width of the slider's thumb, in CSS pixels: the ends of the song lie that far inside. */
const inset = 6

/** Shows in `hint` the time under the pointer, above the place of `slider` that it points to. */
export function useSeekHint(
  slider: RefObject<HTMLInputElement | null>,
  hint: RefObject<HTMLElement | null>,
  length: number,
): void {
  useEffect(() => {
    const from = slider.current
    const to = hint.current
    if (!from || !to) return
    const onPointerMove = ({ clientX }: PointerEvent) => {
      const { left, width } = from.getBoundingClientRect()
      const part = Math.min(1, Math.max(0, (clientX - left - inset) / (width - 2 * inset)))
      to.textContent = formatDuration(part * length)
      to.style.setProperty('--x', `${clientX - left}px`)
    }
    from.addEventListener('pointermove', onPointerMove, { passive: true })
    return () => from.removeEventListener('pointermove', onPointerMove)
  }, [slider, hint, length])
}
