import { Maximize2, Minimize2, Pause, Play, X } from 'lucide-react'
import { useId, useSyncExternalStore } from 'react'
import { formatTimeOfDay } from '../model/text-format.ts'
import { useTimeline } from '../timeline/timeline-context.ts'
import { formatSpan } from '../timeline/viewport.ts'
import { Legend } from './legend.tsx'
import { spanChoices } from './span-choices.ts'
import styles from './toolbar.module.css'

/** Whether the panel fills the window, and how that is changed. */
export interface FullSize {
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}

interface ToolbarProps {
  readonly frozenAt: number | undefined
  /** Undefined where the panel has one size only. */
  readonly fullSize: FullSize | undefined
  readonly onClose: (() => void) | undefined
}

/** The panel's title, what its marks mean, how much time it shows, and whether it moves. */
export function Toolbar({ frozenAt, fullSize, onClose }: ToolbarProps) {
  const timeline = useTimeline()
  const frozen = frozenAt !== undefined
  return (
    <header className={styles.toolbar}>
      <h2>Threads</h2>
      <Legend />
      <span className={styles.frozen} role="status">
        {frozen && `Frozen at ${formatTimeOfDay(frozenAt)}`}
      </span>
      <SpanChoice />
      <button
        type="button"
        className={styles.freeze}
        onClick={() => (frozen ? timeline.follow() : timeline.freeze())}
      >
        {frozen ? <Play size={12} aria-hidden="true" /> : <Pause size={12} aria-hidden="true" />}
        {frozen ? 'Follow' : 'Freeze'}
      </button>
      {fullSize && (
        <button
          type="button"
          className={styles.icon}
          aria-label="Full size"
          aria-pressed={fullSize.on}
          title={fullSize.on ? 'Back to the dock (Esc)' : 'Full size'}
          onClick={() => fullSize.onChange(!fullSize.on)}
        >
          {fullSize.on ? (
            <Minimize2 size={16} aria-hidden="true" />
          ) : (
            <Maximize2 size={16} aria-hidden="true" />
          )}
        </button>
      )}
      {onClose && (
        <button type="button" className={styles.icon} aria-label="Close threads" onClick={onClose}>
          <X size={16} aria-hidden="true" />
        </button>
      )}
    </header>
  )
}

/** Lengths of time to choose from, and the present one where it is none of them. */
function SpanChoice() {
  const group = useId()
  const timeline = useTimeline()
  const { span } = useSyncExternalStore(timeline.subscribe, timeline.state)
  return (
    <>
      <output className={styles.span} aria-label="Time shown">
        {spanChoices.includes(span) ? '' : formatSpan(span)}
      </output>
      <fieldset className={styles.spans}>
        <legend>Time shown</legend>
        {spanChoices.map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name={group}
              checked={choice === span}
              onChange={() => timeline.setSpan(choice)}
            />
            {formatSpan(choice)}
          </label>
        ))}
      </fieldset>
    </>
  )
}
