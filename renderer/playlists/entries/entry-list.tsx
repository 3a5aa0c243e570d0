import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { isolate } from '../../../shared/isolate-text.ts'
import type { Playlist } from '../../../shared/library/playlists/playlist.ts'
import type { LibraryListView } from '../../library/list/use-library-list.ts'
import { useWindow } from '../../store/window-store.ts'
import styles from './entry-list.module.css'
import { EntryRow } from './entry-row.tsx'
import { type EntrySelection, selectEntries } from './entry-selection.ts'
import { useEntryEvents } from './use-entry-events.ts'

/** CSS pixels. */
const rowHeight = 48

interface EntryListProps {
  readonly playlist: Playlist
  readonly view: LibraryListView
  /** Whether all entries are shown, in the playlist's order. */
  readonly hasOwnOrder: boolean
}

/** The entries of a playlist. Only the visible ones are in the document. */
export function EntryList({ playlist, view, hasOwnOrder }: EntryListProps) {
  const current = useWindow((state) => state.player.track)
  const isPlaying = useWindow((state) => state.player.transport === 'playing')
  const scroller = useRef<HTMLDivElement>(null)
  const shouldFocus = useRef(false)
  const [selection, setSelection] = useState<EntrySelection>(() => selectEntries(0, 0, 0))
  const count = view.summary?.count ?? 0
  const tabStop = Math.min(selection.focused, count - 1)
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // The row with the tab stop stays in the document, or scrolling would lose the focus.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), Math.max(0, tabStop)])],
  })
  const select = (next: EntrySelection) => {
    shouldFocus.current = true
    setSelection(next)
    virtualizer.scrollToIndex(next.focused)
  }
  const rowsPerPage = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
  const { events, dropIndex } = useEntryEvents({
    playlist,
    hasOwnOrder,
    count,
    selection,
    select,
    rowsPerPage,
    itemAt: view.itemAt,
  })
  useLayoutEffect(() => {
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${tabStop}"]`)
    if (!shouldFocus.current || !row) return
    shouldFocus.current = false
    row.focus({ preventScroll: true })
  })
  return (
    <div ref={scroller} className={styles.scroller} tabIndex={-1}>
      <div
        role="listbox"
        className={styles.entries}
        aria-label={m.playlists_entries_of({ name: isolate(playlist.name) })}
        aria-multiselectable="true"
        style={{ height: virtualizer.getTotalSize() }}
        tabIndex={-1}
        {...events}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const item = view.itemAt(index)
          const isCurrent = item?.kind === 'track' && item.track.id === current
          return (
            <EntryRow
              key={index}
              item={item}
              index={index}
              count={count}
              top={start}
              isSelected={selection.selected.has(index)}
              isTabStop={index === tabStop}
              isCurrent={isCurrent}
              isPlaying={isPlaying && isCurrent}
              isDraggable={playlist.kind === 'list' && hasOwnOrder}
              isDropTarget={index === dropIndex}
            />
          )
        })}
      </div>
    </div>
  )
}
