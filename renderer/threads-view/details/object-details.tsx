import { useEffect } from 'react'
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

const facts = [
  ['value', 'Now'],
  ['holder', 'Held by'],
  ['feeders', 'Fed by'],
  ['contention', 'Had to wait'],
  ['waits', 'Waits'],
] as const

const percentiles = [
  ['p50', 'Half within'],
  ['p95', '95 % within'],
  ['p99', '99 % within'],
  ['maxDuration', 'Longest'],
] as const

/** Who holds one object, who waits for it, who feeds it, and how long threads waited. */
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
        <CloseButton name={`Close ${label}`} onClose={onClose} />
      </header>
      <dl className={styles.facts}>
        {facts.map(([name, term]) => (
          <div key={name} data-fact={name}>
            <dt data-part={`${name}-term`}>{term}</dt>
            <dd data-part={name} />
          </div>
        ))}
        {percentiles.map(([name, term]) => (
          <div key={name} data-fact={name}>
            <dt>{term}</dt>
            <dd data-part={name} />
          </div>
        ))}
      </dl>
      <h4>Waiters, first come first</h4>
      <ol data-part="waiters" className={styles.waiters} />
      <p data-part="nobody" className={styles.quiet} />
    </section>
  )
}
