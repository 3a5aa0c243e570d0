import { describe, expect, test } from 'vitest'
import { initialPlayback, type PlaybackState } from '../../shared/player/playback-state.ts'
import { PlayerMemory } from '../../shared/player/player-memory.ts'
import { beginSelection, changeModes, Planner, planCapacity } from '../../shared/player/selection.ts'
import { UpNext } from '../../shared/player/up-next.ts'

const songs = Int32Array.of(11, 12, 13, 14, 15)
const noModes = { shuffle: false, repeat: 'off' } as const

/** Plans once, like the selector thread. */
function plan(upNext: UpNext): void {
  const { begin, current, modes, selection } = upNext.readRequest()
  const next = begin
    ? beginSelection(upNext.list, begin.start, modes, 7)
    : changeModes(upNext.list, selection, current, modes, 7)
  upNext.writePlan(next, new Planner(upNext.list).upcoming(next, planCapacity))
}

function held<Value>(upNext: UpNext, work: () => Value): Value {
  using _ = upNext.hold()
  return work()
}

function playing(from: number, modes: { shuffle: boolean; repeat: 'off' | 'all' | 'one' } = noModes): UpNext {
  const upNext = new UpNext()
  held(upNext, () => {
    upNext.writeModes(modes)
    upNext.writeList(songs, from)
    upNext.setActive(true)
    plan(upNext)
  })
  return upNext
}

describe('everything that comes next', () => {
  const long = Int32Array.from({ length: 3 * planCapacity }, (_, index) => 100 + index)
  const upNext = new UpNext()
  const upcoming = (modes: { shuffle: boolean; repeat: 'off' | 'all' | 'one' }, start: number) =>
    held(upNext, () => {
      upNext.writeModes(modes)
      upNext.writeList(long, start)
      upNext.setActive(true)
      plan(upNext)
      return [...upNext.upcoming]
    })

  test('is the queue and the rest of the list, also beyond the plan', () => {
    expect(upcoming(noModes, 110)).toEqual([...long.slice(11)])
    expect(upcoming(noModes, 0)).toEqual([...long])
    held(upNext, () => upNext.enqueue(Int32Array.of(7)))
    expect(upcoming(noModes, 248)).toEqual([7, 249])
    held(upNext, () => upNext.take(0))
  })

  test('has each song once when the list is repeated, and in the order of the shuffle', () => {
    const others = [...long.slice(0, 10), ...long.slice(11)]
    expect(upcoming({ shuffle: false, repeat: 'all' }, 110)).toEqual([
      ...long.slice(11),
      ...long.slice(0, 10),
    ])
    const shuffled = upcoming({ shuffle: true, repeat: 'all' }, 110)
    expect(shuffled).not.toEqual(others)
    expect(shuffled.toSorted((one, other) => one - other)).toEqual(others)
  })
})

describe('the plan', () => {
  test('continues the list from the song that plays', () => {
    expect(playing(12).tryReadPlan()?.plan).toEqual([13, 14, 15])
  })

  test('is incomplete after a song was taken, until the selector has run', () => {
    const upNext = playing(11)
    held(upNext, () => {
      expect(upNext.take(0)).toEqual({ track: 12, songs: 5 })
      expect(upNext.isPlanned).toBe(false)
      plan(upNext)
      expect(upNext.isPlanned).toBe(true)
    })
    expect(upNext.tryReadPlan()?.plan).toEqual([13, 14, 15])
  })

  test('drops the songs before a chosen one', () => {
    const upNext = playing(11)
    held(upNext, () => {
      expect(upNext.indexOf(14)).toBe(2)
      expect(upNext.take(2).track).toBe(14)
      plan(upNext)
    })
    expect(upNext.tryReadPlan()?.plan).toEqual([15])
  })

  test('is complete and empty at the end of the list', () => {
    const upNext = playing(15)
    held(upNext, () => {
      expect(upNext.isPlanned).toBe(true)
      expect(upNext.hasSong).toBe(false)
      expect(upNext.take(0)).toEqual({ track: undefined, songs: 5 })
    })
  })

  test('is made again when the modes change, from the song that plays', () => {
    const upNext = playing(13)
    held(upNext, () => {
      upNext.writeCurrent(13)
      upNext.writeModes({ shuffle: true, repeat: 'off' })
      expect(upNext.hasSong).toBe(false)
      plan(upNext)
    })
    expect(upNext.tryReadPlan()?.plan.toSorted()).toEqual([11, 12, 14, 15])
  })

  test('includes songs that a scan finds while the list plays', () => {
    const upNext = playing(14)
    held(upNext, () => {
      upNext.growList(Int32Array.of(...songs, 16, 17))
      plan(upNext)
    })
    expect(upNext.tryReadPlan()?.plan).toEqual([15, 16, 17])
  })
})

describe('the listener’s own queue', () => {
  const queued = (...tracks: number[]) => {
    const upNext = playing(12)
    held(upNext, () => upNext.enqueue(Int32Array.from(tracks)))
    return upNext
  }

  test('comes before the plan, which continues after it', () => {
    const upNext = queued(91, 92)
    held(upNext, () => upNext.enqueue(Int32Array.of(93)))
    expect(upNext.tryReadPlan()).toEqual({ queue: [91, 92, 93], plan: [13, 14, 15] })
    held(upNext, () => {
      expect([0, 0, 0, 0].map(() => upNext.take(0).track)).toEqual([91, 92, 93, 13])
    })
  })

  test('stays when another list is played, and is dropped for a song behind it', () => {
    const upNext = queued(91, 92)
    held(upNext, () => {
      upNext.writeList(songs, 14)
      plan(upNext)
      expect(upNext.firstSong).toBe(91)
      expect(upNext.indexOf(15)).toBe(2)
      expect(upNext.take(2).track).toBe(15)
    })
    expect(upNext.tryReadPlan()).toEqual({ queue: [], plan: [] })
  })

  test('also works without a selector', () => {
    const upNext = queued(91)
    held(upNext, () => expect([0, 0].map(() => upNext.takeUnplanned().track)).toEqual([91, 13]))
  })

  test('does not lose the position in a list that grows meanwhile', () => {
    const upNext = queued(91)
    held(upNext, () => {
      upNext.take(0)
      upNext.writeCurrent(91)
      upNext.growList(Int32Array.of(...songs, 16))
      plan(upNext)
    })
    expect(upNext.tryReadPlan()?.plan).toEqual([13, 14, 15, 16])
  })

  test('is cut at its maximum length', () => {
    const upNext = queued(...Array.from({ length: 9_999 }, (_, index) => index + 1))
    held(upNext, () => upNext.enqueue(Int32Array.of(91, 92)))
    expect(upNext.tryReadPlan()?.queue).toHaveLength(10_000)
    expect(upNext.trackAt(9_999)).toBe(91)
  })
})

describe('without a selector', () => {
  test('playback continues with the next song of the list', () => {
    const upNext = playing(12)
    held(upNext, () => {
      upNext.writeModes(noModes)
      expect(upNext.takeUnplanned()).toEqual({ track: 13, songs: 5 })
      expect(upNext.takeUnplanned().track).toBe(14)
      plan(upNext)
    })
    expect(upNext.tryReadPlan()?.plan).toEqual([15])
  })

  test('shuffle repeats no song before all have played', () => {
    const upNext = playing(12, { shuffle: true, repeat: 'off' })
    const taken = held(upNext, () => [1, 2, 3, 4, 5].map(() => upNext.takeUnplanned().track))
    expect(taken[4]).toBeUndefined()
    expect(taken.slice(0, 4).toSorted()).toEqual([11, 13, 14, 15])
  })
})

test('playerState returns what playback wrote, to the window and to a replaced thread', () => {
  const memory = new PlayerMemory()
  expect(memory.readAll()).toEqual(initialPlayback)
  const state: PlaybackState = {
    transport: 'playing',
    run: 7,
    track: 42,
    position: 12.5,
    positionAt: 1_795_350_937_181.25,
    speed: 1.5,
    duration: 200.125,
    volume: 0.35,
    muted: true,
    shuffle: true,
    repeat: 'one',
    notice: { number: 3, kind: 'cannotPlay', track: 41, reason: 'fileEmpty' },
    history: [1, 2, 3],
    forward: [9],
    failures: 2,
    broken: true,
    readiness: { number: 4, track: 42, ahead: 41_000.5 },
    preloaded: 43,
    readyAt: 1_795_350_937_182.5,
    neededAt: 1_795_350_937_183.5,
    reportRequestedAt: 5.5,
    heard: 17.25,
    isCounted: true,
    play: { number: 6, track: 42 },
    need: 'ended',
  }
  memory.write(state)
  expect(memory.readAll()).toEqual(state)
  const {
    history: _h,
    forward: _f,
    failures: _n,
    broken: _b,
    preloaded: _p,
    readyAt: _r,
    neededAt: _m,
    reportRequestedAt: _a,
    heard: _s,
    isCounted: _c,
    play: _l,
    need: _d,
    ...shown
  } = state
  expect(memory.tryRead()).toEqual(shown)
})

test('a playback thread that dies while writing leaves the complete previous state', () => {
  const memory = new PlayerMemory()
  const before = { ...initialPlayback, run: 1, track: 11, history: [5] }
  memory.write(before)
  const dying: PlaybackState = {
    ...before,
    run: 2,
    track: 12,
    history: [5, 11],
    get forward(): never {
      throw new Error('ended')
    },
  }
  expect(() => memory.write(dying)).toThrow('ended')
  expect(memory.readAll()).toEqual(before)
  memory.write({ ...before, run: 3 })
  expect(memory.readAll().run).toBe(3)
})
