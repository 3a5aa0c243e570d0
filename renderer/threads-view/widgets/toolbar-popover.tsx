import { type KeyboardEvent, type ReactNode, type ToggleEvent, useId, useRef } from 'react'
import styles from './toolbar-popover.module.css'

interface ToolbarPopoverProps {
  /** The accessible name of the button. */
  readonly name: string
  /** Whether the button is marked, because a control inside differs from its default. */
  readonly isMarked?: boolean
  readonly icon: ReactNode
  /** The visible text of the button, if there is room for it. */
  readonly label?: string
  readonly children: ReactNode
}

/** The gap between button and popover, and the margin to the window's edge, in CSS pixels. */
const gap = 4
const margin = 8

/** A toolbar button that opens a popover with controls. Escape and a click outside close the popover. */
export function ToolbarPopover({ name, isMarked = false, icon, label, children }: ToolbarPopoverProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)

  const onBeforeToggle = ({ newState, currentTarget }: ToggleEvent<HTMLElement>): void => {
    if (newState === 'open' && button.current) placeBeside(currentTarget, button.current)
  }
  // The browser closes the popover. Keeps the keys from the window's own shortcuts.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation()
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.button}
        popoverTarget={id}
        aria-label={name}
        aria-haspopup="dialog"
        title={name}
        data-marked={isMarked}
      >
        {icon}
        {label && <span className={styles.label}>{label}</span>}
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={name}
        className={styles.popover}
        onBeforeToggle={onBeforeToggle}
        onKeyDown={onKeyDown}
      >
        {children}
      </div>
    </>
  )
}

/**
 * Places a popover below or above a button, where there is more room, and aligns their right edges if that
 * fits.
 */
function placeBeside(popover: HTMLElement, button: HTMLElement): void {
  const { top, bottom, left, right } = button.getBoundingClientRect()
  const below = innerHeight - bottom
  const isBelow = below >= top
  const { style } = popover
  style.top = isBelow ? `${bottom + gap}px` : 'auto'
  style.bottom = isBelow ? 'auto' : `${innerHeight - top + gap}px`
  style.maxHeight = `${(isBelow ? below : top) - gap - margin}px`
  const isRightAligned = right >= innerWidth / 2
  style.right = isRightAligned ? `${Math.max(margin, innerWidth - right)}px` : 'auto'
  style.left = isRightAligned ? 'auto' : `${Math.max(margin, left)}px`
}

/** Closes the popover that contains an element. */
export const closePopoverOf = (element: Element): void =>
  element.closest<HTMLElement>('[popover]')?.hidePopover()
