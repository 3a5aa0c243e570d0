import { expect, test } from 'vitest'
import { nextSort } from '../../../renderer/library/track-grid/next-sort.ts'
import type { SortColumn, SortOrder } from '../../../shared/library/sort.ts'

/** Writes a sort order like `artist -year`. */
const parse = (text: string): SortOrder[] =>
  text
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => ({ column: part.replace('-', '') as SortColumn, descending: part.startsWith('-') }))

const format = (sort: readonly SortOrder[]): string =>
  sort.map(({ column, descending }) => `${descending ? '-' : ''}${column}`).join(' ')

test.each([
  ['artist', 'title', 'title'],
  ['artist', 'artist', '-artist'],
  ['-artist', 'artist', 'artist'],
  ['artist year', 'artist', 'artist'],
  ['artist -year', 'year', 'year'],
  ['', 'year', 'year'],
])('with %j a click on %s sorts by %j', (sort, column, expected) => {
  const click = { isAdded: false, hasOwnOrder: false }
  expect(format(nextSort(parse(sort), column as SortColumn, click))).toBe(expected)
})

test('a third click returns to the sequence of an album', () => {
  const click = { isAdded: false, hasOwnOrder: true }
  expect(format(nextSort(parse('year'), 'year', click))).toBe('-year')
  expect(format(nextSort(parse('-year'), 'year', click))).toBe('')
})

test.each([
  ['artist', 'year', 'artist year'],
  ['artist year', 'year', 'artist -year'],
  ['artist -year', 'year', 'artist'],
  ['artist -year', 'artist', '-artist -year'],
  ['-artist', 'artist', 'artist'],
  ['', 'year', 'year'],
])('with %j a click on %s with Shift sorts by %j', (sort, column, expected) => {
  const click = { isAdded: true, hasOwnOrder: false }
  expect(format(nextSort(parse(sort), column as SortColumn, click))).toBe(expected)
})
