import { describe, expect, it } from 'vitest'
import { stepInGrid } from '../../../renderer/library/item-grid/grid-steps.ts'

/** Items 0 to 10 in rows of four; the last row has three. */
const shape = { count: 11, columns: 4, rowsPerPage: 3 }

describe('a key in a grid of items', () => {
  it.each([
    ['ArrowRight', 3, 4],
    ['ArrowRight', 10, 10],
    ['ArrowLeft', 4, 3],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 1, 5],
    ['ArrowDown', 7, 10],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 5, 1],
    ['ArrowUp', 2, 2],
    ['PageDown', 1, 9],
    ['PageUp', 9, 1],
    ['Home', 9, 0],
    ['End', 0, 10],
  ])('%s moves from %i to %i', (key, from, to) => {
    expect(stepInGrid(key, from, shape)).toBe(to)
  })

  it.each(['Enter', 'a', ' ', 'Tab'])('%s does not move', (key) => {
    expect(stepInGrid(key, 0, shape)).toBeUndefined()
  })

  it('moves by at least one row in a low window', () => {
    expect(stepInGrid('PageDown', 0, { ...shape, rowsPerPage: 0 })).toBe(4)
  })
})
