import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SimulatedPlayer } from './simulated-player.ts'

const songs = [11, 12, 13]

function started(duration = 100, modes = {}): SimulatedPlayer {
  const player = new SimulatedPlayer(songs, modes)
  player.send({ kind: 'play' })
  player.startSound(duration)
  return player
}

/** Lets time pass, and wakes playback at its deadlines, like the thread's timeout does. */
function listen(player: SimulatedPlayer, seconds: number): void {
  const end = player.now + seconds * 1000
  for (;;) {
    const next = player.now + (player.timeUntilDeadline ?? Infinity)
    if (next > end) break
    player.now = next
    player.tick()
  }
  player.now = end
}

describe('a play counts', () => {
  test('when half of the song was heard, and only once', () => {
    const player = started(100)
    listen(player, 49.9)
    expect(player.plays).toEqual([])
    listen(player, 0.1)
    expect(player.plays).toEqual([11])
    listen(player, 49)
    player.end()
    expect(player.plays).toEqual([11])
  })

  test('after four minutes of a long song', () => {
    const player = started(3600)
    listen(player, 239.9)
    expect(player.plays).toEqual([])
    listen(player, 0.1)
    expect(player.plays).toEqual([11])
  })

  test('without a known duration after four minutes, or when half was heard at its end', () => {
    const long = started(0)
    listen(long, 239.9)
    expect(long.plays).toEqual([])
    listen(long, 0.1)
    expect(long.plays).toEqual([11])
    const short = started(0)
    listen(short, 30)
    expect(short.plays).toEqual([])
    short.end()
    expect(short.plays).toEqual([11])
    const skimmed = started(0)
    skimmed.send({ kind: 'seek', to: 80 })
    listen(skimmed, 10)
    skimmed.end()
    expect(skimmed.plays).toEqual([])
  })

  test('with the time before and after a pause', () => {
    const player = started(100)
    listen(player, 30)
    player.send({ kind: 'pause' })
    listen(player, 1000)
    expect(player.plays).toEqual([])
    player.send({ kind: 'play' })
    listen(player, 5)
    player.send({ kind: 'playing', run: player.state.run, position: 30 })
    listen(player, 19)
    expect(player.plays).toEqual([])
    listen(player, 1)
    expect(player.plays).toEqual([11])
  })

  test('for each repetition', () => {
    const player = started(100, { repeat: 'one' })
    for (let round = 0; round < 3; round++) {
      listen(player, 100)
      player.end()
      player.startSound()
    }
    expect(player.plays).toEqual([11, 11, 11])
  })

  test('again after the return to its start', () => {
    const player = started(100)
    listen(player, 60)
    player.send({ kind: 'previous' })
    expect(player.state).toMatchObject({ track: 11, position: 0 })
    listen(player, 49)
    expect(player.plays).toEqual([11])
    listen(player, 1)
    expect(player.plays).toEqual([11, 11])
  })

  test('if Next comes at the moment when half was heard', () => {
    const player = started(100)
    player.wait(50)
    player.send({ kind: 'next' })
    expect(player.plays).toEqual([11])
  })

  test('if the song turns out to be shorter than its tag says', () => {
    const player = started(1000)
    listen(player, 60)
    player.send({ kind: 'loaded', run: player.state.run, duration: 110 })
    listen(player, 0)
    expect(player.plays).toEqual([11])
  })
})

describe('a play does not count', () => {
  test('by seeking', () => {
    const player = started(100)
    listen(player, 20)
    player.send({ kind: 'seek', to: 90 })
    listen(player, 9)
    player.end()
    expect(player.plays).toEqual([])
  })

  test('while the sound output waits for data', () => {
    const player = started(100)
    listen(player, 20)
    player.send({ kind: 'stalled', run: player.state.run, position: 20 })
    listen(player, 9)
    player.send({ kind: 'playing', run: player.state.run, position: 20 })
    listen(player, 29)
    expect(player.plays).toEqual([])
  })

  test('by a late report from before a seek', () => {
    const player = started(100)
    player.send({ kind: 'seek', to: 40 })
    listen(player, 1)
    player.send({ kind: 'playing', run: player.state.run, position: 1 })
    player.send({ kind: 'playing', run: player.state.run, position: 60 })
    listen(player, 45)
    player.end()
    expect(player.plays).toEqual([])
  })

  test('while the machine sleeps', () => {
    const player = started(100)
    listen(player, 10)
    player.wait(8 * 3600)
    player.send({ kind: 'volume', to: 1 })
    player.tick()
    expect(player.takeAudioRequests().at(-1)).toEqual({ kind: 'report', run: 1 })
    player.send({ kind: 'playing', run: 1, position: 12 })
    expect(player.state.heard).toBe(12)
    expect(player.timeUntilDeadline).toBe(38_000)
    expect(player.plays).toEqual([])
    listen(player, 38)
    expect(player.plays).toEqual([11])
  })

  test('if a restored song had been heard in the last session', () => {
    const player = new SimulatedPlayer(songs)
    player.send({ kind: 'resume', track: 12, position: 60 })
    player.send({ kind: 'loaded', run: 1, duration: 100 })
    player.send({ kind: 'play' })
    player.send({ kind: 'playing', run: 1, position: 60 })
    listen(player, 40)
    player.end()
    expect(player.plays).toEqual([])
  })

  test('if the song stops responding', () => {
    const player = started(100)
    player.send({ kind: 'seek', to: 55 })
    listen(player, 45)
    listen(player, 2)
    listen(player, 5)
    expect(player.state).toMatchObject({ track: 12 })
    expect(player.plays).toEqual([])
  })
})

describe('the death of the thread', () => {
  test('keeps the heard time', () => {
    const player = started(100)
    listen(player, 30)
    player.send({ kind: 'seek', to: 10 })
    player.restart()
    player.send({ kind: 'playing', run: 1, position: 10 })
    listen(player, 19)
    expect(player.plays).toEqual([])
    listen(player, 1)
    expect(player.plays).toEqual([11])
  })

  test('repeats the last play with its number, in case it was not sent', () => {
    const player = started(100)
    listen(player, 50)
    player.effects.length = 0
    player.restart()
    expect(player.effects).toContainEqual({ kind: 'recordPlay', play: { number: 1, track: 11 } })
    player.end()
    player.startSound()
    listen(player, 50)
    expect(player.plays).toEqual([11, 12])
  })
})

test('a play counts exactly if its audible time reaches the threshold', () => {
  const step = fc.oneof(
    fc.integer({ min: 1, max: 40 }).map((seconds) => ({ kind: 'listen' as const, seconds })),
    fc.integer({ min: 1, max: 99 }).map((to) => ({ kind: 'seek' as const, to })),
    fc.integer({ min: 1, max: 99 }).map((seconds) => ({ kind: 'pause' as const, seconds })),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const player = started(100)
      let heard = 0
      let position = 0
      for (const action of steps) {
        if (action.kind === 'seek') {
          position = action.to
          player.send(action)
        } else if (action.kind === 'listen') {
          // The song must not end: its last second is not played.
          const seconds = Math.min(action.seconds, 99 - position)
          listen(player, seconds)
          heard += seconds
          position += seconds
        } else {
          player.send({ kind: 'pause' })
          listen(player, action.seconds)
          player.send({ kind: 'play' })
          player.send({ kind: 'playing', run: 1, position })
        }
      }
      expect(player.plays).toEqual(heard >= 50 ? [11] : [])
    }),
    { numRuns: 500 },
  )
})
