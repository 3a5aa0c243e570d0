import { useState } from 'react'
import type { TrackId } from '../../../shared/library/track.ts'

interface RowSelection {
  readonly rows: Int32Array
  readonly index: number
  readonly track: TrackId
}

interface RowSelectionControl {
  /** The place of the selected row, −1 for none. */
  readonly selected: number
  readonly select: (index: number) => void
}

/** One selected row. When other rows come it stays with its track, or ends where that is gone. */
export function useRowSelection(rows: Int32Array): RowSelectionControl {
  const [selection, setSelection] = useState<RowSelection>({ rows, index: -1, track: 0 })
  const kept = selection.rows === rows ? selection : followTrack(selection, rows)
  if (kept !== selection) setSelection(kept)
  const select = (index: number) => setSelection({ rows, index, track: rows[index] ?? 0 })
  return { selected: kept.index, select }
}

function followTrack({ index, track }: RowSelection, rows: Int32Array): RowSelection {
  if (index < 0) return { rows, index, track }
  // One pass of machine code over 4 bytes a track, a few millionths of a second for thousands of them.
  const found = rows[index] === track ? index : rows.indexOf(track)
  return { rows, index: found, track: found < 0 ? 0 : track }
}
