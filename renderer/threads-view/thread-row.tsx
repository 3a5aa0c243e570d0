import { type KeyboardEvent, useCallback, useRef } from 'react'
import { classes } from '../ui/classes.ts'
import { UnusualMark } from './analysis/unusual-mark.tsx'
import type { Paint } from './frames.ts'
import { usePaint } from './frames.ts'
import { RowPainter } from './row-painter.ts'
import { StateGlyph } from './state-glyph.tsx'
import { remainingTitle } from './thread-facts.ts'
import styles from './threads-grid.module.css'
import { processOf, type Scene, type ThreadKey } from './threads-model.ts'

interface ThreadRowProps {
  readonly row: ThreadKey
  readonly selected: boolean
  /** Whether Tab comes to this row. */
  readonly tabStop: boolean
  readonly scene: () => Scene
  readonly onSelect: () => void
  readonly onFocus: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** One thread on one line. React writes its name; the other cells are painted. */
export function ThreadRow(props: ThreadRowProps) {
  const { row, selected, tabStop, scene, onSelect, onFocus, onKeyDown } = props
  const element = useRef<HTMLTableRowElement>(null)
  const painter = useRef<RowPainter>(undefined)
  const paint = useCallback<Paint>(
    (now) => {
      if (!element.current) return undefined
      painter.current ??= new RowPainter(element.current, row)
      painter.current.paint(now)
      return undefined
    },
    [row],
  )
  usePaint(paint)

  const explainRemaining = (target: HTMLElement): void => {
    const process = processOf(scene(), row.process)
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
      <td className={classes(styles.cell, styles.name)} title={row.name}>
        {row.name}
      </td>
      <td className={classes(styles.cell, styles.state)}>
        <StateGlyph />
        <span data-part="state" />
        <UnusualMark thread={row} />
      </td>
      <td className={classes(styles.cell, styles.waiting)}>
        <span data-part="object" className={styles.object} />{' '}
        <span data-part="operation" className={styles.operation} />
      </td>
      <td className={classes(styles.cell, styles.held)} data-part="held" />
      <td
        className={classes(styles.cell, styles.since)}
        data-part="since"
        onPointerEnter={(event) => explainRemaining(event.currentTarget)}
      />
    </tr>
  )
}
