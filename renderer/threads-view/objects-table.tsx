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
  Ticket,
  TicketCheck,
} from 'lucide-react'
import { useCallback, useRef } from 'react'
import type { ObjectKind, ObjectView } from '../../shared/threading/view.ts'
import { type Paint, usePaint } from './frames.ts'
import { ObjectPainter } from './object-painter.ts'
import { processWords } from './threads-grid.tsx'
import { type ObjectKey, type ProcessGroup, processOf, type Scene } from './threads-model.ts'
import styles from './threads-panel.module.css'
import { objectName } from './words.ts'

interface ObjectsTableProps {
  readonly groups: readonly ProcessGroup[]
  readonly scene: () => Scene
}

const columns = ['Object', 'Now', 'Held by', 'Waiters'] as const

/** What memory says of every lock, queue, event and condition. */
export function ObjectsTable({ groups, scene }: ObjectsTableProps) {
  return (
    <table aria-label="Objects" className={styles.objects}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.process}>
          <tr className={styles.heading}>
            <th scope="rowgroup" colSpan={columns.length}>
              {processWords[group.process] ?? group.process}
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
      if (!element.current) return
      painter.current ??= new ObjectPainter(element.current, row)
      painter.current.paint(scene)
    },
    [row],
  )
  usePaint(paint)
  const Icon = kindIcons[object.kind]
  const name = objectName(object.name, object.id)
  return (
    <tr ref={element}>
      <th scope="row" title={`${object.kind} ${name}`}>
        <Icon size={12} aria-hidden="true" />
        <span className={styles.quiet}>{object.kind}</span> {name}
      </th>
      <td className={styles.value}>
        <span data-part="bar" className={object.depth === undefined ? undefined : styles.bar} />
        <span data-part="value" />
      </td>
      <td data-part="held" />
      <td data-part="waiters" />
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
}
