import { useCallback, useRef } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import type { ThreadsModel } from '../model/threads-model.ts'
import { type Paint, usePaint } from '../painting/paint-scheduler.ts'
import { TextCell } from '../painting/text-cell.ts'
import styles from './cost-readout.module.css'

/** Milliseconds between two updates. A number that changes more often cannot be read. */
const readingInterval = 1000

/** Shows the cost of sampling, recording and painting, and how much the recording lacks. */
export function CostReadout({ model }: { readonly model: ThreadsModel }) {
  const element = useRef<HTMLSpanElement>(null)
  const cell = useRef<TextCell>(undefined)
  const readAt = useRef(Number.NEGATIVE_INFINITY)
  const paint = useCallback<Paint>(() => {
    const now = performance.now()
    if (!element.current || now - readAt.current < readingInterval) return undefined
    readAt.current = now
    cell.current ??= new TextCell(element.current)
    const { short, long } = costTexts(model, now)
    cell.current.setWithTitle(short, long)
    return undefined
  }, [model])
  usePaint(paint)
  return <span ref={element} className={styles.cost} />
}

/** Returns the text of the line, and its title. */
export function costTexts(
  model: ThreadsModel,
  now: number,
): { readonly short: string; readonly long: string } {
  const { processes } = model.live()
  const share = model.cost.share(now)
  const bytes = processes.reduce((sum, process) => sum + process.bytes, 0)
  const dropped = processes.reduce(
    (sum, { dropped: lost, recording }) => sum + lost + recording.events.dropped,
    0,
  )
  const unmarked = processes.reduce((sum, { recording }) => sum + recording.unrecordedCount, 0)
  const parts = [
    share === undefined ? '' : m.threads_cost_share({ share: formatPercent(share) }),
    formatMegabytes(bytes),
    dropped === 0 ? '' : m.threads_cost_missed({ count: dropped }),
    unmarked === 0 ? '' : m.threads_cost_unrecorded({ count: unmarked }),
  ]
  return {
    short: parts.filter((part) => part !== '').join(' · '),
    long: [
      m.threads_cost_title(),
      m.threads_cost_title_missed({ count: dropped }),
      m.threads_cost_title_unrecorded({ count: unmarked }),
    ].join(' '),
  }
}

const formatPercent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`
const formatMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
