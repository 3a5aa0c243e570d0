import { useLayoutEffect, useRef } from 'react'
import { takeFocusRequest } from '../../session/navigation.ts'

/**
 * Moves the focus to an item once it is in the document: `shouldFocus.current` requests it. A grid that the user returns to
 * takes the focus with its remembered item.
 */
export function useItemFocus(find: () => HTMLElement | null | undefined, isReturn: boolean) {
  const shouldFocus = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the grid appears
  useLayoutEffect(() => {
    if (isReturn && takeFocusRequest()) shouldFocus.current = true
  }, [])
  useLayoutEffect(() => {
    const item = shouldFocus.current ? find() : undefined
    if (!item) return
    shouldFocus.current = false
    item.focus({ preventScroll: true })
  })
  return shouldFocus
}
