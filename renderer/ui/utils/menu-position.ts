export interface MenuPosition {
  readonly x: number
  readonly y: number
}

/** CSS pixels between the corner of an element and its menu. */
const inset = 24

/** Returns where a context menu opens: at the pointer, or at the focused element if a key requested it. */
export function menuPosition(event: MouseEvent): MenuPosition {
  const isPointer = event instanceof PointerEvent && event.pointerType !== ''
  if (isPointer || !(event.target instanceof Element)) return { x: event.clientX, y: event.clientY }
  const { left, top, height } = event.target.getBoundingClientRect()
  return { x: left + inset, y: top + Math.min(inset, height / 2) }
}
