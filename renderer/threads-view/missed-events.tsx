import { useCallback, useRef } from 'react'
import { type Paint, usePaint } from './frames.ts'
import { TextCell } from './text-cell.ts'
import styles from './toolbar.module.css'
import { count } from './words.ts'

/** How much of what happened the panel could not record, when it was too much. */
export function MissedEvents() {
  const element = useRef<HTMLSpanElement>(null)
  const cell = useRef<TextCell>(undefined)
  const paint = useCallback<Paint>((scene) => {
    if (!element.current) return undefined
    cell.current ??= new TextCell(element.current)
    const missed = scene.processes.reduce((sum, process) => sum + process.dropped, 0)
    cell.current.setWithTitle(
      missed === 0 ? '' : count(missed, 'event missed', 'events missed'),
      'State changes that were overwritten before they could be shown',
    )
    return undefined
  }, [])
  usePaint(paint)
  return <span ref={element} className={styles.missed} />
}
