import type { KeyboardEvent, RefObject } from 'react'

interface PlayerSliderProps {
  readonly ref: RefObject<HTMLInputElement | null>
  /** True while the pointer holds the thumb: what the player reports must not move it away. */
  readonly isPressed: RefObject<boolean>
  readonly name: string
  readonly className: string | undefined
  readonly max: number
  /** The smallest distance that the pointer moves the thumb. */
  readonly step: number
  readonly defaultValue: number
  readonly disabled?: boolean
  /** What an arrow key and a page key change, in the unit of `onStep`. */
  readonly arrowStep: number
  readonly pageStep: number
  /** Called when the pointer moves the thumb. */
  readonly onMove: (slider: HTMLInputElement) => void
  readonly onStep: (by: number) => void
  /** Called by the keys Home and End. */
  readonly onEdge: (edge: 'start' | 'end') => void
  readonly onRelease?: (slider: HTMLInputElement) => void
}

/**
 * A slider of the player bar. Keys are requests relative to what the player has, which may be ahead of what is shown, so
 * they do not move the thumb themselves.
 */
export function PlayerSlider({
  ref,
  isPressed,
  name,
  arrowStep,
  pageStep,
  onMove,
  onStep,
  onEdge,
  onRelease,
  ...attributes
}: PlayerSliderProps) {
  const press = () => {
    isPressed.current = true
  }
  const release = () => {
    isPressed.current = false
    if (ref.current) onRelease?.(ref.current)
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
    if (by !== undefined) onStep(by)
    else if (event.key === 'Home') onEdge('start')
    else if (event.key === 'End') onEdge('end')
    else return
    event.preventDefault()
  }
  return (
    <input
      {...attributes}
      ref={ref}
      type="range"
      aria-label={name}
      min={0}
      onInput={(event) => onMove(event.currentTarget)}
      onPointerDown={press}
      onPointerUp={release}
      onLostPointerCapture={release}
      onBlur={release}
      onKeyDown={onKeyDown}
    />
  )
}

/** Moves the thumb. `share` is the filled part of the track; a screen reader reads `text`. */
export function showSliderValue(slider: HTMLInputElement, value: number, share: number, text: string): void {
  slider.value = String(value)
  slider.style.setProperty('--part', String(share))
  if (slider.getAttribute('aria-valuetext') !== text) slider.setAttribute('aria-valuetext', text)
}
