import { expect, test } from 'vitest'
import { shapeOf } from '../../../renderer/library/item-grid/card-layout.ts'

test.each([
  ['cover', 1056, 6],
  ['cover', 640, 3],
  ['cover', 200, 1],
  ['cover', 0, 1],
  ['wide', 1056, 4],
  ['wide', 400, 1],
] as const)('%s cards in %i pixels have %i columns', (layout, width, columns) => {
  expect(shapeOf(layout, width).columns).toBe(columns)
})

test('covers are as high as they are wide, with their text below', () => {
  // Three covers of 186 pixels.
  expect(shapeOf('cover', 640).rowHeight).toBe(186 + 56 + 16)
})
