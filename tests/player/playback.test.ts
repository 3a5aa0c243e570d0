import { describe, expect, test } from 'vitest'
import { positionNow } from '../../shared/player/song-position.ts'
import { SimulatedPlayer } from './simulated-player.ts'

const songs = [11, 12, 13]

function started(list: readonly number[] = songs, modes = {}): SimulatedPlayer {
  const player = new SimulatedPlayer(list, modes)
  player.send({ kind: 'play' })
  player.startSound()
  player.takeAudioRequests()
  return player
}

/** Half of the first song was heard, so no deadline of the play count remains. */
function startedAndCounted(): SimulatedPlayer {
  const player = started()
  player.waitForDeadline()
  return player
}

const at = (player: SimulatedPlayer) => positionNow(player.state, player.now)

describe('a restored session', () => {
  test('is paused at its position, and Play continues from there', () => {
    const player = new SimulatedPlayer(songs)
    player.effects.length = 0
    player.send({ kind: 'resume', track: 12, position: 42.5 })
    expect(player.effects.map(({ kind }) => kind)).toEqual(['audio', 'setPlaying', 'clearPlaying'])
    expect(player.takeAudioRequests()).toEqual([
      { kind: 'load', run: 1, track: 12, position: 42.5, play: false },
    ])
    expect(player.state).toMatchObject({ transport: 'paused', track: 12 })
    player.send({ kind: 'loaded', run: 1, duration: 100 })
    player.wait(5)
    expect(at(player)).toBe(42.5)
    player.send({ kind: 'play' })
    expect(player.takeAudioRequests()).toContainEqual({ kind: 'play', run: 1 })
  })

  test('with a song that cannot be played adds a notice and plays nothing', () => {
    const player = new SimulatedPlayer(songs)
    player.send({ kind: 'resume', track: 12, position: 42.5 })
    player.takeAudioRequests()
    player.send({ kind: 'failed', run: 1, reason: 'fileDamaged' })
    expect(player.takeAudioRequests()).toEqual([{ kind: 'stop' }])
    const notice = { kind: 'cannotPlay', track: 12 }
    expect(player.state).toMatchObject({ transport: 'stopped', track: 12, need: 'none', notice })
  })

  test('without a valid position begins at the start', () => {
    const player = new SimulatedPlayer(songs)
    player.send({ kind: 'resume', track: 12, position: Number.NaN })
    expect(at(player)).toBe(0)
  })
})

describe('play and pause', () => {
  test('Play without a current song starts the list from its first song', () => {
    const player = new SimulatedPlayer(songs)
    player.send({ kind: 'play' })
    expect(player.takeAudioRequests()).toEqual([{ kind: 'load', run: 1, track: 11, position: 0, play: true }])
    expect(player.state).toMatchObject({ transport: 'loading', track: 11, run: 1 })
    player.startSound(200)
    expect(player.state).toMatchObject({ transport: 'playing', duration: 200, position: 0 })
  })

  test('Play with an empty list stays stopped', () => {
    const player = new SimulatedPlayer([])
    player.send({ kind: 'play' })
    expect(player.state).toMatchObject({ transport: 'stopped', track: 0, need: 'none' })
    expect(player.isPlaying).toBe(false)
  })

  test('the position advances while a song plays, and stops at Pause', () => {
    const player = started()
    player.wait(10)
    expect(at(player)).toBe(10)
    player.send({ kind: 'pause' })
    player.wait(60)
    expect(at(player)).toBe(10)
    expect(player.takeAudioRequests()).toEqual([{ kind: 'pause', run: 1 }])
    player.send({ kind: 'toggle' })
    expect(player.takeAudioRequests()).toEqual([{ kind: 'play', run: 1 }])
    expect(at(player)).toBe(10)
    player.send({ kind: 'playing', run: 1, position: 10 })
    player.wait(5)
    expect(at(player)).toBe(15)
  })

  test('Pause while a song loads prevents its start', () => {
    const player = new SimulatedPlayer(songs)
    player.send({ kind: 'play' })
    player.send({ kind: 'pause' })
    player.startSound()
    expect(player.state).toMatchObject({ transport: 'paused', duration: 100 })
    player.wait(5)
    expect(at(player)).toBe(0)
  })

  test('a song that the system held is paused', () => {
    const player = started()
    player.wait(3)
    player.send({ kind: 'held', run: 1, position: 2.9 })
    expect(player.state.transport).toBe('paused')
    expect(at(player)).toBe(2.9)
  })

  test('during a stall the clock stops, and continues with the sound', () => {
    const player = started()
    player.wait(4)
    player.send({ kind: 'stalled', run: 1, position: 3.5 })
    player.wait(2)
    expect(player.state.transport).toBe('loading')
    expect(at(player)).toBe(3.5)
    player.send({ kind: 'playing', run: 1, position: 3.5 })
    player.wait(1)
    expect(at(player)).toBe(4.5)
  })

  test('the Event playing is set while a song is wanted and cleared while none is', () => {
    const player = new SimulatedPlayer(songs)
    const takeEffects = () => player.effects.splice(0).map((effect) => effect.kind)
    takeEffects()
    player.send({ kind: 'play' })
    expect(takeEffects().slice(0, 2)).toEqual(['setPlaying', 'needNext'])
    player.startSound()
    takeEffects()
    player.send({ kind: 'pause' })
    expect(takeEffects()).toEqual(['audio', 'clearPlaying'])
    player.send({ kind: 'next' })
    expect(player.isPlaying).toBe(true)
  })
})

describe('seek and volume', () => {
  test.each([
    [-5, 0],
    [40, 40],
    [1000, 100],
  ])('seeking to %d goes to %d of 100', (to, position) => {
    const player = started()
    player.send({ kind: 'seek', to })
    expect(at(player)).toBe(position)
    expect(player.takeAudioRequests()).toEqual([{ kind: 'seek', run: 1, to: position }])
  })

  test('seeking keeps a song paused, and steps start at the present position', () => {
    const player = started()
    player.wait(20)
    player.send({ kind: 'pause' })
    player.send({ kind: 'seekBy', by: 5 })
    player.wait(9)
    expect(player.state.transport).toBe('paused')
    expect(at(player)).toBe(25)
  })

  test('invalid values change nothing', () => {
    const player = started()
    const before = player.state
    player.send({ kind: 'seek', to: Number.NaN })
    player.send({ kind: 'seekBy', by: Number.NaN })
    player.send({ kind: 'volume', to: Number.NaN })
    player.send({ kind: 'loaded', run: 1, duration: Number.POSITIVE_INFINITY })
    expect(player.state).toEqual(before)
  })

  test('volume stays within 0 and 1, and setting it unmutes', () => {
    const player = started()
    player.send({ kind: 'toggleMute' })
    expect(player.takeAudioRequests()).toEqual([{ kind: 'volume', volume: 0.5, muted: true }])
    player.send({ kind: 'volumeBy', by: 0.7 })
    expect(player.takeAudioRequests()).toEqual([{ kind: 'volume', volume: 1, muted: false }])
    player.send({ kind: 'volume', to: -1 })
    expect(player.state).toMatchObject({ volume: 0, muted: false })
  })
})

describe('next and previous', () => {
  test('Previous beyond 3 seconds restarts the song', () => {
    const player = started()
    player.send({ kind: 'next' })
    player.startSound()
    player.wait(3.5)
    player.send({ kind: 'previous' })
    expect(player.state).toMatchObject({ track: 12, run: 2 })
    expect(at(player)).toBe(0)
  })

  test('Previous within 3 seconds goes back through the played songs, then restarts the first', () => {
    const player = started()
    player.send({ kind: 'playTrack', track: 13 })
    player.startSound()
    player.send({ kind: 'playTrack', track: 12 })
    player.startSound()
    const seen = [1, 2, 3].map(() => {
      player.send({ kind: 'previous' })
      return player.state.track
    })
    expect(seen).toEqual([13, 11, 11])
  })

  test('Next after Previous goes forward through the same songs, then continues the plan', () => {
    const player = started([11, 12, 13, 14], { shuffle: true })
    const played = [player.state.track]
    for (let count = 0; count < 2; count++) {
      player.send({ kind: 'next' })
      player.startSound()
      played.push(player.state.track)
    }
    player.send({ kind: 'previous' })
    player.send({ kind: 'previous' })
    expect(player.state.track).toBe(played[0])
    player.send({ kind: 'next' })
    expect(player.state.track).toBe(played[1])
    player.send({ kind: 'next' })
    expect(player.state.track).toBe(played[2])
    player.send({ kind: 'next' })
    expect(played).not.toContain(player.state.track)
  })

  test('after Previous, choosing a song discards the songs to go forward to', () => {
    const player = started([11, 12, 13, 14])
    player.send({ kind: 'next' })
    player.send({ kind: 'previous' })
    player.send({ kind: 'playTrack', track: 13 })
    player.send({ kind: 'next' })
    expect(player.state.track).toBe(14)
  })

  test('choosing a song of the Up next list drops those before it', () => {
    const player = started([11, 12, 13, 14, 15])
    player.send({ kind: 'playUpNext', index: 2, track: 14 })
    expect(player.state.track).toBe(14)
    player.send({ kind: 'next' })
    expect(player.state.track).toBe(15)
  })

  test('the run number grows by one with each start', () => {
    const player = started()
    player.send({ kind: 'next' })
    player.send({ kind: 'previous' })
    player.send({ kind: 'playTrack', track: 13 })
    expect(player.state.run).toBe(4)
  })
})

describe('the end of a song', () => {
  test('the next song of the plan follows', () => {
    const player = started()
    player.end()
    expect(player.state).toMatchObject({ transport: 'loading', track: 12, run: 2 })
  })

  test('at the end of the list playback stops on the last song, and Play restarts the list', () => {
    const player = started([11, 12])
    player.end()
    player.startSound()
    player.takeAudioRequests()
    player.end()
    expect(player.state).toMatchObject({ transport: 'stopped', track: 12, position: 0 })
    expect(player.takeAudioRequests()).toEqual([{ kind: 'stop' }])
    expect(player.isPlaying).toBe(false)
    player.send({ kind: 'play' })
    expect(player.state).toMatchObject({ transport: 'loading', track: 11 })
  })

  test('Previous at the end of the list plays its last song again', () => {
    const player = started([11, 12])
    player.end()
    player.startSound()
    player.end()
    player.send({ kind: 'previous' })
    expect(player.state).toMatchObject({ transport: 'loading', track: 12 })
  })

  test('repeat all restarts the list', () => {
    const player = started([11, 12], { repeat: 'all' })
    player.end()
    player.startSound()
    player.end()
    expect(player.state.track).toBe(11)
  })

  test('repeat one repeats the song, and Next still advances', () => {
    const player = started(songs, { repeat: 'one' })
    player.end()
    expect(player.state).toMatchObject({ track: 11, run: 2, history: [] })
    player.startSound()
    player.send({ kind: 'next' })
    expect(player.state.track).toBe(12)
  })

  test('turning shuffle off continues the list from the current song', () => {
    const player = started([11, 12, 13, 14, 15, 16], { shuffle: true })
    player.send({ kind: 'playTrack', track: 13 })
    player.send({ kind: 'toggleShuffle' })
    player.send({ kind: 'next' })
    expect(player.state.track).toBe(14)
  })
})

describe('a song that cannot be played', () => {
  test('adds a notice with the reason, and the next song plays', () => {
    const player = started()
    player.send({ kind: 'next' })
    player.fail('fileMissing')
    expect(player.state).toMatchObject({
      transport: 'loading',
      track: 13,
      notice: { kind: 'cannotPlay', track: 12, reason: 'fileMissing' },
    })
  })

  test('is skipped by Previous', () => {
    const player = started()
    player.send({ kind: 'next' })
    player.fail()
    player.startSound()
    player.send({ kind: 'previous' })
    expect(player.state.track).toBe(11)
  })

  test('at the end of the list stops playback', () => {
    const player = started([11, 12])
    player.send({ kind: 'next' })
    player.fail()
    expect(player.state).toMatchObject({ transport: 'stopped', notice: { kind: 'cannotPlay', track: 12 } })
  })

  test.each(['off', 'all', 'one'] as const)(
    'if all songs fail, playback stops with a notice (repeat %s)',
    (repeat) => {
      const player = new SimulatedPlayer(songs, { repeat })
      player.send({ kind: 'play' })
      for (const track of songs) {
        expect(player.state).toMatchObject({ transport: 'loading', track })
        player.fail()
      }
      expect(player.state).toMatchObject({ transport: 'stopped', notice: { kind: 'nothingPlayable' } })
      player.send({ kind: 'play' })
      expect(player.state.transport).toBe('loading')
    },
  )

  test('the only playable song is played in each round', () => {
    const player = new SimulatedPlayer(songs, { repeat: 'all' })
    player.send({ kind: 'play' })
    for (let round = 0; round < 5; round++) {
      player.fail()
      expect(player.state.track).toBe(12)
      player.startSound()
      player.end()
      player.fail()
      expect(player.state).toMatchObject({ transport: 'loading', track: 11 })
    }
  })

  test('a song that fails after it was heard does not count as unplayable', () => {
    const player = started([11], { repeat: 'all' })
    player.wait(30)
    player.fail('fileDamaged')
    expect(player.state).toMatchObject({ transport: 'loading', track: 11, notice: { kind: 'cannotPlay' } })
  })
})

describe('the deadline of playback', () => {
  test('does not exist while stopped or paused', () => {
    const player = new SimulatedPlayer(songs)
    expect(player.timeUntilDeadline).toBeUndefined()
    player.send({ kind: 'play' })
    player.startSound()
    player.send({ kind: 'pause' })
    expect(player.timeUntilDeadline).toBeUndefined()
  })

  test('a song that neither loads nor fails within 10 seconds is skipped with a reason', () => {
    const player = new SimulatedPlayer(songs)
    player.send({ kind: 'play' })
    expect(player.timeUntilDeadline).toBe(10_000)
    player.wait(9)
    player.send({ kind: 'volume', to: 1 })
    expect(player.timeUntilDeadline).toBe(1_000)
    player.waitForDeadline()
    expect(player.state).toMatchObject({ track: 12, notice: { kind: 'cannotPlay', track: 11 } })
    expect(player.state.notice.reason).toBe('noSound')
  })

  test('a loaded song has 10 more seconds to start', () => {
    const player = new SimulatedPlayer(songs)
    player.send({ kind: 'play' })
    player.wait(9)
    player.send({ kind: 'loaded', run: 1, duration: 100 })
    expect(player.timeUntilDeadline).toBe(10_000)
    player.wait(4)
    player.send({ kind: 'stalled', run: 1, position: 0 })
    expect(player.timeUntilDeadline).toBe(6_000)
  })

  test('past a song’s end playback requests a report, and skips the song only without one', () => {
    const player = startedAndCounted()
    player.takeAudioRequests()
    expect(player.timeUntilDeadline).toBe(52_000)
    player.waitForDeadline()
    expect(player.takeAudioRequests()).toEqual([{ kind: 'report', run: 1 }])
    expect(player.state.track).toBe(11)
    expect(player.timeUntilDeadline).toBe(5_000)
    player.waitForDeadline()
    expect(player.state).toMatchObject({ track: 12, notice: { kind: 'cannotPlay', track: 11 } })
  })

  test('a song that still plays after its expected end, or after a sleep, plays on', () => {
    const player = startedAndCounted()
    player.wait(8 * 3600)
    player.waitForDeadline()
    player.send({ kind: 'playing', run: 1, position: 40 })
    expect(player.state).toMatchObject({ track: 11, transport: 'playing', reportRequestedAt: 0 })
    expect(at(player)).toBe(40)
    expect(player.timeUntilDeadline).toBe(62_000)
  })

  test('has no effect before its time', () => {
    const player = startedAndCounted()
    const before = player.state
    player.wait(51.999)
    player.tick()
    expect(player.state).toBe(before)
    player.wait(0.001)
    player.tick()
    expect(player.state).not.toBe(before)
  })
})

describe('preloading', () => {
  test('the plan’s next song is preloaded once the current one sounds', () => {
    const player = new SimulatedPlayer(songs)
    player.send({ kind: 'play' })
    expect(player.audioRequests.some((request) => request.kind === 'preload')).toBe(false)
    player.startSound()
    expect(player.audioRequests.at(-1)).toEqual({ kind: 'preload', track: 12 })
    player.takeAudioRequests()
    player.send({ kind: 'planChanged' })
    expect(player.takeAudioRequests()).toEqual([])
  })

  test('a changed plan preloads another song', () => {
    const player = started([11, 12, 13, 14, 15, 16, 17, 18], {})
    player.send({ kind: 'toggleShuffle' })
    player.send({ kind: 'planChanged' })
    const next = player.planner.upcoming(player.selection, 1)[0]
    expect(next).not.toBe(12)
    expect(player.takeAudioRequests()).toEqual([{ kind: 'preload', track: next }])
  })

  test('after Previous the song that Next returns to is preloaded', () => {
    const player = started()
    player.send({ kind: 'next' })
    player.startSound()
    player.send({ kind: 'previous' })
    player.takeAudioRequests()
    player.startSound()
    expect(player.takeAudioRequests()).toEqual([{ kind: 'preload', track: 12 }])
  })
})

describe('how long the next song was ready before it was needed', () => {
  test('is the time from then until the previous song ended', () => {
    const player = started()
    expect(player.state.readiness.number).toBe(0)
    player.send({ kind: 'preloaded', track: 12 })
    player.now += 41_000
    player.send({ kind: 'ended', run: player.state.run })
    expect(player.state.readiness).toEqual({ number: 1, track: 12, ahead: 41_000 })
  })

  test('is unknown if it was still loading when Next was pressed', () => {
    const player = started()
    player.send({ kind: 'next' })
    expect(player.state.readiness).toEqual({ number: 1, track: 12, ahead: undefined })
  })

  test('is unknown if another song than the preloaded one is needed', () => {
    const player = started([11, 12, 13, 14, 15, 16, 17, 18], {})
    player.send({ kind: 'preloaded', track: 12 })
    player.send({ kind: 'toggleShuffle' })
    player.send({ kind: 'next' })
    expect(player.state.track).not.toBe(12)
    expect(player.state.readiness).toMatchObject({ number: 1, ahead: undefined })
  })

  test('is not recorded for a song that the user chose, and at the end of the list', () => {
    const player = started()
    player.send({ kind: 'playUpNext', index: 1, track: 13 })
    player.send({ kind: 'playTrack', track: 11 })
    expect(player.state.readiness.number).toBe(0)
    const last = started([11], {})
    last.send({ kind: 'ended', run: last.state.run })
    expect(last.state.transport).toBe('stopped')
    expect(last.state.readiness.number).toBe(0)
  })

  test('ignores a song that is no longer the preloaded one', () => {
    const player = started()
    player.send({ kind: 'preloaded', track: 99 })
    player.send({ kind: 'next' })
    expect(player.state.readiness.ahead).toBeUndefined()
  })
})

describe('other threads', () => {
  test('reports of an old run change nothing', () => {
    const player = started()
    player.send({ kind: 'next' })
    const before = player.state
    player.send({ kind: 'loaded', run: 1, duration: 5 })
    player.send({ kind: 'playing', run: 1, position: 5 })
    player.send({ kind: 'stalled', run: 1, position: 5 })
    player.send({ kind: 'held', run: 1, position: 5 })
    player.send({ kind: 'ended', run: 1 })
    player.send({ kind: 'failed', run: 1, reason: 'fileDamaged' })
    expect(player.state).toBe(before)
  })

  test('a late selector causes a notice, and the song plays', () => {
    const player = started()
    player.isSelectorDead = true
    player.end()
    expect(player.state).toMatchObject({
      transport: 'loading',
      track: 12,
      notice: { kind: 'selectorLate', track: 12 },
    })
  })

  test('a replaced thread requests its run again, which the sound output may already have', () => {
    const player = started()
    player.wait(7)
    player.restart()
    expect(player.takeAudioRequests()).toEqual([
      { kind: 'volume', volume: 0.5, muted: false },
      { kind: 'load', run: 1, track: 11, position: 7, play: true },
      { kind: 'report', run: 1 },
    ])
    expect(player.isPlaying).toBe(true)
    player.send({ kind: 'pause' })
    player.takeAudioRequests()
    player.restart()
    expect(player.takeAudioRequests()).toContainEqual({
      kind: 'load',
      run: 1,
      track: 11,
      position: 7,
      play: false,
    })
    expect(player.isPlaying).toBe(false)
  })

  test('a replaced thread takes the song that the dead one was about to take', () => {
    const player = started()
    player.state = { ...player.state, need: 'ended' }
    player.restart()
    expect(player.state).toMatchObject({ track: 12, need: 'none', history: [11] })
  })
})
