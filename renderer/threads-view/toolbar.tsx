import { Pause, Play, X } from 'lucide-react'
import { useId } from 'react'
import { Legend } from './legend.tsx'
import { MissedEvents } from './missed-events.tsx'
import { type Span, spans, spanWords } from './spans.ts'
import styles from './toolbar.module.css'
import { timeOfDay } from './words.ts'

interface ToolbarProps {
  readonly span: Span
  readonly onSpan: (span: Span) => void
  readonly frozenAt: number | undefined
  readonly onFreeze: () => void
  readonly onFollow: () => void
  readonly onClose: (() => void) | undefined
}

/** The panel's title, what its marks mean, how much time it shows, and whether it moves. */
export function Toolbar({ span, onSpan, frozenAt, onFreeze, onFollow, onClose }: ToolbarProps) {
  const group = useId()
  const frozen = frozenAt !== undefined
  return (
    <header className={styles.toolbar}>
      <h2>Threads</h2>
      <Legend />
      <MissedEvents />
      <span className={styles.frozen} role="status">
        {frozen && `Frozen at ${timeOfDay(frozenAt)}`}
      </span>
      <fieldset className={styles.spans}>
        <legend>Time shown</legend>
        {spans.map((choice) => (
          <label key={choice.ms}>
            <input type="radio" name={group} checked={choice === span} onChange={() => onSpan(choice)} />
            {spanWords(choice)}
          </label>
        ))}
      </fieldset>
      <button type="button" className={styles.freeze} onClick={frozen ? onFollow : onFreeze}>
        {frozen ? <Play size={12} aria-hidden="true" /> : <Pause size={12} aria-hidden="true" />}
        {frozen ? 'Follow' : 'Freeze'}
      </button>
      {onClose && (
        <button type="button" className={styles.icon} aria-label="Close threads" onClick={onClose}>
          <X size={16} aria-hidden="true" />
        </button>
      )}
    </header>
  )
}
