import type { KeyboardEvent, PointerEvent } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { threadsPanelHeightRange, useWindow } from '../store/window-store.ts'
import styles from './threads-dock.module.css'

const resizeStep = 24

/** The upper edge of the Threads panel, which resizes it by dragging or with the arrow keys. */
export function ResizeHandle() {
  const height = useWindow((state) => state.threadsPanelHeight)
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const dock = event.currentTarget.parentElement
    if (dock) resize(dock.getBoundingClientRect().bottom - event.clientY)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const newHeight = {
      ArrowUp: height + resizeStep,
      ArrowDown: height - resizeStep,
      Home: 0,
      End: Number.MAX_SAFE_INTEGER,
    }[event.key]
    if (newHeight === undefined) return
    event.preventDefault()
    resize(newHeight)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no element for a movable separator
    <div
      className={styles.handle}
      role="separator"
      aria-orientation="horizontal"
      aria-label={m.shell_height_of_the_threads_panel()}
      aria-valuemin={threadsPanelHeightRange.min}
      aria-valuemax={threadsPanelHeightRange.max}
      aria-valuenow={height}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={onKeyDown}
    />
  )
}

function resize(requestedHeight: number): void {
  const height = Math.round(
    Math.min(threadsPanelHeightRange.max, Math.max(threadsPanelHeightRange.min, requestedHeight)),
  )
  useWindow.setState({ threadsPanelHeight: height })
}
