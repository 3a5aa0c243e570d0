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
  SquareDot,
  Ticket,
  TicketCheck,
} from 'lucide-react'
import { useCallback, useRef } from 'react'
import type { ObjectKind, ObjectView } from '../../shared/threading/view.ts'
import { classes } from '../ui/classes.ts'
import { type Paint, usePaint } from './frames.ts'
import { ObjectPainter } from './object-painter.ts'
import styles from './objects-table.module.css'
import { type ObjectKey, type ProcessGroup, processOf, type Scene } from './threads-model.ts'
import { objectName, processWord } from './words.ts'

interface ObjectsTableProps {
  readonly groups: readonly ProcessGroup[]
  readonly scene: () => Scene
}

const columns = ['Object', 'Now', 'Waiters'] as const

/** What memory says of every lock, queue, event and condition. */
export function ObjectsTable({ groups, scene }: ObjectsTableProps) {
  return (
    <table aria-label="Objects" className={styles.objects}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" className={classes(styles.cell, styles.column)}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.process}>
          <tr>
            <th scope="rowgroup" colSpan={columns.length} className={styles.heading}>
              {processWord(group.process)}
              {group.objects.length === 0 && <span> has told no objects</span>}
            </th>
          </tr>
          {group.objects.map((key) => {
            const object = processOf(scene(), key.process)?.object(key.id)
            return object && <ObjectRow key={key.id} row={key} object={object} />
          })}
        </tbody>
      ))}
    </table>
  )
}

function ObjectRow({ row, object }: { row: ObjectKey; object: ObjectView }) {
  const element = useRef<HTMLTableRowElement>(null)
  const painter = useRef<ObjectPainter>(undefined)
  const paint = useCallback<Paint>(
    (scene) => {
      if (!element.current) return undefined
      painter.current ??= new ObjectPainter(element.current, row)
      painter.current.paint(scene)
      return undefined
    },
    [row],
  )
  usePaint(paint)
  const Icon = kindIcons[object.kind]
  const name = objectName(object.name, object.id)
  return (
    <tr ref={element}>
      <th scope="row" className={styles.cell} title={`${object.kind} ${name}`}>
        <Icon size={12} aria-hidden="true" />
        <span className={styles.kind}>{object.kind}</span> {name}
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
  Thread: Activity,
  Cell: SquareDot,
}
