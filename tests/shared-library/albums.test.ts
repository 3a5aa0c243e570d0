import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Catalogue } from '../../shared/library/catalogue/catalogue.ts'
import type { SortColumn } from '../../shared/library/sort.ts'
import type { Track } from '../../shared/library/track.ts'
import { createTrack } from './create-track.ts'

/** Tags of a track. Its title is what the test expects. */
type Tags = Partial<Track> & { readonly title: string }

/** The columns whose sort order keeps albums together. */
const albumColumns: readonly SortColumn[] = ['artist', 'album', 'year', 'genre']

function sortTitles(all: readonly Tags[], column: SortColumn, descending = false): readonly string[] {
  const tracks = all.map((tags, index) => createTrack(index + 1, tags))
  const catalogue = new Catalogue()
  catalogue.add(tracks)
  const rows = [...catalogue.search('', { column, descending })]
  return rows.map((id) => tracks[id - 1]?.title ?? '')
}

const song = (title: string, album: string, tags: Partial<Track> = {}): Tags => ({
  title,
  album,
  path: `${album}/${title}.mp3`,
  ...tags,
})
const by = (artist: string, tags: Partial<Track> = {}): Partial<Track> => ({ artists: [artist], ...tags })

/** Each row: what it shows, and the tracks in the only sequence that keeps their albums together and in order. */
const albums: readonly (readonly [string, ...Tags[]])[] = [
  [
    'tracks with different years',
    ...[1999, 1965, 1982, 1971].map((year, index) =>
      song(`Hit ${index + 1}`, 'Best of', by('Singer', { number: index + 1, date: String(year) })),
    ),
  ],
  [
    'years as precise as they come, some missing',
    ...['2004-05', undefined, '2004', '2004-05-06'].map((date, index) =>
      song(`Hit ${index + 1}`, 'Dated', by('Singer', { number: index + 1, date })),
    ),
  ],
  [
    'tracks with different genres',
    ...[['Rock'], [], ['Blues', 'Folk'], ['Rock']].map((genres, index) =>
      song(`Hit ${index + 1}`, 'Mixed', by('Singer', { number: index + 1, genres })),
    ),
  ],
  [
    'a disc on some tracks only',
    ...[1, 2, 3, 4, 5, 6].map((number) =>
      song(`Part ${number}`, 'One disc', by('A', { number, disc: number % 3 === 2 ? 1 : undefined })),
    ),
  ],
  [
    'a first disc without its number',
    song('Disc 1, 1', 'Double', by('A', { number: 1 })),
    song('Disc 1, 2', 'Double', by('A', { number: 2 })),
    song('Disc 2, 1', 'Double', by('A', { number: 1, disc: 2 })),
    song('Disc 2, 2', 'Double', by('A', { number: 2, disc: 2 })),
  ],
  [
    'discs known by their folders only',
    ...['CD 1', 'CD 2', 'CD 10'].flatMap((disc) =>
      [1, 2].map((number) =>
        song(`${disc}, ${number}`, 'Box', by('A', { number, path: `Box/${disc}/0${number}.mp3` })),
      ),
    ),
  ],
  [
    'sides of a record',
    ...['Opening', 'Ballad', 'Zebra', 'Anthem'].map((title, index) =>
      song(title, 'Long player', by('A', { side: index < 2 ? 'A' : 'B', number: (index % 2) + 1 })),
    ),
  ],
  [
    'sides of two records, in either case and up to ten songs',
    song('a', 'Record', by('A', { side: 'A', number: 2 })),
    song('z', 'Record', by('A', { side: 'A', number: 10 })),
    song('y', 'Record', by('A', { side: 'B', number: 1 })),
    song('x', 'Record', by('A', { side: 'C', number: 1 })),
  ],
  [
    'songs without a number, after those with one, by name',
    song('First', 'Album', by('A', { number: 1 })),
    song('Song 2', 'Album', by('A')),
    song('Song 10', 'Album', by('A')),
  ],
  [
    'guests beside the album artist',
    ...['Host', 'Host feat. Guest', 'Guest', 'Another'].map((artist, index) =>
      song(`Song ${index + 1}`, 'Album', by(artist, { number: index + 1, albumArtists: ['Host'] })),
    ),
  ],
  [
    'guests without an album artist',
    ...['Host feat. Zed', 'Host', 'Host (ft. Abel)', 'Zed & Host', 'Host & Abel'].map((artist, index) =>
      song(`Song ${index + 1}`, 'Album', by(artist, { number: index + 1 })),
    ),
  ],
  [
    'several artists in another sequence',
    song('Song 1', 'Album', { artists: ['B', 'A'], number: 1 }),
    song('Song 2', 'Album', { artists: ['A', 'B'], number: 2 }),
    song('Song 3', 'Album', { artists: ['B', 'A'], number: 3 }),
  ],
  [
    'a compilation without an album artist',
    ...['Mike', 'Zoe', 'Anna'].map((artist, index) =>
      song(`Song ${index + 1}`, 'Hits', by(artist, { number: index + 1, date: String(2000 - index) })),
    ),
  ],
  [
    'a compilation without an album artist and numbers',
    ...['Mike', 'Zoe', 'Anna'].map((artist, index) => song(`Song ${index + 1}`, 'Hits', by(artist))),
  ],
  [
    'a compilation of two discs in two folders',
    ...['CD1', 'CD2'].flatMap((disc, index) =>
      ['Mike', 'Anna'].map((artist, track) =>
        song(`${disc}, ${track + 1}`, 'Hits', {
          ...by(artist, { number: track + 1, disc: index + 1 }),
          path: `Hits/${disc}/${track + 1}.mp3`,
        }),
      ),
    ),
  ],
  [
    'an album artist on some tracks only',
    ...['Zoe', 'Mike', 'Anna', 'Zoe'].map((artist, index) =>
      song(
        `Song ${index + 1}`,
        'Album',
        by(artist, { number: index + 1, albumArtists: index === 1 ? ['Zoe'] : [] }),
      ),
    ),
  ],
  [
    'names in different case, accents and punctuation',
    ...['Sigur Rós', 'SIGUR ROS', 'Sigur Ro\u0301s', 'Sigur  Rós'].map((artist, index) =>
      song(`Song ${index + 1}`, ['Takk…', 'Takk...', 'TAKK…', 'Takk'][index] ?? '', {
        ...by(artist, { number: index + 1 }),
      }),
    ),
  ],
  [
    'an album in two folders',
    song('Song 1', 'Album', by('A', { number: 1, path: 'z/1.mp3' })),
    song('Song 2', 'Album', by('A', { number: 2, path: 'a/2.mp3' })),
    song('Song 3', 'Album', by('A', { number: 3, path: 'z/3.mp3' })),
  ],
]

describe('the tracks of an album', () => {
  const rows = albums.flatMap(([kind, ...tracks]) =>
    albumColumns.flatMap((column) =>
      [false, true].map((descending) => ({
        kind,
        tracks,
        column,
        direction: descending ? 'descending' : 'ascending',
        descending,
      })),
    ),
  )

  test.each(rows)('$kind stay together by $column, $direction', ({ tracks, column, descending }) => {
    const expected = tracks.map(({ title }) => title)
    // Neighbours with the same values on both sides, which must not come between.
    const neighbours = [
      song('Neighbour', 'M', by('M')),
      song('Loose', '', { ...by('Host'), album: undefined }),
    ]
    for (const all of [tracks, tracks.toReversed(), [...neighbours, ...tracks.toReversed()]]) {
      const sorted = sortTitles(all, column, descending)
      const start = sorted.indexOf(expected[0] ?? '')
      expect(sorted.slice(start, start + expected.length)).toEqual(expected)
    }
  })
})

describe('two albums with one title', () => {
  const number = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

  test.each([
    ['album artists', (artist: string) => ({ albumArtists: [artist], path: 'flat/x.mp3' })],
    ['artists in two folders', (artist: string) => ({ path: `${artist}/x.mp3` })],
    ['artists in one folder, by equal numbers', () => ({ path: 'flat/x.mp3' })],
    ['artists in one folder, without numbers', () => ({ path: 'flat/x.mp3', number: undefined })],
  ])('are apart by their %s', (_kind, tags) => {
    const of = (artist: string) =>
      number(3).map((track) =>
        song(`${artist} ${track}`, 'Greatest Hits', by(artist, { number: track, ...tags(artist) })),
      )
    const interleaved = number(3).flatMap((track) => [of('Queen')[track - 1], of('Abba')[track - 1]])
    const sorted = sortTitles(interleaved as Tags[], 'album')
    expect(sorted.map((title) => title.split(' ')[0])).toEqual([
      ...Array(3).fill('Abba'),
      ...Array(3).fill('Queen'),
    ])
  })

  test('of one artist are apart by their folders', () => {
    const of = (colour: string, date: string) =>
      number(3).map((track) =>
        song(`${colour} ${track}`, 'Weezer', by('Weezer', { number: track, date, path: `${colour}/x.mp3` })),
      )
    const sorted = sortTitles([...of('Green', '2001'), ...of('Blue', '1994')], 'artist')
    expect(sorted).toEqual(['Blue 1', 'Blue 2', 'Blue 3', 'Green 1', 'Green 2', 'Green 3'])
  })
})

describe('the artist column', () => {
  test('sorts by the album artist, and an album of several artists as “Various artists”', () => {
    const tracks = [
      song('v1', 'Hits', by('Anna', { number: 1 })),
      song('v2', 'Hits', by('Zoe', { number: 2 })),
      song('u', 'Album', by('Ute', { number: 1 })),
      song('w', 'Album', by('Anna', { number: 1, albumArtists: ['Willy'], path: 'w/w.mp3' })),
      song('tagged', 'More', by('Bob', { albumArtists: ['Various Artists'] })),
    ]
    expect(sortTitles(tracks, 'artist')).toEqual(['u', 'v1', 'v2', 'tagged', 'w'])
    expect(sortTitles(tracks, 'artist', true)).toEqual(['w', 'v1', 'v2', 'tagged', 'u'])
  })

  test('sorts the albums of an artist by date', () => {
    const tracks = ['2004-11', '2004-02-01', '1999', '2010'].map((date) =>
      song(date, `Album of ${date}`, by('A', { date })),
    )
    expect(sortTitles(tracks, 'artist')).toEqual(['1999', '2004-02-01', '2004-11', '2010'])
  })
})

test('the number column sorts sides before numbers', () => {
  const tracks = ['B1', 'A10', 'A2', 'A1', '3', '10'].map((title) =>
    song(title, 'Album', { side: /[A-Z]/.exec(title)?.[0], number: Number(title.replace(/\D/, '')) }),
  )
  expect(sortTitles(tracks, 'number')).toEqual(['3', '10', 'A1', 'A2', 'A10', 'B1'])
})

test('tracks added in parts form the same albums as tracks added together', () => {
  const names = fc.constantFrom('A', 'B', 'A feat. C', 'Various Artists')
  const tags = fc.record({
    artists: fc.array(names, { maxLength: 2 }),
    albumArtists: fc.array(names, { maxLength: 1 }),
    album: fc.constantFrom('x', 'X', 'y', undefined),
    disc: fc.constantFrom(1, 2, undefined),
    side: fc.constantFrom('A', 'B', undefined),
    number: fc.constantFrom(1, 2, 3, undefined),
    date: fc.constantFrom('1990', '2000', undefined),
    genres: fc.constantFrom(['Rock'], ['Pop', 'Rock'], []),
    path: fc.constantFrom('f/1.mp3', 'f/2.mp3', 'g/1.mp3', 'g/CD2/1.mp3'),
  })
  const batches = fc.array(fc.array(tags, { maxLength: 6 }), { maxLength: 6 })
  fc.assert(
    fc.property(batches, fc.constantFrom(...albumColumns), fc.boolean(), (parts, column, descending) => {
      const kept = new Catalogue()
      const all: Track[] = []
      for (const part of parts) {
        const added = part.map((values, index) => createTrack(all.length + index + 1, values))
        all.push(...added)
        kept.add(added)
        const together = new Catalogue()
        together.add(all)
        const sort = { column, descending }
        expect([...kept.search('', sort)]).toEqual([...together.search('', sort)])
      }
    }),
    { numRuns: 300 },
  )
})
