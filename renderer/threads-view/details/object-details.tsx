import { useEffect } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { processTitle } from '../model/text-format.ts'
import type { ObjectKey } from '../model/threads-model.ts'
import { useAnalysisPaint } from '../painting/use-analysis-paint.ts'
import { CloseButton } from '../widgets/close-button.tsx'
import styles from './details-sections.module.css'
import { ObjectDetailsPainter } from './object-details-painter.ts'

interface ObjectDetailsProps {
  readonly object: ObjectKey
  /** `Queue commands`. */
  readonly label: string
  readonly onClose: () => void
}

const paintInterval = 100

const factTitles = () =>
  [
    ['value', m.threads_column_now()],
    ['holder', m.threads_column_held_by()],
    ['feeders', m.threads_object_fed_by()],
    ['contention', m.threads_object_contention()],
    ['waits', m.threads_object_waits()],
  ] as const

const percentileTitles = () =>
  [
    ['p50', m.threads_object_half()],
    ['p95', m.threads_object_p95()],
    ['p99', m.threads_object_p99()],
    ['maxDuration', m.threads_object_longest()],
  ] as const

/** Shows which thread holds an object, which threads wait for it and feed it, and how long threads waited. */
export function ObjectDetails({ object, label, onClose }: ObjectDetailsProps) {
  const element = useAnalysisPaint(
    object.process,
    paintInterval,
    (root: HTMLElement) => new ObjectDetailsPainter(root, object.id),
  )
  useEffect(() => {
    element.current?.scrollIntoView({ block: 'nearest' })
  }, [element])
  return (
    <section ref={element} className={styles.object} aria-label={label}>
      <header className={styles.header}>
        <h3>
          {label} <span className={styles.quiet}>{processTitle(object.process)}</span>
        </h3>
        <CloseButton name={m.threads_close_named({ name: label })} onClose={onClose} />
      </header>
      <dl className={styles.facts}>
        {factTitles().map(([name, term]) => (
          <div key={name} data-fact={name}>
            <dt data-part={`${name}-term`}>{term}</dt>
            <dd data-part={name} />
          </div>
        ))}
        {percentileTitles().map(([name, term]) => (
          <div key={name} data-fact={name}>
            <dt>{term}</dt>
            <dd data-part={name} />
          </div>
        ))}
      </dl>
      <h4>{m.threads_object_waiters()}</h4>
      <ol data-part="waiters" className={styles.waiters} />
      <p data-part="nobody" className={styles.quiet} />
    </section>
  )
}
