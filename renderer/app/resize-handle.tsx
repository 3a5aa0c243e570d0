import type { KeyboardEvent, PointerEvent } from 'react'
import { threadsHeight, useWindow } from './store.ts'
import styles from './threads-dock.module.css'

const step = 24

/** The upper edge of the Threads panel: drag it, or move it with the arrow keys. */
export function ResizeHandle() {
  const height = useWindow((state) => state.threadsHeight)
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const dock = event.currentTarget.parentElement
    if (dock) resize(dock.getBoundingClientRect().bottom - event.clientY)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowUp: height + step, ArrowDown: height - step, Home: 0, End: Number.MAX_SAFE_INTEGER }[
      event.key
    ]
    if (to === undefined) return
    event.preventDefault()
    resize(to)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule between two panes that can be moved has no element of its own
    <div
      className={styles.handle}
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the Threads panel"
      aria-valuemin={threadsHeight.least}
      aria-valuemax={threadsHeight.most}
      aria-valuenow={height}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={onKeyDown}
    />
  )
}

function resize(to: number): void {
  const height = Math.round(Math.min(threadsHeight.most, Math.max(threadsHeight.least, to)))
  useWindow.setState({ threadsHeight: height })
}
