import { useLayoutEffect, useRef } from 'react'
import { positionOf } from '../../store/list-positions.ts'
import type { ScrollFrame } from './page-scroller.tsx'

/**
 * Scrolls when the list is searched or sorted in another way: to where the user was with that search, else to the top.
 */
export function useRememberedOffset(
  scroller: ScrollFrame['scroller'],
  request: number | undefined,
  address: string,
): void {
  const shown = useRef(request)
  useLayoutEffect(() => {
    if (shown.current === request) return
    shown.current = request
    scroller.current?.scrollTo({ top: positionOf(address).offset })
  }, [scroller, request, address])
}
