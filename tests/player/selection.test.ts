import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  advanceSelection,
  beginSelection,
  changeModes,
  Planner,
  planCapacity,
  type Selection,
} from '../../shared/player/selection.ts'

const createList = (length: number) => Int32Array.from({ length }, (_, index) => index + 101)
const off = { shuffle: false, repeat: 'off' } as const
const shuffled = { shuffle: true, repeat: 'all' } as const

const lengths = fc.integer({ min: 1, max: 60 })
const seeds = fc.integer()

function upcoming(tracks: Int32Array, selection: Selection, count: number = planCapacity): number[] {
  return Array.from(new Planner(tracks).upcoming(selection, count))
}

describe('without shuffle', () => {
  test('the songs after the chosen one follow to the end of the list', () => {
    expect(upcoming(createList(6), beginSelection(createList(6), 103, off, 1))).toEqual([104, 105, 106])
  })

  test('nothing follows the last song or an empty list', () => {
    expect(upcoming(createList(3), beginSelection(createList(3), 103, off, 1))).toEqual([])
    expect(upcoming(createList(0), beginSelection(createList(0), 0, { ...off, repeat: 'all' }, 1))).toEqual(
      [],
    )
  })

  test.each(['all', 'one'] as const)('repeat %s restarts the list until the plan is full', (repeat) => {
    expect(upcoming(createList(3), beginSelection(createList(3), 102, { ...off, repeat }, 1), 5)).toEqual([
      103, 101, 102, 103, 101,
    ])
  })

  test('a list without a start song begins with its first', () => {
    expect(upcoming(createList(2), beginSelection(createList(2), 0, off, 1))).toEqual([101, 102])
  })

  test('the plan has at most the requested length', () => {
    expect(upcoming(createList(1000), beginSelection(createList(1000), 101, off, 1))).toHaveLength(
      planCapacity,
    )
  })
})

describe('shuffle', () => {
  test('plays every song once before repeating one, starting with the chosen one', () => {
    fc.assert(
      fc.property(lengths, seeds, fc.nat(), (length, seed, chosen) => {
        const tracks = createList(length)
        const first = tracks[chosen % length] as number
        const round = upcoming(
          tracks,
          beginSelection(tracks, first, { ...shuffled, repeat: 'off' }, seed),
          length * 2,
        )
        expect([first, ...round].toSorted()).toEqual(Array.from(tracks))
      }),
    )
  })

  test('continues in rounds of all songs, and none begins with the last song of the round before', () => {
    fc.assert(
      fc.property(lengths, seeds, fc.boolean(), (length, seed, fromAny) => {
        const tracks = createList(length)
        const selection = beginSelection(tracks, fromAny ? 0 : 101, shuffled, seed)
        const all = (fromAny ? [] : [101]).concat(upcoming(tracks, selection, length * 5))
        for (let start = 0; start + length <= all.length; start += length) {
          expect(all.slice(start, start + length).toSorted()).toEqual(Array.from(tracks))
          if (start > 0 && length > 1) expect(all[start]).not.toBe(all[start - 1])
        }
      }),
    )
  })

  test('differs between seeds and between rounds', () => {
    const tracks = createList(50)
    const [first, second] = [1, 2].map((seed) =>
      upcoming(tracks, beginSelection(tracks, 101, shuffled, seed), 149),
    )
    expect(first).not.toEqual(second)
    expect(first?.slice(49, 99)).not.toEqual(first?.slice(99, 149))
  })

  test('puts every song at every index about equally often', () => {
    const tracks = createList(5)
    const counts = new Map<string, number>()
    for (let seed = 0; seed < 10_000; seed++) {
      upcoming(tracks, beginSelection(tracks, 0, shuffled, seed), 5).forEach((track, index) => {
        counts.set(`${track} at ${index}`, (counts.get(`${track} at ${index}`) ?? 0) + 1)
      })
    }
    // 2,000 each; five standard deviations are 200.
    expect([...counts.values()].filter((count) => Math.abs(count - 2000) > 200)).toEqual([])
    expect(counts.size).toBe(25)
  })
})

test('a replaced thread continues with the songs that the dead one would have chosen', () => {
  fc.assert(
    fc.property(lengths, seeds, fc.boolean(), fc.nat(200), (length, seed, shuffle, taken) => {
      const tracks = createList(length)
      const start = beginSelection(tracks, 101, { shuffle, repeat: 'all' }, seed)
      const expected = upcoming(tracks, start, taken + 10)
      const copy = JSON.parse(JSON.stringify(advanceSelection(start, length, taken))) as Selection
      expect(upcoming(tracks, copy, 10)).toEqual(expected.slice(taken))
    }),
  )
})

test('every field of a selection is a mode or fits in an Int32', () => {
  const { shuffle, repeat, ...numbers } = advanceSelection(
    beginSelection(createList(9), 105, shuffled, -(2 ** 31)),
    9,
    1000,
  )
  expect([shuffle, repeat]).toEqual([true, 'all'])
  expect(Object.values(numbers).every((value) => value === (value | 0))).toBe(true)
})

describe('a change of modes', () => {
  test('turning shuffle off continues the list from the current song', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), seeds, fc.nat(100), (length, seed, taken) => {
        const tracks = createList(length)
        const planner = new Planner(tracks)
        const selection = advanceSelection(beginSelection(tracks, 101, shuffled, seed), length, taken)
        const current = tracks[planner.indexOf(selection)] as number
        const changed = changeModes(tracks, selection, current, { shuffle: false, repeat: 'all' }, 0)
        expect(planner.upcoming(changed, 1)[0]).toBe(current === 100 + length ? 101 : current + 1)
      }),
    )
  })

  test('turning shuffle on plays all other songs once after the current one', () => {
    const tracks = createList(20)
    const selection = advanceSelection(beginSelection(tracks, 101, off, 1), 20, 6)
    const rest = upcoming(tracks, changeModes(tracks, selection, 107, { ...off, shuffle: true }, 5))
    expect([107, ...rest].toSorted()).toEqual(Array.from(tracks))
    expect(rest).not.toEqual(rest.toSorted())
  })

  test('turning shuffle off and on gives another shuffle', () => {
    const tracks = createList(30)
    const on = changeModes(tracks, beginSelection(tracks, 101, off, 1), 101, { ...off, shuffle: true }, 5)
    const again = changeModes(tracks, changeModes(tracks, on, 101, off, 6), 101, { ...off, shuffle: true }, 7)
    expect(upcoming(tracks, again)).not.toEqual(upcoming(tracks, on))
  })

  test('changing only repeat keeps the shuffle', () => {
    const tracks = createList(30)
    const selection = advanceSelection(beginSelection(tracks, 101, { ...shuffled, repeat: 'off' }, 3), 30, 4)
    const changed = changeModes(tracks, selection, 999, { ...shuffled, repeat: 'all' }, 8)
    expect(upcoming(tracks, changed, 25)).toEqual(upcoming(tracks, selection, 25))
  })

  test('a current song that is not in the list does not move the selection', () => {
    const tracks = createList(10)
    const selection = advanceSelection(beginSelection(tracks, 101, off, 1), 10, 3)
    const there = changeModes(tracks, selection, 7, { ...off, shuffle: true }, 5)
    expect(upcoming(tracks, changeModes(tracks, there, 7, off, 6), 2)).toEqual([105, 106])
  })

  test('of a song that is in the list twice, the occurrence that plays counts', () => {
    const tracks = Int32Array.from([1, 2, 1, 3])
    const selection = advanceSelection(beginSelection(tracks, 1, off, 1), 4, 2)
    const back = changeModes(
      tracks,
      changeModes(tracks, selection, 1, { ...off, shuffle: true }, 9),
      1,
      off,
      0,
    )
    expect(upcoming(tracks, back)).toEqual([3])
  })
})
