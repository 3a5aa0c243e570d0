import { useState } from 'react'
import type { TrackId } from '../../../shared/library/track.ts'

interface RowSelection {
  readonly rows: Int32Array
  readonly index: number
  readonly track: TrackId
}

interface RowSelectionControl {
  /** The index of the selected row, −1 for none. */
  readonly selected: number
  readonly select: (index: number) => void
}

/** Selects one row. When the rows change, the selection stays on its track, or ends if the track is gone. */
export function useRowSelection(rows: Int32Array): RowSelectionControl {
  const [selection, setSelection] = useState<RowSelection>({ rows, index: -1, track: 0 })
  const current = selection.rows === rows ? selection : followTrack(selection, rows)
  if (current !== selection) setSelection(current)
  const select = (index: number) => setSelection({ rows, index, track: rows[index] ?? 0 })
  return { selected: current.index, select }
}

function followTrack({ index, track }: RowSelection, rows: Int32Array): RowSelection {
  if (index < 0) return { rows, index, track }
  // A linear search in a typed array takes microseconds for thousands of tracks.
  const found = rows[index] === track ? index : rows.indexOf(track)
  return { rows, index: found, track: found < 0 ? 0 : track }
}
