import { useId } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import type { DeadlockFinding } from '../analysis/findings.ts'
import { type Arrow, boxSize, circleLayout, type Label, lineHeight, type Point } from './circle-layout.ts'
import styles from './warnings.module.css'

/**
 * The cycle of a deadlock: threads as boxes, with the lock that the next thread holds on the arrow between
 * them.
 */
export function DeadlockDiagram({ deadlock: { links } }: { readonly deadlock: DeadlockFinding }) {
  const head = useId()
  const { width, height, boxes, arrows } = circleLayout(links.length)
  return (
    <svg
      className={styles.picture}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      role="img"
      aria-label={describeCycle(links)}
    >
      <defs>
        <marker id={head} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
          <path className={styles.head} d="M0 0L8 4L0 8z" />
        </marker>
      </defs>
      {arrows.map((arrow, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the links of a cycle do not move
        <path key={index} className={styles.arrow} d={pathData(arrow)} markerEnd={`url(#${head})`} />
      ))}
      {links.map(({ thread }, index) => (
        <Box key={thread.id} at={boxes[index]} name={thread.name} />
      ))}
      {links.map(({ thread, lock }, index) => (
        <LockLabel key={thread.id} at={arrows[index]?.label} lock={lock} />
      ))}
    </svg>
  )
}

const describeCycle = (links: DeadlockFinding['links']): string =>
  links.map((_, index) => describeLink(links, index)).join('; ')

/** `one waits for Lock a, held by two`. */
export function describeLink(links: DeadlockFinding['links'], index: number): string {
  const link = links[index]
  const holder = links[(index + 1) % links.length]?.thread.name ?? ''
  return link === undefined
    ? ''
    : m.threads_deadlock_link({ thread: link.thread.name, lock: link.lock, holder })
}

const pathData = ({ points }: Arrow): string =>
  `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`

function Box({ at, name }: { readonly at: Point | undefined; readonly name: string }) {
  if (!at) return null
  return (
    <g>
      <rect
        className={styles.box}
        x={at.x - boxSize.width / 2}
        y={at.y - boxSize.height / 2}
        width={boxSize.width}
        height={boxSize.height}
        rx="6"
      />
      <text className={styles.name} x={at.x} y={at.y + 4}>
        {truncate(name)}
      </text>
    </g>
  )
}

function LockLabel({ at, lock }: { readonly at: Label | undefined; readonly lock: string }) {
  if (!at) return null
  return (
    <text className={styles.label} x={at.x} y={at.y} textAnchor={at.anchor}>
      <tspan className={styles.word}>{m.threads_waits_for()} </tspan>
      <tspan>{truncate(lock)}</tspan>
      <tspan x={at.x} dy={lineHeight} className={styles.word}>
        {m.threads_held_by()}
      </tspan>
    </text>
  )
}

/** Shortens a name to the size of a box. The full name is in the text beside the diagram. */
const truncate = (text: string): string => (text.length > 16 ? `${text.slice(0, 15)}…` : text)
