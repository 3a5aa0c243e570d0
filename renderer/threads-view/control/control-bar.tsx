import { Pause, Play, StepForward } from 'lucide-react'
import { m } from '../../../shared/i18n/messages.js'
import styles from './control-bar.module.css'
import { slowdownFactors } from './thread-controls.ts'
import type { ThreadControl } from './use-thread-control.ts'

interface ControlBarProps {
  readonly control: ThreadControl
  /** The selected thread's name; undefined if all threads are controlled. */
  readonly thread: string | undefined
}

/** Pauses, steps and resumes the selected thread or all threads, each before its next operation. */
export function ControlBar({ control: { state, send }, thread }: ControlBarProps) {
  const name = thread ?? m.threads_control_all()
  const toggleName = state.paused ? m.threads_control_resume({ name }) : m.threads_control_pause({ name })
  const stepName = m.threads_control_step({ name })
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons, not fields
    <div role="group" aria-label={m.threads_control()} className={styles.bar}>
      <button
        type="button"
        className={styles.button}
        aria-label={toggleName}
        title={toggleName}
        disabled={state.count === 0}
        onClick={() => send({ kind: state.paused ? 'resume' : 'pause' })}
      >
        {state.paused ? <Play size={12} aria-hidden="true" /> : <Pause size={12} aria-hidden="true" />}
        <span className={styles.label}>{toggleName}</span>
      </button>
      <button
        type="button"
        className={styles.button}
        aria-label={stepName}
        title={stepName}
        disabled={!state.paused}
        onClick={() => send({ kind: 'step' })}
      >
        <StepForward size={12} aria-hidden="true" />
      </button>
    </div>
  )
}

/** Sets how many times slower threads run: ×1 is full speed. */
export function SlowMotion({ control: { state, send } }: Pick<ControlBarProps, 'control'>) {
  const { slowness } = state
  const index = slowdownFactors.findLastIndex((factor) => factor <= (slowness ?? 1))
  return (
    <label className={styles.slow}>
      {m.threads_slow_motion()}
      <input
        type="range"
        min={0}
        max={slowdownFactors.length - 1}
        step={1}
        value={index}
        disabled={state.count === 0}
        aria-valuetext={
          slowness === undefined
            ? m.threads_slow_motion_mixed_spoken()
            : m.threads_slow_motion_spoken({ factor: slowness })
        }
        onChange={(event) =>
          send({ kind: 'slow', factor: slowdownFactors[Number(event.currentTarget.value)] ?? 1 })
        }
        onKeyDown={(event) => event.stopPropagation()}
      />
      <output className={styles.factor}>
        {slowness === undefined ? m.threads_slow_motion_mixed() : `×${slowness}`}
      </output>
    </label>
  )
}
