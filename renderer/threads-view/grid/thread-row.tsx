import { type KeyboardEvent, useCallback, useRef } from 'react'
import { classes } from '../../ui/utils/classes.ts'
import { remainingTitle } from '../descriptions/thread-text.ts'
import { findProcess, type Scene, type ThreadKey } from '../model/threads-model.ts'
import type { Paint } from '../painting/paint-scheduler.ts'
import { usePaint } from '../painting/paint-scheduler.ts'
import { StateGlyph } from './state-glyph.tsx'
import { ThreadRowPainter } from './thread-row-painter.ts'
import styles from './threads-grid.module.css'
import { UnusualWaitMark } from './unusual-wait-mark.tsx'

/** The maximum length of a name that fits the column of names. */
export const maxNameLength = 20

interface ThreadRowProps {
  readonly row: ThreadKey
  readonly selected: boolean
  /** Whether this row is the tab stop of the grid. */
  readonly tabStop: boolean
  readonly scene: () => Scene
  readonly onSelect: () => void
  readonly onFocus: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** One thread on one line. React renders its name, and a painter the other cells. */
export function ThreadRow(props: ThreadRowProps) {
  const { row, selected, tabStop, scene, onSelect, onFocus, onKeyDown } = props
  const element = useRef<HTMLTableRowElement>(null)
  const painter = useRef<ThreadRowPainter>(undefined)
  const paint = useCallback<Paint>(
    (now) => {
      if (!element.current) return undefined
      painter.current ??= new ThreadRowPainter(element.current, row)
      painter.current.paint(now)
      return undefined
    },
    [row],
  )
  usePaint(paint)

  const explainRemaining = (target: HTMLElement): void => {
    const process = findProcess(scene(), row.process)
    const thread = process?.thread(row.id)
    target.title = thread ? remainingTitle(thread, scene().at) : ''
  }

  return (
    <tr
      ref={element}
      className={styles.row}
      tabIndex={tabStop ? 0 : -1}
      aria-selected={selected}
      onClick={onSelect}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
    >
      <td
        className={classes(styles.cell, styles.name)}
        title={row.name}
        data-long={row.name.length > maxNameLength || undefined}
      >
        {row.name}
      </td>
      <td className={classes(styles.cell, styles.state)}>
        <StateGlyph />
        <span data-part="state" />
        <UnusualWaitMark thread={row} />
      </td>
      <td className={classes(styles.cell, styles.waiting)}>
        <span data-part="object" className={styles.object} />{' '}
        <span data-part="operation" className={styles.operation} />
      </td>
      <td className={classes(styles.cell, styles.held)} data-part="held" />
      <td
        className={classes(styles.cell, styles.since)}
        onPointerEnter={(event) => explainRemaining(event.currentTarget)}
      >
        <span data-part="since" />
      </td>
    </tr>
  )
}
