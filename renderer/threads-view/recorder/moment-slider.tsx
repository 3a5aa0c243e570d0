import type { KeyboardEvent } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { maxHistorySpan } from '../model/process-model.ts'
import { formatDuration, formatTimeOfDay } from '../model/text-format.ts'
import type { Layout, ThreadsModel } from '../model/threads-model.ts'
import styles from './recorder-bar.module.css'

/** Milliseconds per key press, alone and with Shift. */
const keyStep = 100
const longKeyStep = 1000

interface MomentSliderProps {
  readonly model: ThreadsModel
  readonly layout: Layout
}

/** Selects the moment to show: from the oldest recorded one to the present, or to the end of a trace file. */
export function MomentSlider({ model, layout: { frozenAt, range, trace } }: MomentSliderProps) {
  const offset = range === undefined || frozenAt === undefined ? 0 : Math.round(frozenAt - range.to)
  const oldest = range === undefined ? -maxHistorySpan : Math.floor(range.from - range.to)

  const moveTo = (target: number): void => {
    const newest = range?.to ?? model.scene().at
    if (target < 0 || range !== undefined) model.moveTo(newest + Math.max(oldest, Math.min(0, target)))
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const target = targetFor(event, offset, oldest)
    if (target === undefined) return
    event.preventDefault()
    event.stopPropagation()
    moveTo(target)
  }

  return (
    <label className={styles.moment}>
      {m.threads_moment()}
      <input
        type="range"
        min={oldest}
        max={0}
        step={1}
        value={offset}
        aria-valuetext={spokenText(frozenAt, offset, trace)}
        onChange={(event) => moveTo(Number(event.currentTarget.value))}
        onKeyDown={onKeyDown}
      />
      <output className={styles.back}>{shownText(frozenAt, offset)}</output>
    </label>
  )
}

/** Returns the position that a key leads to; undefined for other keys. */
function targetFor({ key, shiftKey }: KeyboardEvent, offset: number, oldest: number): number | undefined {
  const step = shiftKey ? longKeyStep : keyStep
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return offset - step
    case 'ArrowRight':
    case 'ArrowUp':
      return offset + step
    case 'PageDown':
      return offset - 10 * longKeyStep
    case 'PageUp':
      return offset + 10 * longKeyStep
    case 'Home':
      return oldest
    case 'End':
      return 0
    default:
      return undefined
  }
}

function shownText(frozenAt: number | undefined, offset: number): string {
  if (frozenAt === undefined) return m.threads_moment_now()
  return `${offset > -50 ? '' : '−'}${(-offset / 1000).toFixed(1)} s`
}

function spokenText(frozenAt: number | undefined, offset: number, trace: string | undefined): string {
  if (frozenAt === undefined) return m.threads_moment_now()
  const time = formatTimeOfDay(frozenAt)
  if (offset === 0) return time
  const duration = formatDuration(-offset)
  return trace === undefined
    ? m.threads_moment_before_freeze({ time, duration })
    : m.threads_moment_before_end({ time, duration })
}
