import { withoutArticle } from '../names.ts'
import type { SortColumn, SortOrder } from '../sort.ts'
import { firstYearOf, type ListSource } from './list-source.ts'
import type { GroupItem, TrackGroup } from './track-groups.ts'

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

type SortValue = string | number | undefined

/** Sorts groups. Missing values come last in both directions. Equal groups keep their sequence. */
export function sortGroups<Item extends GroupItem>(
  source: ListSource,
  groups: readonly TrackGroup<Item>[],
  sort: readonly SortOrder[],
): readonly TrackGroup<Item>[] {
  if (sort.length === 0) return groups
  const keyed = groups.map((group) => ({
    group,
    values: sort.map(({ column }) => sortValueOf(source, group, column)),
  }))
  keyed.sort((a, b) => {
    for (const [index, { descending }] of sort.entries()) {
      const difference = compareValues(a.values[index], b.values[index], descending)
      if (difference !== 0) return difference
    }
    return 0
  })
  return keyed.map(({ group }) => group)
}

/** The own order of artists and genres. */
export const byName: readonly SortOrder[] = [{ column: 'title', descending: false }]

function sortValueOf(source: ListSource, group: TrackGroup, column: SortColumn): SortValue {
  const { item, rows } = group
  switch (column) {
    case 'title':
    case 'album':
      return nameOf(group)
    case 'artist':
      return item.kind === 'album' ? artistOf(source, rows) : nameOf(group)
    case 'year':
      return item.kind === 'album' ? item.date : yearOf(item)
    case 'originalYear':
      return yearOf(item)
    case 'number':
      return item.trackCount
    case 'duration':
      return sumOf(rows, (row) => source.trackAt(row).duration)
    case 'plays':
      return sumOf(rows, (row) => source.trackAt(row).playCount) || undefined
    case 'rating':
      return averageOf(rows, (row) => source.trackAt(row).rating)
    case 'added':
      return maxOf(rows, (row) => source.trackAt(row).addedAt)
    case 'played':
      return maxOf(rows, (row) => source.trackAt(row).lastPlayedAt)
    case 'genre':
      return source.albumAt(rows[0] as number).genre
    default:
      return undefined
  }
}

function nameOf({ item, sortName }: TrackGroup): SortValue {
  if (item.kind === 'year') return item.year
  const name = item.kind === 'album' ? item.title : item.name
  return sortName ?? (name === undefined ? undefined : withoutArticle(name))
}

function artistOf(source: ListSource, rows: readonly number[]): SortValue {
  const { artist, artistSort } = source.albumAt(rows[0] as number)
  return artistSort ?? (artist === undefined ? undefined : withoutArticle(artist))
}

function yearOf(item: GroupItem): number | undefined {
  if (item.kind === 'year') return item.year
  return item.kind === 'album' ? firstYearOf(item) : undefined
}

type NumberOf = (row: number) => number | undefined

const sumOf = (rows: readonly number[], numberOf: NumberOf): number =>
  rows.reduce((sum, row) => sum + (numberOf(row) ?? 0), 0)

function maxOf(rows: readonly number[], numberOf: NumberOf): number | undefined {
  let max: number | undefined
  for (const row of rows) {
    const number = numberOf(row)
    if (number !== undefined && (max === undefined || number > max)) max = number
  }
  return max
}

function averageOf(rows: readonly number[], numberOf: NumberOf): number | undefined {
  const numbers = rows.map(numberOf).filter((number) => number !== undefined)
  return numbers.length === 0 ? undefined : numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}

function compareValues(a: SortValue, b: SortValue, descending: boolean): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  const difference =
    typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
  return descending ? -difference : difference
}
