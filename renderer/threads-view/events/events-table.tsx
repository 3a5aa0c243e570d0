import { useVirtualizer } from '@tanstack/react-virtual'
import { useContext, useMemo, useRef, useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { formatNumber } from '../../ui/utils/format.ts'
import { FilterContext } from '../filter/filter-context.ts'
import { formatTimeOfDay, processTitle } from '../model/text-format.ts'
import type { ProcessGroup } from '../model/threads-model.ts'
import { type Paint, usePaint } from '../painting/paint-scheduler.ts'
import { useTimeline } from '../timeline/timeline-context.ts'
import { formatSpan } from '../timeline/viewport.ts'
import { type EventList, queryEvents } from './event-query.ts'
import styles from './events-table.module.css'

/** Nobody reads more rows than this. Zooming and filters show the others. */
const maxRows = 2000

/**
 * The interval in ms at which the moving table is queried again. A table that changes more often cannot be
 * read.
 */
const queryInterval = 500

const rowHeight = 24
const columns = [
  m.threads_operation_time,
  m.threads_column_thread,
  m.threads_column_what,
  m.threads_column_object,
  m.threads_column_by,
]
const noEvents: EventList = { rows: [], total: 0 }

/** The events of all threads within the time shown, newest first. */
export function EventsTable({ groups }: { readonly groups: readonly ProcessGroup[] }) {
  const body = useRef<HTMLElement>(null)
  const { rows, total: all } = useEvents(groups)
  const { span } = useTimeline().state()
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => body.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  const hasSeveralProcesses = groups.length > 1
  return (
    <section className={styles.events} aria-label={m.threads_events_in_the_time_shown()}>
      <p className={styles.count} role="status">
        {describeCount(rows.length, all, span)}
      </p>
      <section
        ref={body}
        className={styles.scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard
        tabIndex={0}
        aria-label={m.threads_rows_of_the_events()}
      >
        <table aria-label={m.threads_events()} aria-rowcount={rows.length + 1} className={styles.table}>
          <thead>
            <tr className={styles.row} aria-rowindex={1}>
              {columns.map((column, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns stay the same
                <th key={index} scope="col">
                  {column()}
                </th>
              ))}
            </tr>
          </thead>
          <tbody style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const row = rows[index]
              if (!row) return null
              return (
                <tr
                  key={index}
                  className={styles.row}
                  aria-rowindex={index + 2}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <td>{formatFineTime(row.at)}</td>
                  <td title={row.thread}>
                    {row.thread}
                    {hasSeveralProcesses && (
                      <span className={styles.quiet}> {processTitle(row.process)}</span>
                    )}
                  </td>
                  <td title={row.what}>{row.what}</td>
                  <td title={row.object}>{row.object}</td>
                  <td>{row.by}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </section>
  )
}

function describeCount(shown: number, all: number, span: number): string {
  if (all === 0) return m.threads_events_none({ span: formatSpan(span) })
  const counts = { count: formatNumber(all), span: formatSpan(span) }
  return shown === all
    ? m.threads_events_all(counts)
    : m.threads_events_some({ ...counts, shown: formatNumber(shown) })
}

/** Formats the time of day with microseconds: `14:05:09.042 318`. */
function formatFineTime(at: number): string {
  const microseconds = Math.floor((at - Math.floor(at)) * 1000)
  return `${formatTimeOfDay(at)} ${String(microseconds).padStart(3, '0')}`
}

/** Queries the events with each frame, at most every `queryInterval` ms, and renders after a change. */
function useEvents(groups: readonly ProcessGroup[]): EventList {
  const timeline = useTimeline()
  const filter = useContext(FilterContext)
  const [events, setEvents] = useState(noEvents)
  const shown = useRef({ at: 0, picture: '' })
  const paint = useMemo<Paint>(() => {
    shown.current = { at: 0, picture: '' }
    return (scene) => {
      const now = performance.now()
      const extent = timeline.extent()
      const picture = `${extent.from} ${extent.to} ${timeline.isFrozen}`
      if (picture === shown.current.picture || (!timeline.isFrozen && now - shown.current.at < queryInterval))
        return undefined
      shown.current = { at: now, picture }
      const result = queryEvents(scene, groups, filter, extent, maxRows)
      setEvents((previous) => (isSameList(previous, result) ? previous : result))
      return undefined
    }
  }, [groups, filter, timeline])
  usePaint(paint)
  return events
}

const isSameList = (a: EventList, b: EventList): boolean =>
  a.total === b.total &&
  a.rows.length === b.rows.length &&
  a.rows.every((row, index) => row.at === b.rows[index]?.at)
