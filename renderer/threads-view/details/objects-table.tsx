import type { ObjectKind, ObjectView } from '@skein/threading/inspect'
import {
  Activity,
  ArrowDownWideNarrow,
  BellRing,
  Fence,
  Flag,
  Layers,
  ListEnd,
  Lock,
  LockKeyhole,
  type LucideIcon,
  RefreshCw,
  SquareDot,
  Ticket,
  TicketCheck,
} from 'lucide-react'
import { type KeyboardEvent, useCallback, useRef, useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { classes } from '../../ui/utils/classes.ts'
import { objectName, processTitle } from '../model/text-format.ts'
import { findProcess, type ObjectKey, type ProcessGroup, type Scene } from '../model/threads-model.ts'
import { type Paint, usePaint } from '../painting/paint-scheduler.ts'
import { ObjectRowPainter } from './object-row-painter.ts'
import styles from './objects-table.module.css'

interface ObjectsTableProps {
  readonly groups: readonly ProcessGroup[]
  readonly scene: () => Scene
  /** The object whose details are shown. */
  readonly selected: ObjectKey | undefined
  readonly onSelect: (object: ObjectKey | undefined) => void
}

const columnTitles = (): readonly string[] => [
  m.threads_column_object(),
  m.threads_column_now(),
  m.threads_column_waiters(),
]

/** The maximum length of kind and name together that fits the first column. */
const maxNameLength = 15

const objectRowKey = ({ process, id }: ObjectKey): string => `${process} ${id}`

/** The present value of every object. A click on a row opens its details. */
export function ObjectsTable({ groups, scene, selected, onSelect }: ObjectsTableProps) {
  const keys = groups.flatMap(({ objects }) => objects.map(objectRowKey))
  const [focused, setFocused] = useState('')
  const tabStop = keys.includes(focused) ? focused : keys[0]
  const selectedKey = selected && objectRowKey(selected)
  return (
    <table aria-label={m.threads_objects()} className={styles.objects} onKeyDown={moveFocus}>
      <thead>
        <tr>
          {columnTitles().map((column) => (
            <th key={column} scope="col" className={classes(styles.cell, styles.column)}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.process}>
          <tr>
            <th scope="rowgroup" colSpan={3} className={styles.heading}>
              {processTitle(group.process)}
              {group.objects.length === 0 && <span>: {m.threads_process_without_objects()}</span>}
            </th>
          </tr>
          {group.objects.map((key) => {
            const object = findProcess(scene(), key.process)?.object(key.id)
            if (!object) return undefined
            const isSelected = objectRowKey(key) === selectedKey
            return (
              <ObjectRow
                key={key.id}
                row={key}
                object={object}
                selected={isSelected}
                tabStop={objectRowKey(key) === tabStop}
                onSelect={() => onSelect(isSelected ? undefined : key)}
                onFocus={() => setFocused(objectRowKey(key))}
              />
            )
          })}
        </tbody>
      ))}
    </table>
  )
}

interface ObjectRowProps {
  readonly row: ObjectKey
  readonly object: ObjectView
  readonly selected: boolean
  /** Whether this row is the tab stop of the table. */
  readonly tabStop: boolean
  readonly onSelect: () => void
  readonly onFocus: () => void
}

function ObjectRow({ row, object, selected, tabStop, onSelect, onFocus }: ObjectRowProps) {
  const element = useRef<HTMLTableRowElement>(null)
  const painter = useRef<ObjectRowPainter>(undefined)
  const paint = useCallback<Paint>(
    (scene) => {
      if (!element.current) return undefined
      painter.current ??= new ObjectRowPainter(element.current, row)
      painter.current.paint(scene)
      return undefined
    },
    [row],
  )
  usePaint(paint)
  const Icon = kindIcons[object.kind]
  const name = objectName(object.name, object.id)
  return (
    <tr ref={element} className={styles.row} data-selected={selected} onClick={onSelect}>
      <th scope="row" className={styles.cell} title={`${object.kind} ${name}`}>
        <button
          type="button"
          className={styles.open}
          data-long={object.kind.length + name.length > maxNameLength || undefined}
          aria-expanded={selected}
          tabIndex={tabStop ? 0 : -1}
          onFocus={onFocus}
        >
          <Icon size={12} aria-hidden="true" />
          <span className={styles.kind}>{object.kind}</span> {name}
        </button>
      </th>
      <td className={styles.cell}>
        {object.depth !== undefined && <span data-part="bar" className={styles.bar} />}
        {object.flag !== undefined && <span className={styles.flag} />}
        <span data-part="value" />
      </td>
      <td data-part="waiters" className={styles.cell} />
    </tr>
  )
}

/** Moves the focus between the objects with Up, Down, Home and End. */
function moveFocus(event: KeyboardEvent<HTMLTableElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('tbody button')]
  const index = buttons.indexOf(event.target as HTMLElement)
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: Math.min(index + 1, buttons.length - 1),
    ArrowUp: Math.max(index - 1, 0),
    Home: 0,
    End: buttons.length - 1,
  }
  const to = targets[event.key]
  if (index < 0 || to === undefined) return
  buttons[to]?.focus()
  // Keeps the key from the window's own shortcuts.
  event.preventDefault()
  event.stopPropagation()
}

const kindIcons: Readonly<Record<ObjectKind, LucideIcon>> = {
  Lock,
  RLock: LockKeyhole,
  Condition: BellRing,
  Semaphore: Ticket,
  BoundedSemaphore: TicketCheck,
  Event: Flag,
  Barrier: Fence,
  Queue: ListEnd,
  LifoQueue: Layers,
  PriorityQueue: ArrowDownWideNarrow,
  RingBuffer: RefreshCw,
  Thread: Activity,
  Cell: SquareDot,
}
