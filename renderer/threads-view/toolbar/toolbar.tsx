import { Maximize2, Minimize2, Pause, Play, X } from 'lucide-react'
import { type ReactNode, useId, useSyncExternalStore } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { formatTimeOfDay } from '../model/text-format.ts'
import { useTimeline } from '../timeline/timeline-context.ts'
import { formatSpan } from '../timeline/viewport.ts'
import { Legend } from './legend.tsx'
import { spanChoices } from './span-choices.ts'
import styles from './toolbar.module.css'

/** Whether the panel has its full size, and how to change that. */
export interface FullSize {
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}

interface ToolbarProps {
  readonly frozenAt: number | undefined
  /** Undefined if the panel has only one size. */
  readonly fullSize: FullSize | undefined
  readonly onClose: (() => void) | undefined
  readonly control: ReactNode
  readonly filters: ReactNode
  readonly menu: ReactNode
}

/** The panel's only toolbar. Its menu contains what is rarely needed. */
export function Toolbar({ frozenAt, fullSize, onClose, control, filters, menu }: ToolbarProps) {
  return (
    <header className={styles.toolbar}>
      <h2>{m.common_threads()}</h2>
      <Legend />
      {control}
      {filters}
      <span className={styles.frozen} role="status">
        {frozenAt !== undefined && m.threads_frozen_at({ time: formatTimeOfDay(frozenAt) })}
      </span>
      <SpanChoice />
      <FreezeButton frozen={frozenAt !== undefined} />
      {menu}
      {fullSize && <FullSizeButton fullSize={fullSize} />}
      {onClose && (
        <button
          type="button"
          className={styles.icon}
          aria-label={m.threads_close()}
          title={m.threads_close()}
          onClick={onClose}
        >
          <X size={16} aria-hidden="true" />
        </button>
      )}
    </header>
  )
}

function FreezeButton({ frozen }: { readonly frozen: boolean }) {
  const timeline = useTimeline()
  return (
    <button
      type="button"
      className={styles.freeze}
      onClick={() => (frozen ? timeline.follow() : timeline.freeze())}
    >
      {frozen ? <Play size={12} aria-hidden="true" /> : <Pause size={12} aria-hidden="true" />}
      {frozen ? m.threads_follow() : m.threads_freeze()}
    </button>
  )
}

function FullSizeButton({ fullSize: { on, onChange } }: { readonly fullSize: FullSize }) {
  const Icon = on ? Minimize2 : Maximize2
  return (
    <button
      type="button"
      className={styles.icon}
      aria-label={m.threads_full_size()}
      aria-pressed={on}
      title={on ? m.threads_full_size_leave() : m.threads_full_size()}
      onClick={() => onChange(!on)}
    >
      <Icon size={16} aria-hidden="true" />
    </button>
  )
}

/** The choice of time spans, and the present span if it is not among them. */
function SpanChoice() {
  const group = useId()
  const timeline = useTimeline()
  const { span } = useSyncExternalStore(timeline.subscribe, timeline.state)
  return (
    <>
      <output className={styles.span} aria-label={m.threads_time_shown()}>
        {spanChoices.includes(span) ? '' : formatSpan(span)}
      </output>
      <fieldset className={styles.spans}>
        <legend>{m.threads_time_shown()}</legend>
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
