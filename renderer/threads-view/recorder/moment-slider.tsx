import type { KeyboardEvent } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { maxHistorySpan } from '../model/process-model.ts'
import { formatDuration, formatTimeOfDay } from '../model/text-format.ts'
import type { Layout, ThreadsModel } from '../model/threads-model.ts'
import styles from './recorder-bar.module.css'

/** Milliseconds that a key moves, alone and with Shift. */
const keyStep = 100
const longKeyStep = 1000

interface MomentSliderProps {
  readonly model: ThreadsModel
  readonly layout: Layout
}

/** Which moment is shown: from the oldest that is recorded to the present one, or to the last of a file. */
export function MomentSlider({ model, layout: { frozenAt, range, trace } }: MomentSliderProps) {
  const back = range === undefined || frozenAt === undefined ? 0 : Math.round(frozenAt - range.to)
  const oldest = range === undefined ? -maxHistorySpan : Math.floor(range.from - range.to)

  const moveTo = (wanted: number): void => {
    const newest = range?.to ?? model.scene().at
    if (wanted < 0 || range !== undefined) model.moveTo(newest + Math.max(oldest, Math.min(0, wanted)))
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const wanted = targetFor(event, back, oldest)
    if (wanted === undefined) return
    event.preventDefault()
    event.stopPropagation()
    moveTo(wanted)
  }

  return (
    <label className={styles.moment}>
      {m.threads_moment()}
      <input
        type="range"
        min={oldest}
        max={0}
        step={1}
        value={back}
        aria-valuetext={spokenText(frozenAt, back, trace)}
        onChange={(event) => moveTo(Number(event.currentTarget.value))}
        onKeyDown={onKeyDown}
      />
      <output className={styles.back}>{shownText(frozenAt, back)}</output>
    </label>
  )
}

/** Where a key leads; undefined for other keys. */
function targetFor({ key, shiftKey }: KeyboardEvent, back: number, oldest: number): number | undefined {
  const length = shiftKey ? longKeyStep : keyStep
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return back - length
    case 'ArrowRight':
    case 'ArrowUp':
      return back + length
    case 'PageDown':
      return back - 10 * longKeyStep
    case 'PageUp':
      return back + 10 * longKeyStep
    case 'Home':
      return oldest
    case 'End':
      return 0
    default:
      return undefined
  }
}

function shownText(frozenAt: number | undefined, back: number): string {
  if (frozenAt === undefined) return 'now'
  return `${back > -50 ? '' : '−'}${(-back / 1000).toFixed(1)} s`
}

function spokenText(frozenAt: number | undefined, back: number, trace: string | undefined): string {
  if (frozenAt === undefined) return 'now'
  const from = trace === undefined ? 'before it was held' : 'before its end'
  return back === 0
    ? formatTimeOfDay(frozenAt)
    : `${formatTimeOfDay(frozenAt)}, ${formatDuration(-back)} ${from}`
}
