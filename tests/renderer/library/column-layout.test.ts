import { expect, test } from 'vitest'
import { columnTemplate, fitColumns } from '../../../renderer/library/track-grid/column-layout.ts'

const title = { min: 200, grow: 3, priority: 3 }
const artist = { min: 100, grow: 2, priority: 2 }
const year = { min: 60, grow: 0, priority: 1 }

test('the columns leave a narrow window by their priority, and keep their sequence', () => {
  const columns = [artist, title, year]
  expect(fitColumns(columns, 360)).toEqual([artist, title, year])
  expect(fitColumns(columns, 359)).toEqual([artist, title])
  expect(fitColumns(columns, 299)).toEqual([title])
  expect(fitColumns(columns, 0)).toEqual([title])
})

test('columns share the room that is left', () => {
  expect(columnTemplate([title, year])).toBe('minmax(200px, 3fr) 60px')
})
