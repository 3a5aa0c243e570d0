import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Catalogue } from '../../shared/library/catalogue/catalogue.ts'
import { parseQuery } from '../../shared/library/search/parse-query.ts'
import type { Track } from '../../shared/library/track.ts'
import { createTrack } from './create-track.ts'

const day = 24 * 60 * 60 * 1000
const now = Date.now()

const tracks: readonly Track[] = [
  createTrack(1, {
    title: 'Dancing Queen',
    artists: ['ABBA'],
    albumArtists: ['ABBA'],
    album: 'Arrival',
    genres: ['Pop'],
    date: '1976-08-15',
    rating: 5,
    playCount: 12,
    addedAt: now - 2 * day,
    composers: ['Benny Andersson'],
    path: 'ABBA/Arrival/02 Dancing Queen.flac',
  }),
  createTrack(2, {
    title: 'Queen of the Night',
    artists: ['Mozart'],
    album: 'The Magic Flute',
    genres: ['Classical', 'Opera'],
    date: '1991',
    rating: 3.5,
    addedAt: now - 40 * day,
    lastPlayedAt: now - 3 * day,
    playCount: 1,
    path: 'Classical/Mozart/Flute.mp3',
  }),
  createTrack(3, {
    title: 'year: 1991',
    artists: ['The Abbatoirs'],
    albumArtists: ['Various'],
    album: 'Black & White',
    date: '1999-12-31',
    addedAt: new Date(2020, 4, 31, 23, 59).getTime(),
    path: 'Various/-x- "quoted".ogg',
  }),
]

function find(text: string): number[] {
  const catalogue = new Catalogue()
  catalogue.add(tracks)
  return [...catalogue.search(text, { column: 'path', descending: false })].sort((a, b) => a - b)
}

describe('a query', () => {
  test.each([
    ['queen', [1, 2]],
    ['queen abba', [1]],
    ['"queen of"', [2]],
    ['“Queen of', [2]],
    ['"of queen"', []],
    ['queen -abba', [2]],
    ['-queen', [3]],
    ['-"dancing queen"', [2, 3]],
    ['-', [1, 3]],
    ['""', [1, 2, 3]],
    ['artist:abba', [1, 3]],
    ['ARTIST:Abba', [1, 3]],
    ['artist:"the abba"', [3]],
    ['albumartist:abba', [1]],
    ['albumartist:various', [3]],
    ['artist:various', []],
    ['album:flute', [2]],
    ['-album:flute', [1, 3]],
    ['genre:opera', [2]],
    ['-genre:pop', [2, 3]],
    ['title:queen', [1, 2]],
    ['title:flute', []],
    ['composer:benny', [1]],
    ['path:arrival/02', [1]],
    ['path:classical', [2]],
    ['year:1976', [1]],
    ['year:1976..1991', [1, 2]],
    ['year:1992..', [3]],
    ['year:..1990', [1]],
    ['year:>1991', [3]],
    ['year:>=1991', [2, 3]],
    ['year:<1991', [1]],
    ['-year:1976', [2, 3]],
    ['rating:>3', [1, 2]],
    ['rating:>3.5', [1]],
    ['rating:3.5', [2]],
    ['rating:0', [3]],
    ['rating:<=3.5', [2, 3]],
    ['plays:>1', [1]],
    ['plays:0', [3]],
    ['added:7d', [1]],
    ['added:6m', [1, 2]],
    ['added:2020', [3]],
    ['added:2020-05', [3]],
    ['added:2020-05-31', [3]],
    ['added:2020-06', []],
    ['added:..2020-05-30', []],
    ['added:>2020-05', [1, 2]],
    ['played:1w', [2]],
    ['queen year:1991 genre:classical rating:3..4', [2]],
  ])('“%s” finds %j', (text, found) => {
    expect(find(text)).toEqual(found)
  })

  test.each([
    ['artist:', []],
    ['year:', [3]],
    ['year:abc', []],
    ['year:1990...1999', []],
    ['rating:>', []],
    ['added:2020-13', []],
    ['added:2020-02-30', []],
    ['-year:', [1, 2]],
    ['-year:abc', [1, 2, 3]],
    ['http://x', []],
    ['7"', []],
    ['quoted"', [3]],
    ['&', [3]],
  ])('“%s” is no filter, so it is a word: it finds %j', (text, found) => {
    expect(find(text)).toEqual(found)
  })

  test('of any characters has no words with spaces, and each search with it succeeds', () => {
    const characters = fc.constantFrom(...'ab:"-.<>19 \n:"', 'artist:', 'year:', 'rating:>', '..')
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        for (const term of parseQuery(text, now))
          if (term.kind === 'word' && !text.includes('"')) expect(term.text).toMatch(/^\S+$/)
        find(text)
      }),
    )
  })
})

test('a track that changes is found by its new rating and its new names only', () => {
  const catalogue = new Catalogue()
  const first = createTrack(1, { title: 'Old', rating: 1 })
  catalogue.add([first, createTrack(2, { rating: 1 })])
  const search = (text: string) => [...catalogue.search(text, { column: 'path', descending: false })]
  expect([search('rating:1'), search('old')]).toEqual([[1, 2], [1]])
  catalogue.add([{ ...first, rating: 4 }])
  expect([search('rating:1'), search('rating:4'), search('old')]).toEqual([[2], [1], [1]])
  catalogue.add([{ ...first, title: 'New', rating: 4 }])
  expect([search('old'), search('new')]).toEqual([[], [1]])
  catalogue.remove([1])
  expect([search('new'), search('rating:1'), search('-nothing')]).toEqual([[], [2], [2]])
})

describe('the best artists and albums', () => {
  const catalogue = new Catalogue()
  const album = (id: number, artist: string, title: string) =>
    createTrack(id, { artists: [artist], album: title, path: `${id}/1.mp3` })
  catalogue.add([
    album(1, 'The Queens', 'Live'),
    album(2, 'Queen', 'Live Magic'),
    album(3, 'Queen', 'News'),
    album(4, 'Dancing Queen Band', 'Queen'),
    album(5, 'Sequence', 'Arrival'),
  ])

  test.each([
    ['queen', ['Queen', 'Dancing Queen Band', 'The Queens'], ['Queen']],
    ['queen live', [], ['Live Magic', 'Live']],
    ['live', [], ['Live', 'Live Magic']],
    ['artist:queen', ['Queen', 'Dancing Queen Band', 'The Queens'], []],
    ['album:live', [], ['Live', 'Live Magic']],
    ['queen -news', ['Queen', 'Dancing Queen Band', 'The Queens'], ['Queen']],
    ['-queen', [], []],
    ['year:1990', [], []],
    ['  ', [], []],
  ])('for “%s” are %j and %j', (text, artists, albums) => {
    const found = catalogue.bestMatches(text)
    expect(found.artists.map(({ name }) => name)).toEqual(artists)
    expect(found.albums.map(({ title }) => title)).toEqual(albums)
  })
})
