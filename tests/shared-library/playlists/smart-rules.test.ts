import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRules } from '../../../shared/library/playlists/match-rules.ts'
import { selectByRules } from '../../../shared/library/playlists/select-by-rules.ts'
import type { SmartRule, SmartRules, SmartSort } from '../../../shared/library/playlists/smart-rules.ts'
import type { Track } from '../../../shared/library/track.ts'
import { createTrack } from '../create-track.ts'

const day = 24 * 60 * 60 * 1000
const now = 1_800_000_000_000
const context = { now, seed: 7 }

const text = (
  field: Extract<SmartRule, { kind: 'text' }>['field'],
  operator: Extract<SmartRule, { kind: 'text' }>['operator'],
  value: string,
): SmartRule => ({ kind: 'text', field, operator, value })

const number = (
  field: Extract<SmartRule, { kind: 'number' }>['field'],
  operator: Extract<SmartRule, { kind: 'number' }>['operator'],
  value: number,
  to = 0,
): SmartRule => ({ kind: 'number', field, operator, value, to })

const date = (
  field: Extract<SmartRule, { kind: 'date' }>['field'],
  operator: Extract<SmartRule, { kind: 'date' }>['operator'],
  days: number,
): SmartRule => ({ kind: 'date', field, operator, days })

const rulesOf = (rules: readonly SmartRule[], others: Partial<SmartRules> = {}): SmartRules => ({
  match: 'all',
  rules,
  sort: { field: 'title', descending: false },
  limit: undefined,
  ...others,
})

const matches = (rule: SmartRule, tags: Partial<Track>): boolean =>
  compileRules(rulesOf([rule]), now)(createTrack(1, tags))

describe('a rule about a text', () => {
  it.each<[SmartRule, Partial<Track>, boolean]>([
    [text('artist', 'contains', 'bjo'), { artists: ['Björk'] }, true],
    [text('artist', 'contains', 'bjo'), { albumArtists: ['Björk'] }, false],
    [text('artist', 'is', 'björk'), { artists: ['Björk'] }, true],
    [text('artist', 'is', 'bjor'), { artists: ['Björk'] }, false],
    [text('artist', 'is', 'b'), { artists: ['A', 'B'] }, true],
    [text('artist', 'isNot', 'b'), { artists: ['A', 'B'] }, false],
    [text('artist', 'isNot', 'b'), { artists: [] }, true],
    [text('genre', 'is', 'rock'), { genres: ['Pop', 'Rock'] }, true],
    [text('genre', 'is', 'rock'), { genres: ['Hard Rock'] }, false],
    [text('genre', 'contains', 'rock'), { genres: ['Hard Rock'] }, true],
    [text('genre', 'excludes', 'rock'), { genres: ['Hard Rock', 'Pop'] }, false],
    [text('genre', 'excludes', 'rock'), { genres: [] }, true],
    [text('genre', 'is', ''), { genres: [] }, true],
    [text('genre', 'is', ''), { genres: ['Pop'] }, false],
    [text('genre', 'isNot', ''), { genres: ['Pop'] }, true],
    [text('title', 'startsWith', 'the '), { title: 'The Wall' }, true],
    [text('title', 'startsWith', 'wall'), { title: 'The Wall' }, false],
    [text('album', 'contains', 'x'), { album: undefined }, false],
    [text('composer', 'contains', 'bach'), { composers: ['J. S. Bach'] }, true],
    [text('path', 'contains', 'live/'), { path: 'Live/1.mp3' }, true],
    [text('any', 'contains', '1999'), { date: '1999-01-01' }, true],
    [text('any', 'excludes', 'live'), { path: 'Live/1.mp3' }, false],
  ])('%j with %j is %s', (rule, tags, expected) => {
    expect(matches(rule, tags)).toBe(expected)
  })
})

describe('a rule about a number', () => {
  it.each<[SmartRule, Partial<Track>, boolean]>([
    [number('year', 'between', 1990, 1999), { date: '1989-12-31' }, false],
    [number('year', 'between', 1990, 1999), { date: '1990' }, true],
    [number('year', 'between', 1999, 1990), { date: '1999-12-31' }, true],
    [number('year', 'between', 1990, 1999), { date: '2000' }, false],
    [number('year', 'below', 1990), { date: undefined }, false],
    [number('year', 'differs', 1990), { date: undefined }, true],
    [number('rating', 'above', 3), { rating: 3 }, false],
    [number('rating', 'above', 3), { rating: 3.5 }, true],
    [number('rating', 'equals', 0), { rating: undefined }, true],
    [number('rating', 'below', 1), { rating: undefined }, true],
    [number('plays', 'equals', 0), { playCount: 0 }, true],
    [number('plays', 'above', 0), { playCount: 0 }, false],
    [number('minutes', 'above', 3), { duration: 180 }, false],
    [number('minutes', 'above', 3), { duration: 181 }, true],
    [number('minutes', 'below', 3), { duration: undefined }, false],
  ])('%j with %j is %s', (rule, tags, expected) => {
    expect(matches(rule, tags)).toBe(expected)
  })
})

describe('a rule about a date', () => {
  it.each<[SmartRule, Partial<Track>, boolean]>([
    [date('added', 'within', 30), { addedAt: now - 30 * day }, true],
    [date('added', 'within', 30), { addedAt: now - 30 * day - 1 }, false],
    [date('added', 'notWithin', 30), { addedAt: now - 30 * day - 1 }, true],
    [date('lastPlayed', 'within', 7), { lastPlayedAt: undefined }, false],
    [date('lastPlayed', 'notWithin', 7), { lastPlayedAt: undefined }, true],
  ])('%j with %j is %s', (rule, tags, expected) => {
    expect(matches(rule, tags)).toBe(expected)
  })
})

describe('several rules', () => {
  const rules = [text('artist', 'is', 'a'), number('rating', 'above', 3)]
  const tracks = [
    createTrack(1, { artists: ['A'], rating: 5 }),
    createTrack(2, { artists: ['A'], rating: 1 }),
    createTrack(3, { artists: ['B'], rating: 5 }),
    createTrack(4, { artists: ['B'] }),
  ]
  const select = (match: 'all' | 'any', selected = rules) =>
    selectByRules(tracks, rulesOf(selected, { match }), context).map(({ id }) => id)

  it('must all match, or any of them', () => {
    expect(select('all')).toEqual([1])
    expect(select('any')).toEqual([1, 2, 3])
  })

  it('match every track if there are none', () => {
    expect(select('all', [])).toEqual([1, 2, 3, 4])
    expect(select('any', [])).toEqual([1, 2, 3, 4])
  })
})

describe('the sort order', () => {
  const order = (tracks: readonly Track[], sort: SmartSort) =>
    selectByRules(tracks, rulesOf([], { sort }), context).map(({ id }) => id)

  it('keeps albums together, from their first track on in both directions', () => {
    const album = (id: number, artist: string, title: string, date: string, number: number) =>
      createTrack(id, { artists: [artist], album: title, date, number })
    const tracks = [
      album(1, 'B', 'Late', '2000', 2),
      album(2, 'B', 'Late', '2000', 1),
      album(3, 'B', 'Early', '1990', 1),
      album(4, 'a', 'Only', '1995', 10),
      album(5, 'A', 'Only', '1995', 9),
    ]
    expect(order(tracks, { field: 'artist', descending: false })).toEqual([5, 4, 3, 2, 1])
    expect(order(tracks, { field: 'artist', descending: true })).toEqual([3, 2, 1, 5, 4])
  })

  it('has missing values last in both directions', () => {
    const tracks = [createTrack(1), createTrack(2, { date: '1990' }), createTrack(3, { date: '1995' })]
    expect(order(tracks, { field: 'year', descending: false })).toEqual([2, 3, 1])
    expect(order(tracks, { field: 'year', descending: true })).toEqual([3, 2, 1])
  })

  it('is the same random one for the same seed', () => {
    const tracks = Array.from({ length: 100 }, (_, index) => createTrack(index + 1))
    const random = (seed: number, some = tracks) =>
      selectByRules(some, rulesOf([], { sort: { field: 'random', descending: false } }), { now, seed }).map(
        ({ id }) => id,
      )
    expect(random(1)).toEqual(random(1, tracks.toReversed()))
    expect(random(1)).not.toEqual(random(2))
    expect(random(1)).not.toEqual(tracks.map(({ id }) => id))
    // A track that is added changes nothing between the others.
    const grown = random(1, [...tracks, createTrack(101)])
    expect(grown.filter((id) => id !== 101)).toEqual(random(1))
  })
})

describe('the limit', () => {
  const tracks = [60, 90, undefined, 31, 60].map((duration, index) => createTrack(index + 1, { duration }))
  const cut = (count: number, unit: 'tracks' | 'minutes') =>
    selectByRules(tracks, rulesOf([], { limit: { count, unit } }), context).map(({ id }) => id)

  it.each([
    [0, 'tracks' as const, []],
    [2, 'tracks' as const, [1, 2]],
    [9, 'tracks' as const, [1, 2, 3, 4, 5]],
    [1, 'minutes' as const, [1]],
    [2, 'minutes' as const, [1]],
    [3, 'minutes' as const, [1, 2, 3]],
    [10, 'minutes' as const, [1, 2, 3, 4, 5]],
  ])('of %d %s leaves %j', (count, unit, ids) => {
    expect(cut(count, unit)).toEqual(ids)
  })

  it('cuts after sorting, and contains only matches', () => {
    const ratings = fc.array(fc.record({ rating: fc.integer({ min: 0, max: 10 }), plays: fc.nat(20) }))
    fc.assert(
      fc.property(ratings, fc.nat(12), (values, count) => {
        const all = values.map(({ rating, plays }, index) =>
          createTrack(index + 1, { rating: rating / 2, playCount: plays }),
        )
        const rules = rulesOf([number('rating', 'above', 2)], {
          sort: { field: 'plays', descending: true },
          limit: { count, unit: 'tracks' },
        })
        const selected = selectByRules(all, rules, context)
        const expected = all.filter(({ rating }) => (rating ?? 0) > 2)
        expect(selected.length).toBe(Math.min(count, expected.length))
        const fewest = Math.min(...selected.map(({ playCount }) => playCount))
        const left = expected.filter((track) => !selected.includes(track))
        for (const track of left) expect(track.playCount).toBeLessThanOrEqual(fewest)
        for (const track of selected) expect(expected).toContain(track)
      }),
    )
  })
})
