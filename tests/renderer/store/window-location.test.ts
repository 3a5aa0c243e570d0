import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatLocation,
  parseLocation,
  type WindowLocation,
} from '../../../renderer/store/window-location.ts'
import type { LibraryList } from '../../../shared/library/library-list.ts'
import { viewNames } from '../../../shared/player/messages.ts'

const parse = (hash: string) => parseLocation(hash, viewNames)

const name = fc.string({ unit: 'binary', minLength: 1 })
const list: fc.Arbitrary<LibraryList> = fc.oneof(
  fc.constantFrom<LibraryList>(
    { kind: 'albums' },
    { kind: 'tracks' },
    { kind: 'mostPlayed' },
    { kind: 'years' },
  ),
  fc.record({ kind: fc.constantFrom('album', 'artist', 'genre'), key: name }),
  fc.record({ kind: fc.constant('folder'), path: fc.string({ unit: 'binary' }) }),
  fc.record({ kind: fc.constant('year'), year: fc.nat(9999) }),
  fc.record({ kind: fc.constant('playlist'), id: fc.nat() }),
)

describe('an address', () => {
  it.each([
    [{ view: 'library', list: { kind: 'tracks' }, query: '' }, '#library/tracks'],
    [
      { view: 'library', list: { kind: 'recentlyAdded' }, query: 'a b' },
      '#library/recently-added?search=a%20b',
    ],
    [{ view: 'library', list: { kind: 'folder', path: '' }, query: '' }, '#library/folders'],
    [{ view: 'library', list: { kind: 'folder', path: 'A/B?' }, query: '' }, '#library/folder/A/B%3F'],
    [{ view: 'library', list: { kind: 'artist', key: 'AC/DC' }, query: '' }, '#library/artist/AC/DC'],
    [{ view: 'up-next', list: { kind: 'albums' }, query: 'x' }, '#up-next'],
  ] as const)('of %j is %s', (location, address) => {
    expect(formatLocation(location)).toBe(address)
  })

  it('names every list with its search', () => {
    fc.assert(
      fc.property(list, fc.string({ unit: 'binary' }), (list, query) => {
        const location: WindowLocation = { view: 'library', list, query }
        expect(parse(formatLocation(location))).toEqual(location)
      }),
    )
  })

  it.each(['', '#', '#nowhere', '#Library', 'library', '#?search=x'])('%j names nothing', (hash) => {
    expect(parse(hash)).toEqual({})
  })

  it.each([
    '#library',
    '#library/nothing',
    '#library/album',
    '#library/album/',
    '#library/year/MCM',
    '#library/artist/%',
    '#library/playlist/-1',
  ])('%j names no list', (hash) => {
    expect(parse(hash)).toEqual({ view: 'library' })
  })

  it('keeps the pages of another view to that view', () => {
    expect(parse('#lab/interference?threads=2')).toEqual({ view: 'lab' })
  })

  it('survives a search that is not valid', () => {
    expect(parse('#library/tracks?search=%E0%A4%A')).toMatchObject({ query: '' })
  })
})
