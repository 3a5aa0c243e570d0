import { expect, test } from 'vitest'
import { moveColumn, toggleColumn } from '../../../renderer/library/track-grid/change-columns.ts'
import type { TrackColumnId } from '../../../shared/library/track-columns.ts'

const columns: readonly TrackColumnId[] = ['number', 'title', 'artist']

test('a column is shown after the others, and hidden', () => {
  expect(toggleColumn(columns, 'codec')).toEqual(['number', 'title', 'artist', 'codec'])
  expect(toggleColumn(columns, 'number')).toEqual(['title', 'artist'])
})

test('the title stays', () => {
  expect(toggleColumn(columns, 'title')).toEqual(columns)
})

test('a column moves by one, and not beyond the ends', () => {
  expect(moveColumn(columns, 'artist', -1)).toEqual(['number', 'artist', 'title'])
  expect(moveColumn(columns, 'number', 1)).toEqual(['title', 'number', 'artist'])
  expect(moveColumn(columns, 'number', -1)).toEqual(columns)
  expect(moveColumn(columns, 'artist', 1)).toEqual(columns)
  expect(moveColumn(columns, 'codec', 1)).toEqual(columns)
})
