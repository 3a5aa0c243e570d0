import { type RefObject, useEffect } from 'react'
import type { Timeline } from './timeline.ts'

/** Turning a wheel by 100, which is one notch, changes the time shown by this factor. */
const notchFactor = 1.35

/** A line of a wheel that counts lines, in CSS pixels. */
const lineHeight = 16

/** The pointer moves so far before a press becomes a drag, in CSS pixels. */
const dragThreshold = 4

/**
 * Lets the user zoom with Ctrl and the wheel or with a pinch, and pan by dragging or with a horizontal wheel (or Shift). A
 * vertical wheel still scrolls the container of the element.
 */
export function useTimelineGestures(element: RefObject<HTMLElement | null>, timeline: Timeline): void {
  useEffect(() => {
    const target = element.current
    if (!target) return
    const onWheel = (event: WheelEvent): void => {
      if (handleWheel(event, target, timeline)) event.preventDefault()
    }
    // Not passive, because otherwise the page zooms.
    target.addEventListener('wheel', onWheel, { passive: false })
    const endDrag = addDragListeners(target, timeline)
    return () => {
      target.removeEventListener('wheel', onWheel)
      endDrag()
    }
  }, [element, timeline])
}

function handleWheel(event: WheelEvent, target: HTMLElement, timeline: Timeline): boolean {
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? lineHeight : 1
  const { from, to } = timeline.extent()
  const box = target.getBoundingClientRect()
  if (event.ctrlKey || event.metaKey) {
    const about = from + ((event.clientX - box.left) / box.width) * (to - from)
    timeline.zoom(notchFactor ** ((event.deltaY * unit) / 100), about)
    return true
  }
  const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX
  if (sideways === 0 || Math.abs(sideways) < Math.abs(event.shiftKey ? 0 : event.deltaY)) return false
  timeline.pan(((sideways * unit) / box.width) * (to - from))
  return true
}

function addDragListeners(target: HTMLElement, timeline: Timeline): () => void {
  let last: number | undefined
  let dragging = false
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return
    last = event.clientX
    dragging = false
  }
  const onMove = (event: PointerEvent): void => {
    if (last === undefined || (!dragging && Math.abs(event.clientX - last) < dragThreshold)) return
    if (!dragging) target.setPointerCapture(event.pointerId)
    dragging = true
    const { from, to } = timeline.extent()
    timeline.pan(((last - event.clientX) / target.clientWidth) * (to - from))
    last = event.clientX
  }
  const onUp = (): void => {
    last = undefined
  }
  // A drag ends with a click, which would choose a thread.
  const onClick = (event: MouseEvent): void => {
    if (dragging) event.stopPropagation()
    dragging = false
  }
  const listeners = {
    pointerdown: onDown,
    pointermove: onMove,
    pointerup: onUp,
    pointercancel: onUp,
  } as const
  for (const [name, listener] of Object.entries(listeners))
    target.addEventListener(name, listener as (event: globalThis.Event) => void)
  target.addEventListener('click', onClick, { capture: true })
  return () => {
    for (const [name, listener] of Object.entries(listeners))
      target.removeEventListener(name, listener as (event: globalThis.Event) => void)
    target.removeEventListener('click', onClick, { capture: true })
  }
}
