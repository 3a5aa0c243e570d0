import type { WindowBounds } from '../storage/settings-format.ts'

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/**
 * Returns the bounds for a window that was at `last`: completely on the screen that showed most of it, or on the nearest
 * one if that screen is gone; not smaller than `minSize`. Without a position the system chooses one. `screens` are the
 * parts of the screens that windows may cover.
 */
export function fitBounds(last: WindowBounds, screens: readonly Rectangle[], minSize: Size): WindowBounds {
  const { x, y, state } = last
  const [first] = screens
  if (first === undefined) return last
  if (x === undefined || y === undefined) return { ...fitSize(last, first, minSize), state }
  const wanted = { x, y, width: last.width, height: last.height }
  const screen = screens.reduce((best, other) => (isCloser(other, best, wanted) ? other : best), first)
  const { width, height } = fitSize(last, screen, minSize)
  return {
    x: clamp(x, screen.x, screen.x + screen.width - width),
    y: clamp(y, screen.y, screen.y + screen.height - height),
    width,
    height,
    state,
  }
}

function fitSize({ width, height }: Size, screen: Size, minSize: Size): Size {
  return {
    width: Math.max(minSize.width, Math.min(width, screen.width)),
    height: Math.max(minSize.height, Math.min(height, screen.height)),
  }
}

function isCloser(one: Rectangle, other: Rectangle, wanted: Rectangle): boolean {
  const more = overlapArea(one, wanted) - overlapArea(other, wanted)
  return more > 0 || (more === 0 && centerDistance(one, wanted) < centerDistance(other, wanted))
}

/** The area that both cover. */
function overlapArea(one: Rectangle, other: Rectangle): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return Math.max(0, width) * Math.max(0, height)
}

/** The distance between the centers. */
function centerDistance(one: Rectangle, other: Rectangle): number {
  return Math.hypot(
    one.x + one.width / 2 - other.x - other.width / 2,
    one.y + one.height / 2 - other.y - other.height / 2,
  )
}

/** If the range is empty, returns `min`: of a window that does not fit, the top left corner is visible. */
function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(value, max))
}
