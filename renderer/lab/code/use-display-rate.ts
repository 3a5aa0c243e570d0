import { useEffect, useLayoutEffect } from 'react'

/** Paints outside React: once after each change of `paint`, and with each frame while `isMoving`. */
export function usePaintAtDisplayRate(paint: () => void, isMoving: boolean): void {
  useLayoutEffect(paint, [paint])
  useEffect(() => {
    if (!isMoving) return
    let request = 0
    const paintFrame = (): void => {
      paint()
      request = requestAnimationFrame(paintFrame)
    }
    request = requestAnimationFrame(paintFrame)
    return () => {
      cancelAnimationFrame(request)
      paint()
    }
  }, [paint, isMoving])
}
