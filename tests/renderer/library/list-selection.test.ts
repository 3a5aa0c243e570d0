import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countSelected,
  extendTo,
  focusOnly,
  isSelected,
  type ListSelection,
  noSelection,
  selectAll,
  selectedIndexes,
  selectIndexes,
  selectOnly,
  toggle,
} from '../../../renderer/library/selection/list-selection.ts'

describe('a selection', () => {
  it('is empty at first', () => {
    expect(countSelected(noSelection)).toBe(0)
    expect(isSelected(noSelection, 0)).toBe(false)
  })

  it('has one item after a click', () => {
    expect(selectOnly(3)).toEqual({ focused: 3, anchor: 3, ranges: [3, 4] })
  })

  it('extends from the anchor in both directions', () => {
    const down = extendTo(selectOnly(3), 5)
    expect(down).toEqual({ focused: 5, anchor: 3, ranges: [3, 6] })
    expect(extendTo(down, 1)).toEqual({ focused: 1, anchor: 3, ranges: [1, 4] })
  })

  it('extends from the first item before any was selected', () => {
    expect(extendTo(noSelection, 2).ranges).toEqual([0, 3])
  })

  it('keeps the rest when it is extended in addition', () => {
    const selection = extendTo(toggle(selectOnly(0), 4), 6, true)
    expect(selection).toEqual({ focused: 6, anchor: 4, ranges: [0, 1, 4, 7] })
  })

  it('unites neighbours and splits a range', () => {
    const three = toggle(toggle(selectOnly(1), 3), 2)
    expect(three.ranges).toEqual([1, 4])
    expect(toggle(three, 2).ranges).toEqual([1, 2, 3, 4])
  })

  it('keeps its items while only the focus moves', () => {
    expect(focusOnly(selectOnly(1), 5)).toEqual({ focused: 5, anchor: 5, ranges: [1, 2] })
  })

  it('covers everything', () => {
    expect(countSelected(selectAll(noSelection, 100_000))).toBe(100_000)
    expect(selectAll(noSelection, 0).ranges).toEqual([])
  })

  it('equals a set of indexes after any changes', () => {
    const index = fc.nat(20)
    const change = fc.oneof(
      fc.record({ kind: fc.constant('toggle' as const), index }),
      fc.record({ kind: fc.constant('extend' as const), index }),
    )
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        let selection: ListSelection = selectOnly(0)
        const model = new Set([0])
        for (const { kind, index } of changes) {
          if (kind === 'toggle') {
            if (!model.delete(index)) model.add(index)
            selection = toggle(selection, index)
          } else {
            const { anchor } = selection
            for (let at = Math.min(anchor, index); at <= Math.max(anchor, index); at++) model.add(at)
            selection = extendTo(selection, index, true)
          }
        }
        const expected = [...model].sort((one, other) => one - other)
        expect(selectedIndexes(selection, 100)).toEqual(expected)
        expect(countSelected(selection)).toBe(expected.length)
        for (let at = 0; at <= 21; at++) expect(isSelected(selection, at)).toBe(model.has(at))
        expect(selectIndexes(0, expected).ranges).toEqual(selection.ranges)
      }),
    )
  })

  it('names at most as many indexes as requested', () => {
    expect(selectedIndexes(selectAll(noSelection, 100_000), 3)).toEqual([0, 1, 2])
  })
})
