import type { Shortcut } from '../../shared/player/shortcuts.ts'
import styles from './hint.module.css'
import { shortcutLabel } from './utils/platform-keys.ts'

/** Milliseconds that the pointer rests on a control before its tooltip appears. */
const hoverDelay = 500
/** Milliseconds after a tooltip closed in which the next one appears immediately. */
const reopenTime = 500
/** Milliseconds in which the pointer can move from the control to the tooltip. */
const leaveDelay = 100
/** CSS pixels between a control and its tooltip, and between the tooltip and the window's edge. */
const gap = 8
const margin = 8

/** The keys that press a control, and Escape. */
const closingKeys: ReadonlySet<string> = new Set(['Enter', ' ', 'Escape'])

type Placement = 'top' | 'right'

interface HintAttributes {
  readonly 'data-hint': string
  readonly 'data-hint-keys': string | undefined
  readonly 'data-hint-placement': Placement
}

/** Returns the attributes that give a control a tooltip, with its shortcut. */
export function hintAttributes(
  text: string,
  shortcut?: Shortcut,
  placement: Placement = 'top',
): HintAttributes {
  return {
    'data-hint': text,
    'data-hint-keys': shortcut && shortcutLabel(shortcut),
    'data-hint-placement': placement,
  }
}

/**
 * Shows the tooltips of the whole document. Listeners on the document serve all of them, because a component
 * per control would delay the first frame. A tooltip opens when the pointer rests on its control or the
 * keyboard focuses it. A press, Escape or a scroll closes it. Returns a function that removes the tooltips.
 */
export function installHints(): () => void {
  const hints = new Hints()
  const abort = new AbortController()
  const { signal } = abort
  const options = { signal, capture: true, passive: true }
  document.addEventListener(
    'pointerover',
    ({ target, pointerType }) => {
      if (pointerType !== 'touch') hints.hover(target)
    },
    options,
  )
  document.addEventListener('pointerleave', ({ target }) => target === document && hints.hover(null), options)
  document.addEventListener('focusin', ({ target }) => hints.focus(target), options)
  document.addEventListener('focusout', () => hints.close(), options)
  document.addEventListener('pointerdown', () => hints.close(), options)
  document.addEventListener('scroll', ({ target }) => hints.scroll(target), options)
  document.addEventListener('keydown', ({ key }) => closingKeys.has(key) && hints.close(), options)
  return () => {
    hints.close()
    abort.abort()
  }
}

/** At most one tooltip is open. */
class Hints {
  readonly #tooltip = document.createElement('div')
  readonly #removals = new MutationObserver(() => {
    if (this.#control?.isConnected !== true) this.close()
  })
  #control: HTMLElement | undefined
  /** The control under the pointer. After a press its tooltip stays closed until the pointer leaves it. */
  #hovered: HTMLElement | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #closedAt = Number.NEGATIVE_INFINITY

  constructor() {
    this.#tooltip.id = `hint-${crypto.randomUUID()}`
    this.#tooltip.className = styles.hint ?? ''
    this.#tooltip.setAttribute('role', 'tooltip')
    this.#tooltip.popover = 'manual'
  }

  hover(target: EventTarget | null): void {
    const isOverTooltip = target instanceof Node && this.#tooltip.contains(target)
    const control = isOverTooltip ? this.#control : findControl(target)
    if (control === this.#hovered) return
    clearTimeout(this.#timer)
    this.#hovered = control
    const reopens = this.#control !== undefined || performance.now() - this.#closedAt < reopenTime
    if (control !== undefined && control !== this.#control)
      this.#timer = setTimeout(() => this.#open(control), reopens ? 0 : hoverDelay)
    else if (control === undefined && this.#control !== undefined)
      this.#timer = setTimeout(() => this.close(), leaveDelay)
  }

  focus(target: EventTarget | null): void {
    const control = findControl(target)
    if (control !== undefined && control === target && control.matches(':focus-visible')) this.#open(control)
  }

  /** A tooltip does not move with its control, so scrolling closes it. */
  scroll(scroller: EventTarget | null): void {
    if (scroller instanceof Node && this.#control !== undefined && scroller.contains(this.#control))
      this.close()
  }

  close(): void {
    clearTimeout(this.#timer)
    if (this.#control === undefined) return
    this.#control.removeAttribute('aria-describedby')
    this.#control = undefined
    this.#removals.disconnect()
    this.#tooltip.remove()
    this.#closedAt = performance.now()
  }

  #open(control: HTMLElement): void {
    this.close()
    if (!control.isConnected) return
    this.#control = control
    const { hint = '', hintKeys } = control.dataset
    this.#tooltip.replaceChildren(hint, ...(hintKeys ? [keysElement(hintKeys)] : []))
    document.body.append(this.#tooltip)
    this.#tooltip.showPopover()
    this.#place(control)
    control.setAttribute('aria-describedby', this.#tooltip.id)
    this.#removals.observe(document.body, { childList: true, subtree: true })
  }

  #place(control: HTMLElement): void {
    const controlBounds = control.getBoundingClientRect()
    const { width, height } = this.#tooltip.getBoundingClientRect()
    const isRight = control.dataset.hintPlacement === 'right'
    const x = isRight ? controlBounds.right + gap : controlBounds.left + (controlBounds.width - width) / 2
    const above = controlBounds.top - gap - height
    const y = isRight
      ? controlBounds.top + (controlBounds.height - height) / 2
      : above >= margin
        ? above
        : controlBounds.bottom + gap
    this.#tooltip.style.left = `${clamp(x, innerWidth - width)}px`
    this.#tooltip.style.top = `${clamp(y, innerHeight - height)}px`
  }
}

function findControl(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element && target.closest<HTMLElement>('[data-hint]')) || undefined
}

function keysElement(keys: string): HTMLElement {
  const element = document.createElement('kbd')
  element.className = styles.keys ?? ''
  element.textContent = keys
  return element
}

const clamp = (value: number, max: number): number => Math.max(margin, Math.min(value, max - margin))
