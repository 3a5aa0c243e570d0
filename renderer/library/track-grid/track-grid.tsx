// biome-ignore-all lint/a11y/useSemanticElements: a virtual list needs rows with free positions, which a table does not allow
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useEffect, useLayoutEffect, useRef } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { playItem } from '../../session/list-requests.ts'
import { useWindow } from '../../store/window-store.ts'
import { useLibraryList } from '../list/use-library-list.ts'
import { GridHeader } from './grid-header.tsx'
import { useRowHeight } from './row-height.ts'
import { useRowSelection } from './row-selection.ts'
import { trackColumns } from './track-columns.ts'
import styles from './track-grid.module.css'
import { TrackRow } from './track-row.tsx'

const allTracks = { kind: 'tracks' } as const

/** The scroll offset when the list was last shown, in CSS pixels. */
let lastOffset = 0

/** The library's tracks. Only the visible rows are in the document. */
export function TrackGrid() {
  const query = useWindow((state) => state.query)
  const sort = useWindow((state) => state.sort)
  const current = useWindow((state) => state.player.track)
  const playing = useWindow((state) => state.player.transport === 'playing')
  const scroller = useRef<HTMLDivElement>(null)
  const shouldFocus = useRef(false)
  const rowHeight = useRowHeight()
  const { summary, itemAt } = useLibraryList(allTracks, query, sort, Math.floor(lastOffset / rowHeight))
  const count = summary?.count ?? 0
  const { selected, select } = useRowSelection(summary?.version ?? 0, itemAt)
  const tabStop = Math.max(selected, 0)

  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialOffset: lastOffset,
    // The row with the tab stop stays in the document, or scrolling would lose the focus.
    rangeExtractor: (range) => withIndex(range, tabStop),
  })
  useSavedScrollOffset(scroller)
  useScrollToTopOnNewSearch(() => virtualizer.scrollToOffset(0))
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row height invalidates the measurements
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight])
  useLayoutEffect(() => {
    if (!shouldFocus.current) return
    shouldFocus.current = false
    rowElement(scroller.current, tabStop)?.focus({ preventScroll: true })
  })

  const goTo = (index: number) => {
    const target = Math.min(count - 1, Math.max(0, index))
    shouldFocus.current = true
    select(target)
    virtualizer.scrollToIndex(target)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const index = indexOf(event.target)
    if (index === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
    const steps: Readonly<Record<string, number>> = {
      ArrowUp: -1,
      ArrowDown: 1,
      PageUp: -page,
      PageDown: page,
    }
    const step = steps[event.key]
    if (event.key === 'ArrowUp' && index === 0) focusHeader(event.currentTarget)
    else if (step !== undefined) goTo(index + step)
    else if (event.key === 'Home') goTo(0)
    else if (event.key === 'End') goTo(count - 1)
    else if (event.key === 'Enter') playItem(index)
    else return
    event.preventDefault()
  }
  const onClick = (event: MouseEvent) => {
    const index = indexOf(event.target)
    if (index === undefined) return
    select(index)
    if (event.target instanceof Element && event.target.closest('[data-play]')) playItem(index)
  }
  const onDoubleClick = (event: MouseEvent) => {
    const index = indexOf(event.target)
    if (index !== undefined) playItem(index)
  }

  return (
    <div
      className={styles.grid}
      role="grid"
      aria-label={m.library_tracks()}
      aria-rowcount={count + 1}
      aria-colcount={trackColumns.length}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
    >
      <GridHeader onLeave={() => goTo(tabStop)} />
      <div ref={scroller} className={styles.scroller} role="rowgroup" tabIndex={-1}>
        <div className={styles.space} role="presentation" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const item = itemAt(index)
            const track = item?.kind === 'track' ? item.track : undefined
            return (
              <TrackRow
                key={index}
                index={index}
                top={start}
                track={track}
                selected={index === selected}
                isTabStop={index === tabStop}
                current={track?.id === current}
                playing={playing && track?.id === current}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

function withIndex(range: Range, index: number): number[] {
  const indexes = defaultRangeExtractor(range)
  if (index >= range.count || indexes.includes(index)) return indexes
  return index < (indexes[0] ?? 0) ? [index, ...indexes] : [...indexes, index]
}

const rowElement = (scroller: HTMLElement | null, index: number): HTMLElement | null | undefined =>
  scroller?.querySelector<HTMLElement>(`[data-index="${index}"]`)

function indexOf(target: EventTarget): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null
  return row ? Number(row.dataset.index) : undefined
}

const focusHeader = (grid: HTMLElement): void =>
  grid.querySelector<HTMLElement>('[role=columnheader] button[tabindex="0"]')?.focus()

/** Saves the scroll offset for the next time the library is shown. */
function useSavedScrollOffset(scroller: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = scroller.current
    const save = () => {
      if (element) lastOffset = element.scrollTop
    }
    element?.addEventListener('scroll', save, { passive: true })
    return () => element?.removeEventListener('scroll', save)
  }, [scroller])
}

/** Scrolls to the top after another search or sort order. */
function useScrollToTopOnNewSearch(toTop: () => void): void {
  const query = useWindow((state) => state.query)
  const sort = useWindow((state) => state.sort)
  const shown = useRef({ query, sort })
  useEffect(() => {
    if (shown.current.query === query && shown.current.sort === sort) return
    shown.current = { query, sort }
    toTop()
  })
}
