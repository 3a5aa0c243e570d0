import type { LanePalette } from './lane-painter.ts'
import type { OverlayPalette } from './overlay-painter.ts'

/** Returns the colours that the theme gives the states at an element. */
export function readPalette(element: Element): LanePalette & OverlayPalette {
  const style = getComputedStyle(element)
  const colour = (name: string): string => style.getPropertyValue(name).trim()
  return {
    running: colour('--state-runnable'),
    blocked: colour('--state-blocked'),
    waiting: colour('--state-waiting'),
    timed: colour('--state-timed-waiting'),
    quiet: colour('--state-new'),
    ended: colour('--state-terminated'),
    held: colour('--state-held'),
    wake: colour('--wake'),
    mark: colour('--mark'),
    ground: colour('--lane-ground'),
  }
}
