import { expect, test } from 'vitest'
import {
  boxSize,
  circleLayout,
  lineHeight,
} from '../../../../renderer/threads-view/warnings/circle-layout.ts'

const labelWidth = 130

test.each([1, 2, 3, 4, 5, 6, 8])(
  'a cycle of %i fits into its diagram, and texts do not overlap boxes',
  (count) => {
    const { width, height, boxes, arrows } = circleLayout(count)
    expect(boxes).toHaveLength(count)
    for (const { x, y } of boxes) {
      expect(x - boxSize.width / 2).toBeGreaterThanOrEqual(0)
      expect(x + boxSize.width / 2).toBeLessThanOrEqual(width)
      expect(y).toBeGreaterThan(boxSize.height / 2)
      expect(y).toBeLessThan(height - boxSize.height / 2)
    }
    for (const { points, label } of arrows) {
      expect(points.length).toBeGreaterThan(4)
      const left =
        label.anchor === 'start'
          ? label.x
          : label.anchor === 'end'
            ? label.x - labelWidth
            : label.x - labelWidth / 2
      expect(left).toBeGreaterThanOrEqual(0)
      expect(left + labelWidth).toBeLessThanOrEqual(width)
      expect(label.y - lineHeight).toBeGreaterThanOrEqual(0)
      expect(label.y + lineHeight).toBeLessThanOrEqual(height)
      for (const box of boxes) {
        const isAside = left + labelWidth <= box.x - boxSize.width / 2 || left >= box.x + boxSize.width / 2
        const isAbove = label.y + lineHeight <= box.y - boxSize.height / 2
        const isBelow = label.y - lineHeight >= box.y + boxSize.height / 2
        expect(isAside || isAbove || isBelow).toBe(true)
      }
    }
  },
)
