import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WindowBounds } from '../../../electron/storage/settings-format.ts'
import { fitBounds, type Rectangle } from '../../../electron/window/window-bounds.ts'

const left = { x: 0, y: 30, width: 1920, height: 1050 }
const right = { x: 1920, y: 0, width: 2560, height: 1440 }
const minSize = { width: 480, height: 360 }
const bounds = (x: number, y: number, width = 1000, height = 700) => ({
  x,
  y,
  width,
  height,
  state: 'normal' as const,
})

describe('the restored window', () => {
  test.each([
    ['where it was', bounds(100, 100), [left], bounds(100, 100)],
    ['on the second screen', bounds(2500, 300), [left, right], bounds(2500, 300)],
    ['on the screen that is left when its own is gone', bounds(2500, 300), [left], bounds(920, 300)],
    ['below a panel at the top', bounds(10, 0), [left], bounds(10, 30)],
    ['wholly on the screen that had most of it', bounds(1500, 100), [left, right], bounds(1920, 100)],
    ['wholly on the screen, not over its edge', bounds(-300, 900), [left], bounds(0, 380)],
    ['no larger than the screen', bounds(0, 30, 4000, 3000), [left], bounds(0, 30, 1920, 1050)],
    ['no smaller than can be used', bounds(50, 50, 10, 10), [left], bounds(50, 50, 480, 360)],
    ['on the nearest of those that are left', bounds(9000, 200), [left, right], bounds(3480, 200)],
  ])('%s', (_, last, screens, expected) => {
    expect(fitBounds(last, screens, minSize)).toEqual(expected)
  })

  test('has only its size if the system does not report a position', () => {
    const last = { width: 4000, height: 700, state: 'maximized' as const }
    expect(fitBounds(last, [left], minSize)).toEqual({ width: 1920, height: 700, state: 'maximized' })
  })

  test('is completely on one screen, whatever was saved', () => {
    const number = fc.integer({ min: -10_000, max: 10_000 })
    const side = fc.integer({ min: 1, max: 10_000 })
    fc.assert(
      fc.property(number, number, side, side, (x, y, width, height) => {
        const fitted = fitBounds(bounds(x, y, width, height), [left, right], minSize)
        expect([left, right].filter((screen) => isWithin(fitted, screen))).toHaveLength(1)
      }),
    )
  })
})

function isWithin(
  { x = Number.NaN, y = Number.NaN, width, height }: WindowBounds,
  screen: Rectangle,
): boolean {
  return (
    x >= screen.x &&
    y >= screen.y &&
    x + width <= screen.x + screen.width &&
    y + height <= screen.y + screen.height
  )
}
