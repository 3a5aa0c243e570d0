import { OctagonAlert, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { useAnalysis, useFindings } from '../analysis/analysis-context.ts'
import type { DeadlockFinding } from '../analysis/findings.ts'
import { formatList } from '../analysis/reason-text.ts'
import type { ThreadKey } from '../model/threads-model.ts'
import { CloseButton } from '../widgets/close-button.tsx'
import { DeadlockDiagram, describeLink } from './deadlock-diagram.tsx'
import styles from './warnings.module.css'

/** Returns a function that ends the thread; undefined if it cannot be ended. */
type EndAction = (thread: ThreadKey) => (() => void) | undefined

/** Shows deadlocks with a diagram of the cycle, and threads that are blocked forever. */
export function Warnings({ endOf }: { readonly endOf: EndAction }) {
  const isLive = useAnalysis() !== undefined
  const { deadlocks, blockedForever } = useFindings()
  const [closed, setClosed] = useState<readonly string[]>([])
  const currentKeys = [...deadlocks, ...blockedForever].map(({ key }) => key)
  const stillClosed = closed.filter((key) => currentKeys.includes(key))
  // A closed warning is shown again if it ends and occurs again. In a trace file no warning ends.
  if (isLive && stillClosed.length < closed.length) setClosed(stillClosed)
  const close = (key: string): void => setClosed([...closed, key])
  const isOpen = ({ key }: { key: string }) => !closed.includes(key)
  return (
    <div role="alert" className={styles.warnings}>
      {deadlocks.filter(isOpen).map((deadlock) => (
        <Deadlock key={deadlock.key} deadlock={deadlock} endOf={endOf} onClose={() => close(deadlock.key)} />
      ))}
      {blockedForever.filter(isOpen).map(({ key, message }) => (
        <p key={key} className={styles.stuck}>
          <TriangleAlert size={16} aria-hidden="true" />
          <span>{message}</span>
          <CloseButton name={m.threads_warning_close()} onClose={() => close(key)} />
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
    <section className={styles.deadlock} aria-label={m.threads_deadlock()}>
      <div className={styles.description}>
        <h3>
          <OctagonAlert size={16} aria-hidden="true" />
          {headingOf(links.map(({ thread }) => thread.name))}
        </h3>
        <ul>
          {links.map(({ thread }, index) => (
            <li key={thread.id}>{describeLink(links, index)}</li>
          ))}
        </ul>
        {ends.length > 0 && (
          <div className={styles.ends}>
            {ends.map(({ thread, end }) => (
              <EndButton key={thread.id} name={thread.name} onEnd={end} />
            ))}
            <span>{m.threads_deadlock_end_note()}</span>
          </div>
        )}
      </div>
      <DeadlockDiagram deadlock={deadlock} />
      <CloseButton name={m.threads_warning_close()} onClose={onClose} />
    </section>
  )
}

const headingOf = (names: readonly string[]): string =>
  names.length === 1
    ? m.threads_deadlock_self({ name: names[0] ?? '' })
    : names.length > 3
      ? m.threads_deadlock_many({ count: names.length })
      : m.threads_deadlock_names({ names: formatList(names) })

function EndButton({ name, onEnd }: { readonly name: string; readonly onEnd: () => void }) {
  const [isEnding, setIsEnding] = useState(false)
  const end = (): void => {
    setIsEnding(true)
    onEnd()
  }
  return (
    <button type="button" disabled={isEnding} onClick={end}>
      {isEnding ? m.threads_deadlock_ending({ name }) : m.threads_deadlock_end({ name })}
    </button>
  )
}
