import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WindowPlace } from '../../electron/library/settings-file.ts'
import { fitPlace, type Rectangle } from '../../electron/window-place.ts'

const left = { x: 0, y: 30, width: 1920, height: 1050 }
const right = { x: 1920, y: 0, width: 2560, height: 1440 }
const least = { width: 480, height: 360 }
const place = (x: number, y: number, width = 1000, height = 700) => ({
  x,
  y,
  width,
  height,
  state: 'normal' as const,
})

describe('a window comes back', () => {
  test.each([
    ['where it was', place(100, 100), [left], place(100, 100)],
    ['on the second screen', place(2500, 300), [left, right], place(2500, 300)],
    ['on the screen that is left when its own is gone', place(2500, 300), [left], place(920, 300)],
    ['below a panel at the top', place(10, 0), [left], place(10, 30)],
    ['wholly on the screen that had most of it', place(1500, 100), [left, right], place(1920, 100)],
    ['wholly on the screen, not over its edge', place(-300, 900), [left], place(0, 380)],
    ['no larger than the screen', place(0, 30, 4000, 3000), [left], place(0, 30, 1920, 1050)],
    ['no smaller than can be used', place(50, 50, 10, 10), [left], place(50, 50, 480, 360)],
    ['on the nearest of those that are left', place(9000, 200), [left, right], place(3480, 200)],
  ])('%s', (_, last, screens, expected) => {
    expect(fitPlace(last, screens, least)).toEqual(expected)
  })

  test('with its size alone where the system tells no place', () => {
    const last = { width: 4000, height: 700, state: 'maximized' as const }
    expect(fitPlace(last, [left], least)).toEqual({ width: 1920, height: 700, state: 'maximized' })
  })

  test('wholly within one screen, whatever was saved', () => {
    const number = fc.integer({ min: -10_000, max: 10_000 })
    const side = fc.integer({ min: 1, max: 10_000 })
    fc.assert(
      fc.property(number, number, side, side, (x, y, width, height) => {
        const fitted = fitPlace(place(x, y, width, height), [left, right], least)
        expect([left, right].filter((screen) => isWithin(fitted, screen))).toHaveLength(1)
      }),
    )
  })
})

function isWithin(
  { x = Number.NaN, y = Number.NaN, width, height }: WindowPlace,
  screen: Rectangle,
): boolean {
  return (
    x >= screen.x &&
    y >= screen.y &&
    x + width <= screen.x + screen.width &&
    y + height <= screen.y + screen.height
  )
}
