import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Catalogue } from '../../shared/library/catalogue/catalogue.ts'
import type { SortColumn } from '../../shared/library/sort.ts'
import type { Track } from '../../shared/library/track.ts'
import { createTrack } from './create-track.ts'

const columns: SortColumn[] = ['title', 'artist', 'album', 'number', 'year', 'genre', 'duration']

function catalogueOf(...tracks: Track[]): Catalogue {
  const catalogue = new Catalogue()
  catalogue.add(tracks)
  return catalogue
}

function rows(catalogue: Catalogue, text = '', column: SortColumn = 'artist', descending = false): number[] {
  return Array.from(catalogue.search(text, { column, descending }))
}

describe('searching', () => {
  const catalogue = catalogueOf(
    createTrack(1, {
      title: 'Für Elise',
      artists: ['Beethoven'],
      album: 'Bagatelles',
      genres: ['Classical'],
    }),
    createTrack(2, {
      title: 'Hyperballad',
      artists: ['Björk'],
      album: 'Post',
      albumArtists: ['Björk'],
      genres: ['Pop'],
    }),
    createTrack(3, {
      title: 'Straße',
      artists: ['Sigur Rós'],
      album: 'Ágætis byrjun',
      albumArtists: ['Various'],
    }),
    createTrack(4, { title: 'ＦＵＬＬ width', artists: ['Čechomor'], album: 'Proměny' }),
  )

  test.each([
    ['', [1, 2, 3, 4]],
    ['   ', [1, 2, 3, 4]],
    ['fur', [1]],
    ['BJORK', [2]],
    ['björk post', [2]],
    ['post bjork', [2]],
    ['strasse', [3]],
    ['agaetis', [3]],
    ['various', [3]],
    ['full', [4]],
    ['cechomor promeny', [4]],
    ['classical', [1]],
    ['bjork elise', []],
    ['elisebeethoven', []],
    ['.*', []],
  ])('“%s” finds %j', (text, found) => {
    expect(rows(catalogue, text).toSorted()).toEqual(found)
  })

  test.each([
    ['the title', 'elise'],
    ['the second artist', 'zoltan'],
    ['an artist whose name has a slash', 'ac/dc'],
    ['a part of this name', 'dc'],
    ['artists as the row shows them', 'Julie Firstname, Zoltan Secondname'],
    ['the second album artist', 'orchestra'],
    ['the album', 'bagatelles'],
    ['the second genre', 'romantic'],
    ['the composer', 'ludwig'],
    ['the year', '1810'],
    ['the date', '1810-04-27'],
    ['the file name', '03 fuer'],
    ['the whole file name', '03 fuer elise.flac'],
    ['the folder', 'klassik'],
    ['the path', 'klassik/beethoven/03'],
    ['words of different fields', 'klassik 1810 zoltan romantic'],
  ])('finds %s: “%s”', (_field, text) => {
    const track = createTrack(1, {
      title: 'Für Elise',
      artists: ['Julie Firstname', 'Zoltan Secondname', 'AC/DC'],
      albumArtists: ['Julie Firstname', 'The Orchestra'],
      album: 'Bagatelles',
      genres: ['Classical', 'Romantic'],
      composers: ['Ludwig van Beethoven'],
      date: '1810-04-27',
      path: 'Klassik/Beethoven/03 Fuer Elise.flac',
    })
    const other = createTrack(2, { title: 'Another', path: 'another.mp3' })
    expect(rows(catalogueOf(other, track), text)).toEqual([1])
  })

  test('finds nothing across two fields', () => {
    const track = createTrack(1, { title: 'one', artists: ['two'], album: 'three', path: 'f/four.mp3' })
    for (const text of ['onetwo', 'twothree', 'threef', 'mp3one', 'undefined'])
      expect(rows(catalogueOf(track), text), text).toEqual([])
  })

  test('names with and without combining accents match each other', () => {
    const decomposed = catalogueOf(
      createTrack(1, { title: 'Cafe\u0301' }),
      createTrack(2, { title: 'Caf\u00e9' }),
    )
    expect(rows(decomposed, 'caf\u00e9')).toEqual([1, 2])
    expect(rows(decomposed, 'cafe\u0301')).toEqual([1, 2])
  })

  test('typing, deleting and editing finds the same as a new search', () => {
    const words = fc.constantFrom('a', 'ab', 'abc', 'b', 'bc', 'c', 'b a', 'ab c', '')
    const titles = fc.array(
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), minLength: 1, maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(words, titles), { maxLength: 12 }), (typed) => {
        const kept = new Catalogue()
        const all: Track[] = []
        for (const [text, more] of typed) {
          const added = more.map((title, index) => createTrack(all.length + index + 1, { title }))
          all.push(...added)
          kept.add(added)
          expect(rows(kept, text)).toEqual(rows(catalogueOf(...all), text))
        }
      }),
    )
  })
})

describe('sorting', () => {
  test('the natural order is artist, year, album, disc, number, path', () => {
    const album = { artists: ['Abba'], album: 'B', date: '1980' }
    const catalogue = catalogueOf(
      createTrack(1, { ...album, disc: 2, number: 1 }),
      createTrack(2, { ...album, disc: 1, number: 10 }),
      createTrack(3, { ...album, disc: 1, number: 2 }),
      createTrack(4, { artists: ['abba'], album: 'A', date: '1990' }),
      createTrack(5, { artists: ['ABBA'], album: 'Z', date: '1970' }),
      createTrack(6, { artists: ['Ábel'], date: '1900' }),
      createTrack(7, { path: 'b.mp3' }),
      createTrack(8, { path: 'a.mp3' }),
    )
    expect(rows(catalogue)).toEqual([5, 3, 2, 1, 4, 6, 8, 7])
  })

  test('numbers in names sort as numbers', () => {
    const catalogue = catalogueOf(
      ...['Song 10', 'song 9', 'Song 1'].map((title, id) => createTrack(id + 1, { title })),
    )
    expect(rows(catalogue, '', 'title')).toEqual([3, 2, 1])
  })

  test.each(['artist', 'album', 'number', 'year', 'genre', 'duration'] as const)(
    'tracks without %s come last in both directions',
    (column) => {
      const tags = (value: number): Partial<Track> =>
        ({
          artist: { artists: [`name ${value}`] },
          album: { album: `name ${value}` },
          number: { number: value },
          year: { date: `200${value}` },
          genre: { genres: [`name ${value}`] },
          duration: { duration: value },
        })[column]
      const catalogue = catalogueOf(
        createTrack(1),
        createTrack(2, tags(2)),
        createTrack(3, tags(1)),
        createTrack(4),
      )
      expect(rows(catalogue, '', column)).toEqual([3, 2, 1, 4])
      expect(rows(catalogue, '', column, true)).toEqual([2, 3, 1, 4])
    },
  )

  test('descending reverses the column, not the order of ties', () => {
    const catalogue = catalogueOf(
      createTrack(1, { date: '2001', artists: ['A'], album: 'X', number: 2 }),
      createTrack(2, { date: '2001', artists: ['A'], album: 'X', number: 1 }),
      createTrack(3, { date: '2005', artists: ['B'], album: 'Y', number: 2 }),
      createTrack(4, { date: '2005', artists: ['B'], album: 'Y', number: 1 }),
    )
    expect(rows(catalogue, '', 'year')).toEqual([2, 1, 4, 3])
    expect(rows(catalogue, '', 'year', true)).toEqual([4, 3, 2, 1])
  })

  test('tracks added in parts are sorted like tracks added together', () => {
    const tags = fc.record({
      title: fc.constantFrom('a', 'B', 'c', 'Ä', '10', '9'),
      artists: fc.constantFrom(['x'], ['Y'], []),
      date: fc.constantFrom('1990', '2000', undefined),
      number: fc.constantFrom(1, 2, undefined),
    })
    const batches = fc.array(fc.array(tags, { maxLength: 8 }), { maxLength: 6 })
    fc.assert(
      fc.property(batches, fc.constantFrom(...columns), fc.boolean(), (parts, column, descending) => {
        const kept = new Catalogue()
        const all: Track[] = []
        for (const part of parts) {
          const added = part.map((values, index) => createTrack(all.length + index + 1, values))
          all.push(...added)
          kept.add(added)
          expect(rows(kept, '', column, descending)).toEqual(
            rows(catalogueOf(...all), '', column, descending),
          )
        }
        expect(rows(kept, '', column, descending).toSorted((a, b) => a - b)).toEqual(all.map(({ id }) => id))
      }),
    )
  })
})

describe('a library that changes', () => {
  test('a track that is added again replaces the earlier one', () => {
    const catalogue = catalogueOf(createTrack(1, { title: 'b' }), createTrack(2, { title: 'c' }))
    expect(rows(catalogue, 'b', 'title')).toEqual([1])
    catalogue.add([createTrack(1, { title: 'd' })])
    expect(catalogue.size).toBe(2)
    expect(rows(catalogue, '', 'title')).toEqual([2, 1])
    expect(rows(catalogue, 'd')).toEqual([1])
    expect(rows(catalogue, 'b')).toEqual([])
    expect(catalogue.get(1)?.title).toBe('d')
  })

  test('a cleared library contains nothing of the previous one', () => {
    const catalogue = catalogueOf(createTrack(1), createTrack(2))
    rows(catalogue, 'track')
    catalogue.clear()
    expect(rows(catalogue, 'track')).toEqual([])
    expect(catalogue.get(1)).toBeUndefined()
    catalogue.add([createTrack(3)])
    expect(rows(catalogue, 'track')).toEqual([3])
  })
})
