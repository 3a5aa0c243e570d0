import type { Heading } from './catalogue-list.ts'
import { albumKeyOf, createAlbumItem, type ListSource } from './list-source.ts'

/** Returns a heading for each disc, if there are several or one has a subtitle. The tracks are those of an album. */
export function discHeadings(
  source: ListSource,
  rows: readonly number[],
  discAt: (row: number) => number,
): readonly Heading[] {
  const headings: Heading[] = []
  for (const { start, end } of runs(rows, discAt)) {
    const subtitle = firstSubtitle(source, rows, start, end)
    const of = { kind: 'disc' as const, disc: discAt(rows[start] as number), subtitle }
    headings.push({ item: { kind: 'heading', of }, trackIndex: start })
  }
  const [first] = headings
  const isOnlyDisc =
    headings.length === 1 && first?.item.of.kind === 'disc' && first.item.of.subtitle === undefined
  return isOnlyDisc ? [] : headings
}

/** Returns a heading for each album of tracks that are sorted by album. */
export function albumHeadings(source: ListSource, rows: readonly number[]): readonly Heading[] {
  return [...runs(rows, (row) => albumKeyOf(source.albumAt(row)))].map(({ start, end }) => ({
    item: { kind: 'heading', of: createAlbumItem(source, rows.slice(start, end)) },
    trackIndex: start,
  }))
}

function firstSubtitle(
  source: ListSource,
  rows: readonly number[],
  start: number,
  end: number,
): string | undefined {
  for (let index = start; index < end; index++) {
    const { discSubtitle } = source.trackAt(rows[index] as number)
    if (discSubtitle !== undefined) return discSubtitle
  }
  return undefined
}

/** Divides rows into runs with the same value. */
function* runs(
  rows: readonly number[],
  keyOf: (row: number) => string | number,
): Generator<{ readonly start: number; readonly end: number }> {
  for (let start = 0; start < rows.length; ) {
    const value = keyOf(rows[start] as number)
    let end = start + 1
    while (end < rows.length && keyOf(rows[end] as number) === value) end++
    yield { start, end }
    start = end
  }
}
