import { Maximize2, Minimize2, Pause, Play, X } from 'lucide-react'
import { useId, useSyncExternalStore } from 'react'
import { Legend } from './legend.tsx'
import { spans } from './spans.ts'
import { useTimeline } from './timeline/timeline-context.ts'
import { spanWords } from './timeline/viewport.ts'
import styles from './toolbar.module.css'
import { timeOfDay } from './words.ts'

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
        {frozen && `Frozen at ${timeOfDay(frozenAt)}`}
      </span>
      <Spans />
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
function Spans() {
  const group = useId()
  const timeline = useTimeline()
  const { span } = useSyncExternalStore(timeline.subscribe, timeline.state)
  return (
    <>
      <output className={styles.span} aria-label="Time shown">
        {spans.includes(span) ? '' : spanWords(span)}
      </output>
      <fieldset className={styles.spans}>
        <legend>Time shown</legend>
        {spans.map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name={group}
              checked={choice === span}
              onChange={() => timeline.setSpan(choice)}
            />
            {spanWords(choice)}
          </label>
        ))}
      </fieldset>
    </>
  )
}
