import { useCallback, useEffect, useRef, useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { processTitle } from '../model/text-format.ts'
import type { ThreadKey } from '../model/threads-model.ts'
import { type Paint, usePaint } from '../painting/paint-scheduler.ts'
import { CloseButton } from '../widgets/close-button.tsx'
import { OperationsTable } from './operations-table.tsx'
import { StateShares } from './state-shares.tsx'
import styles from './thread-details.module.css'
import { listedChanges, ThreadDetailsPainter } from './thread-details-painter.ts'
import { WhySection } from './why-section.tsx'

interface ThreadDetailsProps {
  readonly thread: ThreadKey
  /** Ends the thread; undefined if it cannot be replaced. */
  readonly onEnd: (() => void) | undefined
  readonly onClose: () => void
}

const factTitles = () =>
  [
    ['waiting', m.threads_column_waiting_on()],
    ['held', m.threads_column_held_by()],
    ['ends', m.threads_details_ends_in()],
    ['holds', m.threads_details_holds()],
    ['woken', m.threads_details_woken_by()],
  ] as const

const changeLines = Array.from({ length: listedChanges }, (_, index) => index)

/** Shows what a thread holds, which thread woke it, and its last changes and operations. */
export function ThreadDetails({ thread, onEnd, onClose }: ThreadDetailsProps) {
  const element = useRef<HTMLElement>(null)
  const painter = useRef<ThreadDetailsPainter>(undefined)
  const paint = useCallback<Paint>(
    (scene) => {
      if (!element.current) return undefined
      painter.current ??= new ThreadDetailsPainter(element.current, thread)
      painter.current.paint(scene)
      return undefined
    },
    [thread],
  )
  usePaint(paint)
  // In a narrow panel the details are below the rows, outside the visible area.
  useEffect(() => {
    element.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const [isEnding, setIsEnding] = useState(false)
  const end = (): void => {
    setIsEnding(true)
    onEnd?.()
  }

  return (
    <section
      ref={element}
      className={styles.details}
      aria-label={m.threads_details_thread({ name: thread.name })}
    >
      <header className={styles.header}>
        <h3>
          {thread.name} <span className={styles.quiet}>{processTitle(thread.process)}</span>
        </h3>
        <CloseButton name={m.threads_details_close()} onClose={onClose} />
      </header>
      <p data-part="error" className={styles.error} />
      <WhySection thread={thread} />
      <dl className={styles.facts}>
        {factTitles().map(([name, label]) => (
          <div key={name} data-fact={name}>
            <dt>{label}</dt>
            <dd data-part={name} />
          </div>
        ))}
      </dl>
      {onEnd && (
        <div className={styles.end}>
          <button type="button" disabled={isEnding} onClick={end}>
            {isEnding ? m.threads_ending() : m.threads_end_thread()}
          </button>
          <span>{m.threads_end_thread_note()}</span>
        </div>
      )}
      <h4>{m.threads_details_changes()}</h4>
      <ol data-part="changes" className={styles.changes}>
        {changeLines.map((line) => (
          <li key={line} hidden>
            <time data-part="at" />
            <span data-part="state" />
            <span data-part="lasted" />
            <span data-part="cause" className={styles.cause} />
          </li>
        ))}
      </ol>
      <StateShares thread={thread} />
      <OperationsTable thread={thread} />
    </section>
  )
}
