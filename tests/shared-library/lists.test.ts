import { describe, expect, test } from 'vitest'
import { Catalogue } from '../../shared/library/catalogue/catalogue.ts'
import type { LibraryList, ListItem } from '../../shared/library/library-list.ts'
import { tracksOfItem, tracksOfItems } from '../../shared/library/lists/catalogue-list.ts'
import type { SortOrder } from '../../shared/library/sort.ts'
import type { Track } from '../../shared/library/track.ts'
import { createTrack } from './create-track.ts'

/** Tracks with the numbers 1, 2 … and the titles t1, t2 … */
function catalogueOf(...tracks: readonly Partial<Track>[]): Catalogue {
  const catalogue = new Catalogue()
  catalogue.add(tracks.map((tags, index) => createTrack(index + 1, { title: `t${index + 1}`, ...tags })))
  return catalogue
}

/** Returns the items of a list, each as a short text. */
function itemsOf(
  catalogue: Catalogue,
  list: LibraryList,
  { text = '', sort = [] }: { readonly text?: string; readonly sort?: readonly SortOrder[] } = {},
): string[] {
  const { count, itemAt } = catalogue.list(list, text, sort)
  return Array.from({ length: count }, (_, index) => describeItem(itemAt(index)))
}

function describeItem(item: ListItem | undefined): string {
  switch (item?.kind) {
    case undefined:
      return 'none'
    case 'track':
      return item.track.title
    case 'album':
      return `${item.artist ?? '?'}: ${item.title ?? '(no album)'} (${item.trackCount})`
    case 'artist':
    case 'genre':
      return `${item.name} (${item.albumCount} albums, ${item.trackCount} tracks)`
    case 'year':
      return `${item.year} (${item.albumCount} albums, ${item.trackCount} tracks)`
    case 'folder':
      return `${item.path}/ (${item.trackCount})`
    case 'heading':
      return item.of.kind === 'disc'
        ? `# Disc ${item.of.disc} ${item.of.subtitle ?? ''}`.trim()
        : `# ${describeItem(item.of)}`
    case 'missing':
      return `missing ${item.title}`
  }
}

/** Returns the key of the item that has this text in a list. */
function keyOf(catalogue: Catalogue, kind: 'albums' | 'artists' | 'genres', text: string): string {
  const { count, itemAt } = catalogue.list({ kind }, '', [])
  for (let index = 0; index < count; index++) {
    const item = itemAt(index)
    if (item !== undefined && 'key' in item && describeItem(item).includes(text)) return item.key
  }
  throw new Error(`${kind} has no ${text}`)
}

describe('artists', () => {
  const catalogue = catalogueOf(
    { artists: ['The Beatles'], album: 'Help!', date: '1965' },
    { artists: ['Beatles'], album: 'Let It Be', date: '1970' },
    { artists: ['Die Ärzte'], album: 'Planet Punk' },
    { artists: ['Anna feat. Zoë'], albumArtists: ['Anna'], album: 'Duets', number: 1 },
    { artists: ['Anna (ft. Ärzte)'], albumArtists: ['Anna'], album: 'Duets', number: 2 },
    { artists: ['Anna', 'Bob'], albumArtists: ['Anna'], album: 'Duets', number: 3 },
    { artists: ['AC/DC'], artistSorts: ['ZZ last'] },
    { artists: ['ac dc'], path: 'b.mp3' },
    {},
  )

  test('each count with all their tracks, also as guests, in the order of their names without articles', () => {
    expect(itemsOf(catalogue, { kind: 'artists' })).toEqual([
      'Anna (1 albums, 3 tracks)',
      'Ärzte (1 albums, 1 tracks)',
      'Die Ärzte (1 albums, 1 tracks)',
      'The Beatles (1 albums, 1 tracks)',
      'Beatles (1 albums, 1 tracks)',
      'Bob (1 albums, 1 tracks)',
      'Zoë (1 albums, 1 tracks)',
      'AC/DC (0 albums, 2 tracks)',
    ])
  })

  test('play each track that they have in common once', () => {
    const { tracks, songs } = catalogue.list({ kind: 'artists' }, '', [])
    expect([...tracks]).toEqual([4, 5, 6, 5, 3, 1, 2, 6, 4, 8, 7])
    expect([...songs]).toEqual([4, 5, 6, 3, 1, 2, 8, 7])
  })

  test('have a page with a heading for each of their albums', () => {
    const key = keyOf(catalogue, 'artists', 'Anna')
    expect(itemsOf(catalogue, { kind: 'artist', key })).toEqual(['# Anna: Duets (3)', 't4', 't5', 't6'])
    const guest = keyOf(catalogue, 'artists', 'Zoë')
    expect(itemsOf(catalogue, { kind: 'artist', key: guest })).toEqual(['# Anna: Duets (1)', 't4'])
    expect(catalogue.list({ kind: 'artist', key: guest }, '', []).of).toMatchObject({ name: 'Zoë' })
  })
})

describe('albums', () => {
  const catalogue = catalogueOf(
    { artists: ['B'], album: 'Second', date: '2001', number: 2 },
    { artists: ['B'], album: 'Second', date: '2001', number: 1 },
    { artists: ['B'], album: 'First', date: '1999', originalDate: '1970' },
    { artists: ['A'], album: 'Third', date: '2005', duration: 3, cover: 7 },
    { artists: ['C'], path: 'x/1.mp3' },
    { artists: ['C'], path: 'x/2.mp3', unavailable: 'fileMissing' },
  )

  test('are sorted by artist, year and title; tracks without an album are one item', () => {
    expect(itemsOf(catalogue, { kind: 'albums' })).toEqual([
      'A: Third (1)',
      'B: First (1)',
      'B: Second (2)',
      'C: (no album) (2)',
    ])
  })

  test('are sorted by other columns, in both directions', () => {
    const byYear = (descending: boolean) =>
      itemsOf(catalogue, { kind: 'albums' }, { sort: [{ column: 'originalYear', descending }] })
    expect(byYear(false)).toEqual(['B: First (1)', 'B: Second (2)', 'A: Third (1)', 'C: (no album) (2)'])
    expect(byYear(true)).toEqual(['A: Third (1)', 'B: Second (2)', 'B: First (1)', 'C: (no album) (2)'])
  })

  test('are found by the tracks that match', () => {
    expect(itemsOf(catalogue, { kind: 'albums' }, { text: 'second t1' })).toEqual(['B: Second (1)'])
  })

  test('play in their order, each item its own tracks', () => {
    const list = catalogue.list({ kind: 'albums' }, '', [])
    expect([...list.tracks]).toEqual([4, 3, 2, 1, 5, 6])
    expect([...tracksOfItems(list, 1, 3)]).toEqual([3, 2, 1])
    expect(list.itemAt(0)).toMatchObject({ duration: 3, cover: 7, isAvailable: true, artistKey: 'a' })
  })
})

describe('an album', () => {
  const set = { artists: ['A'], album: 'Set' }

  test('has headings for its discs and their subtitles', () => {
    const catalogue = catalogueOf(
      { ...set, disc: 2, number: 1, discSubtitle: 'Live' },
      { ...set, disc: 2, number: 2 },
      { ...set, number: 2 },
      { ...set, number: 1 },
    )
    const list = { kind: 'album', key: keyOf(catalogue, 'albums', 'Set') } as const
    expect(itemsOf(catalogue, list)).toEqual(['# Disc 1', 't4', 't3', '# Disc 2 Live', 't1', 't2'])
    expect(itemsOf(catalogue, list, { sort: [{ column: 'title', descending: true }] })).toEqual([
      't4',
      't3',
      't2',
      't1',
    ])
    const shown = catalogue.list(list, '', [])
    expect([...tracksOfItem(shown, 3)]).toEqual([1, 2])
    expect([...tracksOfItems(shown, 2, 5)]).toEqual([3, 1])
    expect(shown.of).toMatchObject({ kind: 'album', title: 'Set', trackCount: 4 })
  })

  test('with one disc has none, unless the disc has a subtitle', () => {
    const plain = catalogueOf({ ...set, number: 1 }, { ...set, number: 2, disc: 1 })
    const key = keyOf(plain, 'albums', 'Set')
    expect(itemsOf(plain, { kind: 'album', key })).toEqual(['t1', 't2'])
    const named = catalogueOf({ ...set, discSubtitle: 'Only' })
    expect(itemsOf(named, { kind: 'album', key })).toEqual(['# Disc 1 Only', 't1'])
  })

  test('that is a compilation stays whole, whatever its tracks are called', () => {
    const part = { album: 'Hits', isCompilation: true }
    const catalogue = catalogueOf(
      { ...part, artists: ['A'], path: 'hits/1.mp3' },
      { ...part, artists: ['A'], path: 'hits/2.mp3' },
      { ...part, artists: ['B'], path: 'hits/3.mp3' },
      { ...part, artists: ['B'], path: 'hits/4.mp3' },
    )
    expect(itemsOf(catalogue, { kind: 'albums' })).toEqual(['Various artists: Hits (4)'])
    expect(catalogue.list({ kind: 'albums' }, '', []).itemAt(0)).toMatchObject({ artistKey: undefined })
  })
})

test('genres and years count each track in each of its groups', () => {
  const catalogue = catalogueOf(
    { genres: ['Rock', 'Pop'], album: 'One', artists: ['A'], date: '1990-05-01' },
    { genres: ['rock', 'Rock'], album: 'Two', artists: ['A'], date: '2020', originalDate: '1990' },
    { genres: [], date: 'unknown' },
  )
  expect(itemsOf(catalogue, { kind: 'genres' })).toEqual([
    'Pop (1 albums, 1 tracks)',
    'Rock (2 albums, 2 tracks)',
  ])
  expect(itemsOf(catalogue, { kind: 'genre', key: 'pop' })).toEqual(['# A: One (1)', 't1'])
  expect(itemsOf(catalogue, { kind: 'years' })).toEqual(['1990 (2 albums, 2 tracks)'])
  expect(itemsOf(catalogue, { kind: 'year', year: 1990 })).toEqual([
    '# A: Two (1)',
    't2',
    '# A: One (1)',
    't1',
  ])
})

test('a folder has its folders and its own tracks, and plays everything below it', () => {
  const catalogue = catalogueOf(
    { path: 'a/10/x.mp3' },
    { path: 'a/9/y.mp3' },
    { path: 'a/z.mp3' },
    { path: 'ab/w.mp3' },
    { path: 'top.mp3' },
  )
  expect(itemsOf(catalogue, { kind: 'folder', path: '' })).toEqual(['a/ (3)', 'ab/ (1)', 't5'])
  expect(itemsOf(catalogue, { kind: 'folder', path: 'a' })).toEqual(['a/9/ (1)', 'a/10/ (1)', 't3'])
  expect([...catalogue.list({ kind: 'folder', path: 'a' }, '', []).tracks]).toEqual([2, 1, 3])
})

test('recent and popular tracks come first, others not at all', () => {
  const catalogue = catalogueOf(
    { addedAt: 5, playCount: 2, lastPlayedAt: 100 },
    { addedAt: 9, playCount: 7, lastPlayedAt: 50 },
    { addedAt: 7 },
  )
  expect(itemsOf(catalogue, { kind: 'recentlyAdded' })).toEqual(['t2', 't3', 't1'])
  expect(itemsOf(catalogue, { kind: 'recentlyPlayed' })).toEqual(['t1', 't2'])
  expect(itemsOf(catalogue, { kind: 'mostPlayed' })).toEqual(['t2', 't1'])
})

test('tracks are sorted by several columns', () => {
  const catalogue = catalogueOf(
    { rating: 3, genres: ['Pop'], album: 'X', number: 2 },
    { rating: 5, genres: ['Pop'], path: 'b.mp3' },
    { genres: ['Rock'] },
    { rating: 5, genres: ['Jazz'] },
    { rating: 3, genres: ['Pop'], album: 'X', number: 1 },
  )
  const sort: SortOrder[] = [
    { column: 'genre', descending: false },
    { column: 'rating', descending: true },
  ]
  expect(itemsOf(catalogue, { kind: 'tracks' }, { sort })).toEqual(['t4', 't2', 't5', 't1', 't3'])
})
