import { useEffect, useRef, useState } from 'react'
import { type ItemIdentity, identityOf, type ListItem } from '../../../shared/library/library-list.ts'
import { locateItems } from '../../session/list-requests.ts'

interface RowSelectionControl {
  /** The index of the selected row, −1 for none. */
  readonly selected: number
  readonly select: (index: number) => void
}

/**
 * Selects one row. When the list changes, the selection stays on its item, or ends if the item is gone. `version` is that of
 * the list.
 */
export function useRowSelection(
  version: number,
  itemAt: (index: number) => ListItem | undefined,
): RowSelectionControl {
  // A new object for each call, so that the grid is rendered and can move the focus.
  const [{ selected }, setSelected] = useState({ selected: -1 })
  const identity = useRef<ItemIdentity>(undefined)
  const item = selected < 0 ? undefined : itemAt(selected)
  useEffect(() => {
    // The item of a row that was selected before it arrived.
    identity.current ??= item && identityOf(item)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version can have the item elsewhere
  useEffect(() => {
    const followed = identity.current
    if (followed === undefined) return
    void locateItems([followed]).then(([index = -1]) => {
      if (identity.current === followed) setSelected({ selected: index })
    })
  }, [version])
  return {
    selected,
    select(index) {
      const next = itemAt(index)
      identity.current = next && identityOf(next)
      setSelected({ selected: index })
    },
  }
}
