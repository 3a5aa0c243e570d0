import { OctagonAlert, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useAnalysis, useFindings } from '../analysis/analysis-context.ts'
import type { DeadlockFinding } from '../analysis/findings.ts'
import { formatList } from '../analysis/reason-text.ts'
import type { ThreadKey } from '../model/threads-model.ts'
import { CloseButton } from '../widgets/close-button.tsx'
import { DeadlockDiagram } from './deadlock-diagram.tsx'
import styles from './warnings.module.css'

/** What ends a thread, undefined where it cannot be ended. */
type EndAction = (thread: ThreadKey) => (() => void) | undefined

/** Deadlocks over locks, each with its circle drawn, and threads that nobody can wake any more. */
export function Warnings({ endOf }: { readonly endOf: EndAction }) {
  const isLive = useAnalysis() !== undefined
  const { deadlocks, blockedForever: stuck } = useFindings()
  const [closed, setClosed] = useState<readonly string[]>([])
  const present = [...deadlocks, ...stuck].map(({ key }) => key)
  const stillClosed = closed.filter((key) => present.includes(key))
  // What comes back later, with the same threads and locks, is to be told again. A file that is shown ends nothing.
  if (isLive && stillClosed.length < closed.length) setClosed(stillClosed)
  const close = (key: string): void => setClosed([...closed, key])
  const isOpen = ({ key }: { key: string }) => !closed.includes(key)
  return (
    <div role="alert" className={styles.warnings}>
      {deadlocks.filter(isOpen).map((deadlock) => (
        <Deadlock key={deadlock.key} deadlock={deadlock} endOf={endOf} onClose={() => close(deadlock.key)} />
      ))}
      {stuck.filter(isOpen).map(({ key, message: sentence }) => (
        <p key={key} className={styles.stuck}>
          <TriangleAlert size={16} aria-hidden="true" />
          <span>{sentence}</span>
          <CloseButton name="Close warning" onClose={() => close(key)} />
        </p>
      ))}
    </div>
  )
}

interface DeadlockProps {
  readonly deadlock: DeadlockFinding
  readonly endOf: EndAction
  readonly onClose: () => void
}

function Deadlock({ deadlock, endOf, onClose }: DeadlockProps) {
  const { links } = deadlock
  const ends = links.flatMap(({ thread }) => {
    const end = endOf(thread)
    return end === undefined ? [] : [{ thread, end }]
  })
  return (
    <section className={styles.deadlock} aria-label="Deadlock">
      <div className={styles.told}>
        <h3>
          <OctagonAlert size={16} aria-hidden="true" />
          {headingOf(links.map(({ thread }) => thread.name))}
        </h3>
        <ul>
          {links.map(({ thread, lock }, index) => (
            <li key={thread.id}>
              {thread.name} waits for {lock}, held by {links[(index + 1) % links.length]?.thread.name}
            </li>
          ))}
        </ul>
        {ends.length > 0 && (
          <div className={styles.ends}>
            {ends.map(({ thread, end }) => (
              <EndButton key={thread.id} name={thread.name} onEnd={end} />
            ))}
            <span>frees its locks, so that the others go on</span>
          </div>
        )}
      </div>
      <DeadlockDiagram deadlock={deadlock} />
      <CloseButton name="Close warning" onClose={onClose} />
    </section>
  )
}

const headingOf = (names: readonly string[]): string =>
  names.length === 1
    ? `Deadlock: ${names[0]} waits for itself`
    : names.length > 3
      ? `Deadlock: ${names.length} threads wait for each other`
      : `Deadlock: ${formatList(names)} wait for each other`

function EndButton({ name, onEnd }: { readonly name: string; readonly onEnd: () => void }) {
  const [isEnding, setIsEnding] = useState(false)
  const end = (): void => {
    setIsEnding(true)
    onEnd()
  }
  return (
    <button type="button" disabled={isEnding} onClick={end}>
      {isEnding ? `Ending ${name}…` : `End ${name}`}
    </button>
  )
}
