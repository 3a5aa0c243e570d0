import { describe, expect, test } from 'vitest'
import { initialPlayback, type PlaybackState } from '../../shared/player/playback-state.ts'
import { PlayerMemory } from '../../shared/player/player-memory.ts'
import { beginSelection, changeModes, Planner, planCapacity } from '../../shared/player/selection.ts'
import { UpNext } from '../../shared/player/up-next.ts'

const order = Int32Array.of(11, 12, 13, 14, 15)
const inOrder = { shuffle: false, repeat: 'off' } as const

/** What the selector thread does, once. */
function plan(upNext: UpNext): void {
  const { begin: anew, current, modes, selection } = upNext.readRequest()
  const next = anew
    ? beginSelection(upNext.order, anew.start, modes, 7)
    : changeModes(upNext.order, selection, current, modes, 7)
  upNext.writePlan(next, new Planner(upNext.order).upcoming(next, planCapacity))
}

function held<Value>(upNext: UpNext, work: () => Value): Value {
  using _ = upNext.hold()
  return work()
}

function playing(from: number, modes: { shuffle: boolean; repeat: 'off' | 'all' | 'one' } = inOrder): UpNext {
  const upNext = new UpNext()
  held(upNext, () => {
    upNext.writeModes(modes)
    upNext.writeOrder(order, from)
    upNext.setOpen(true)
    plan(upNext)
  })
  return upNext
}

describe('the plan', () => {
  test('goes on in order from the song that plays', () => {
    expect(playing(12).tryReadPlan()?.plan).toEqual([13, 14, 15])
  })

  test('is incomplete after a song was taken, until the selector has looked', () => {
    const upNext = playing(11)
    held(upNext, () => {
      expect(upNext.take(0)).toEqual({ track: 12, songs: 5 })
      expect(upNext.isPlanned).toBe(false)
      plan(upNext)
      expect(upNext.isPlanned).toBe(true)
    })
    expect(upNext.tryReadPlan()?.plan).toEqual([13, 14, 15])
  })

  test('drops what stands before a song that was chosen from it', () => {
    const upNext = playing(11)
    held(upNext, () => {
      expect(upNext.indexOf(14)).toBe(2)
      expect(upNext.take(2).track).toBe(14)
      plan(upNext)
    })
    expect(upNext.tryReadPlan()?.plan).toEqual([15])
  })

  test('ends with the list, and says so by being complete and empty', () => {
    const upNext = playing(15)
    held(upNext, () => {
      expect(upNext.isPlanned).toBe(true)
      expect(upNext.hasSong).toBe(false)
      expect(upNext.take(0)).toEqual({ track: undefined, songs: 5 })
    })
  })

  test('is made anew when the modes change, from the song that plays', () => {
    const upNext = playing(13)
    held(upNext, () => {
      upNext.writeCurrent(13)
      upNext.writeModes({ shuffle: true, repeat: 'off' })
      expect(upNext.hasSong).toBe(false)
      plan(upNext)
    })
    expect(upNext.tryReadPlan()?.plan.toSorted()).toEqual([11, 12, 14, 15])
  })

  test('takes in songs that a scan finds while the list plays', () => {
    const upNext = playing(14)
    held(upNext, () => {
      upNext.growOrder(Int32Array.of(...order, 16, 17))
      plan(upNext)
    })
    expect(upNext.tryReadPlan()?.plan).toEqual([15, 16, 17])
  })
})

describe('what the listener queued', () => {
  const queued = (...tracks: number[]) => {
    const upNext = playing(12)
    held(upNext, () => upNext.enqueue(Int32Array.from(tracks)))
    return upNext
  }

  test('comes before the plan, in its order, and the plan goes on after it', () => {
    const upNext = queued(91, 92)
    held(upNext, () => upNext.enqueue(Int32Array.of(93)))
    expect(upNext.tryReadPlan()).toEqual({ queue: [91, 92, 93], plan: [13, 14, 15] })
    held(upNext, () => {
      expect([0, 0, 0, 0].map(() => upNext.take(0).track)).toEqual([91, 92, 93, 13])
    })
  })

  test('stays when another list is played, and is passed over for a song that stands behind it', () => {
    const upNext = queued(91, 92)
    held(upNext, () => {
      upNext.writeOrder(order, 14)
      plan(upNext)
      expect(upNext.firstSong).toBe(91)
      expect(upNext.indexOf(15)).toBe(2)
      expect(upNext.take(2).track).toBe(15)
    })
    expect(upNext.tryReadPlan()).toEqual({ queue: [], plan: [] })
  })

  test('comes without a selector too', () => {
    const upNext = queued(91)
    held(upNext, () => expect([0, 0].map(() => upNext.takeUnplanned().track)).toEqual([91, 13]))
  })

  test('leaves its place to a list that grows while it plays', () => {
    const upNext = queued(91)
    held(upNext, () => {
      upNext.take(0)
      upNext.writeCurrent(91)
      upNext.growOrder(Int32Array.of(...order, 16))
      plan(upNext)
    })
    expect(upNext.tryReadPlan()?.plan).toEqual([13, 14, 15, 16])
  })

  test('is cut where there is no room any more', () => {
    const upNext = queued(...Array.from({ length: 9_999 }, (_, index) => index + 1))
    held(upNext, () => upNext.enqueue(Int32Array.of(91, 92)))
    expect(upNext.tryReadPlan()?.queue).toHaveLength(10_000)
    expect(upNext.trackAt(9_999)).toBe(91)
  })
})

describe('without a selector', () => {
  test('playback goes on with the next song in order', () => {
    const upNext = playing(12)
    held(upNext, () => {
      upNext.writeModes(inOrder)
      expect(upNext.takeUnplanned()).toEqual({ track: 13, songs: 5 })
      expect(upNext.takeUnplanned().track).toBe(14)
      plan(upNext)
    })
    expect(upNext.tryReadPlan()?.plan).toEqual([15])
  })

  test('shuffle repeats no song before all were played', () => {
    const upNext = playing(12, { shuffle: true, repeat: 'off' })
    const taken = held(upNext, () => [1, 2, 3, 4, 5].map(() => upNext.takeUnplanned().track))
    expect(taken[4]).toBeUndefined()
    expect(taken.slice(0, 4).toSorted()).toEqual([11, 13, 14, 15])
  })
})

test('what playback writes into playerState comes back whole, for the window and for a fresh thread', () => {
  const memory = new PlayerMemory()
  expect(memory.readAll()).toEqual(initialPlayback)
  const state: PlaybackState = {
    transport: 'playing',
    run: 7,
    track: 42,
    position: 12.5,
    positionAt: 1_795_350_937_181.25,
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
    askedAt: 5.5,
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
    askedAt: _a,
    need: _d,
    ...shown
  } = state
  expect(memory.tryRead()).toEqual(shown)
})

test('a playback thread that dies while it writes leaves the state as it was before, whole', () => {
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
