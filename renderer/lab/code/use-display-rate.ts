import { useEffect, useLayoutEffect } from 'react'

/** Paints outside React: once after each change of `paint`, and at display rate while something moves. */
export function usePaintAtDisplayRate(paint: () => void, isMoving: boolean): void {
  useLayoutEffect(paint, [paint])
  useEffect(() => {
    if (!isMoving) return
    let request = 0
    const step = (): void => {
      paint()
      request = requestAnimationFrame(step)
    }
    request = requestAnimationFrame(step)
    return () => {
      cancelAnimationFrame(request)
      paint()
    }
  }, [paint, isMoving])
}
