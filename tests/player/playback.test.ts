import { describe, expect, test } from 'vitest'
import { positionNow } from '../../shared/player/song-position.ts'
import { SimulatedPlayer } from './simulated-player.ts'

const songs = [11, 12, 13]

function started(order: readonly number[] = songs, modes = {}): SimulatedPlayer {
  const player = new SimulatedPlayer(order, modes)
  player.send({ kind: 'play' })
  player.startSound()
  player.takeAudioRequests()
  return player
}

const at = (player: SimulatedPlayer) => positionNow(player.state, player.now)

describe('the last session', () => {
  test('comes back silent, at its position, and Play goes on from there', () => {
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

  test('whose song cannot be played says so, and nothing begins by itself', () => {
    const player = new SimulatedPlayer(songs)
    player.send({ kind: 'resume', track: 12, position: 42.5 })
    player.takeAudioRequests()
    player.send({ kind: 'failed', run: 1, reason: 'fileDamaged' })
    expect(player.takeAudioRequests()).toEqual([{ kind: 'stop' }])
    const notice = { kind: 'cannotPlay', track: 12 }
    expect(player.state).toMatchObject({ transport: 'stopped', track: 12, need: 'none', notice })
  })

  test('whose position is none begins at the start', () => {
    const player = new SimulatedPlayer(songs)
    player.send({ kind: 'resume', track: 12, position: Number.NaN })
    expect(at(player)).toBe(0)
  })
})

describe('play and pause', () => {
  test('Play with nothing loaded starts the order from its first song', () => {
    const player = new SimulatedPlayer(songs)
    player.send({ kind: 'play' })
    expect(player.takeAudioRequests()).toEqual([{ kind: 'load', run: 1, track: 11, position: 0, play: true }])
    expect(player.state).toMatchObject({ transport: 'loading', track: 11, run: 1 })
    player.startSound(200)
    expect(player.state).toMatchObject({ transport: 'playing', duration: 200, position: 0 })
  })

  test('Play with an empty order stays stopped', () => {
    const player = new SimulatedPlayer([])
    player.send({ kind: 'play' })
    expect(player.state).toMatchObject({ transport: 'stopped', track: 0, need: 'none' })
    expect(player.isPlaying).toBe(false)
  })

  test('the position runs while it plays, and pause holds it', () => {
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

  test('pause while a song loads keeps it from starting', () => {
    const player = new SimulatedPlayer(songs)
    player.send({ kind: 'play' })
    player.send({ kind: 'pause' })
    player.startSound()
    expect(player.state).toMatchObject({ transport: 'paused', duration: 100 })
    player.wait(5)
    expect(at(player)).toBe(0)
  })

  test('a song that the system held stands as paused', () => {
    const player = started()
    player.wait(3)
    player.send({ kind: 'held', run: 1, position: 2.9 })
    expect(player.state.transport).toBe('paused')
    expect(at(player)).toBe(2.9)
  })

  test('while sound fails to come the clock stands, and goes on from where the sound goes on', () => {
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
    const heard = () => player.effects.splice(0).map((effect) => effect.kind)
    heard()
    player.send({ kind: 'play' })
    expect(heard().slice(0, 2)).toEqual(['setPlaying', 'needNext'])
    player.startSound()
    heard()
    player.send({ kind: 'pause' })
    expect(heard()).toEqual(['audio', 'clearPlaying'])
    player.send({ kind: 'next' })
    expect(player.isPlaying).toBe(true)
  })
})

describe('seek and volume', () => {
  test.each([
    [-5, 0],
    [40, 40],
    [1000, 100],
  ])('seek to %d goes to %d of 100', (to, where) => {
    const player = started()
    player.send({ kind: 'seek', to })
    expect(at(player)).toBe(where)
    expect(player.takeAudioRequests()).toEqual([{ kind: 'seek', run: 1, to: where }])
  })

  test('seek while paused stays paused, and seeking by steps goes from where the song is', () => {
    const player = started()
    player.wait(20)
    player.send({ kind: 'pause' })
    player.send({ kind: 'seekBy', by: 5 })
    player.wait(9)
    expect(player.state.transport).toBe('paused')
    expect(at(player)).toBe(25)
  })

  test('nonsense changes nothing', () => {
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
  test('Previous beyond 3 seconds starts the song again', () => {
    const player = started()
    player.send({ kind: 'next' })
    player.startSound()
    player.wait(3.5)
    player.send({ kind: 'previous' })
    expect(player.state).toMatchObject({ track: 12, run: 2 })
    expect(at(player)).toBe(0)
  })

  test('Previous within 3 seconds goes back through what was played, then starts the first again', () => {
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

  test('Next after Previous goes forward through the same songs, then on in the plan', () => {
    const player = started([11, 12, 13, 14], { shuffle: true })
    const heard = [player.state.track]
    for (let count = 0; count < 2; count++) {
      player.send({ kind: 'next' })
      player.startSound()
      heard.push(player.state.track)
    }
    player.send({ kind: 'previous' })
    player.send({ kind: 'previous' })
    expect(player.state.track).toBe(heard[0])
    player.send({ kind: 'next' })
    expect(player.state.track).toBe(heard[1])
    player.send({ kind: 'next' })
    expect(player.state.track).toBe(heard[2])
    player.send({ kind: 'next' })
    expect(heard).not.toContain(player.state.track)
  })

  test('a song chosen after Previous ends the way forward', () => {
    const player = started([11, 12, 13, 14])
    player.send({ kind: 'next' })
    player.send({ kind: 'previous' })
    player.send({ kind: 'playTrack', track: 13 })
    player.send({ kind: 'next' })
    expect(player.state.track).toBe(14)
  })

  test('a song of the Up next list is gone to, past those before it', () => {
    const player = started([11, 12, 13, 14, 15])
    player.send({ kind: 'playUpNext', index: 2, track: 14 })
    expect(player.state.track).toBe(14)
    player.send({ kind: 'next' })
    expect(player.state.track).toBe(15)
  })

  test('runs count up by one with each start', () => {
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

  test('at the end of the list it stops, shows the last song, and Play begins the list again', () => {
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

  test('repeat all begins the list again', () => {
    const player = started([11, 12], { repeat: 'all' })
    player.end()
    player.startSound()
    player.end()
    expect(player.state.track).toBe(11)
  })

  test('repeat one plays the song again, and Next still goes on', () => {
    const player = started(songs, { repeat: 'one' })
    player.end()
    expect(player.state).toMatchObject({ track: 11, run: 2, history: [] })
    player.startSound()
    player.send({ kind: 'next' })
    expect(player.state.track).toBe(12)
  })

  test('shuffle switched off goes on in order from the current song', () => {
    const player = started([11, 12, 13, 14, 15, 16], { shuffle: true })
    player.send({ kind: 'playTrack', track: 13 })
    player.send({ kind: 'toggleShuffle' })
    player.send({ kind: 'next' })
    expect(player.state.track).toBe(14)
  })
})

describe('a song that cannot be played', () => {
  test('is told with its reason, and the next one is played', () => {
    const player = started()
    player.send({ kind: 'next' })
    player.fail('fileMissing')
    expect(player.state).toMatchObject({
      transport: 'loading',
      track: 13,
      notice: { kind: 'cannotPlay', track: 12, reason: 'fileMissing' },
    })
  })

  test('is not gone back to', () => {
    const player = started()
    player.send({ kind: 'next' })
    player.fail()
    player.startSound()
    player.send({ kind: 'previous' })
    expect(player.state.track).toBe(11)
  })

  test('the last song failing ends the list', () => {
    const player = started([11, 12])
    player.send({ kind: 'next' })
    player.fail()
    expect(player.state).toMatchObject({ transport: 'stopped', notice: { kind: 'cannotPlay', track: 12 } })
  })

  test.each(['off', 'all', 'one'] as const)('when all fail it stops and says so (repeat %s)', (repeat) => {
    const player = new SimulatedPlayer(songs, { repeat })
    player.send({ kind: 'play' })
    for (const track of songs) {
      expect(player.state).toMatchObject({ transport: 'loading', track })
      player.fail()
    }
    expect(player.state).toMatchObject({ transport: 'stopped', notice: { kind: 'nothingPlayable' } })
    player.send({ kind: 'play' })
    expect(player.state.transport).toBe('loading')
  })

  test('one good song among bad ones is played each round', () => {
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

  test('a song cut short after it was heard does not count as one that could not be played', () => {
    const player = started([11], { repeat: 'all' })
    player.wait(30)
    player.fail('fileDamaged')
    expect(player.state).toMatchObject({ transport: 'loading', track: 11, notice: { kind: 'cannotPlay' } })
  })
})

describe('what wakes playback by itself', () => {
  test('nothing while stopped or paused', () => {
    const player = new SimulatedPlayer(songs)
    expect(player.timeUntilDeadline).toBeUndefined()
    player.send({ kind: 'play' })
    player.startSound()
    player.send({ kind: 'pause' })
    expect(player.timeUntilDeadline).toBeUndefined()
  })

  test('a song that neither loads nor fails within 10 seconds is given up with a reason', () => {
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

  test('a song that has loaded has 10 seconds more to sound', () => {
    const player = new SimulatedPlayer(songs)
    player.send({ kind: 'play' })
    player.wait(9)
    player.send({ kind: 'loaded', run: 1, duration: 100 })
    expect(player.timeUntilDeadline).toBe(10_000)
    player.wait(4)
    player.send({ kind: 'stalled', run: 1, position: 0 })
    expect(player.timeUntilDeadline).toBe(6_000)
  })

  test('a song past its end is asked for, and given up only when nothing answers', () => {
    const player = started()
    player.takeAudioRequests()
    expect(player.timeUntilDeadline).toBe(102_000)
    player.waitForDeadline()
    expect(player.takeAudioRequests()).toEqual([{ kind: 'report', run: 1 }])
    expect(player.state.track).toBe(11)
    expect(player.timeUntilDeadline).toBe(5_000)
    player.waitForDeadline()
    expect(player.state).toMatchObject({ track: 12, notice: { kind: 'cannotPlay', track: 11 } })
  })

  test('a song that still plays after its stated end, or after a sleep, is left to play', () => {
    const player = started()
    player.wait(8 * 3600)
    player.waitForDeadline()
    player.send({ kind: 'playing', run: 1, position: 40 })
    expect(player.state).toMatchObject({ track: 11, transport: 'playing', askedAt: 0 })
    expect(at(player)).toBe(40)
    expect(player.timeUntilDeadline).toBe(62_000)
  })

  test('waking too early changes nothing', () => {
    const player = started()
    const before = player.state
    player.wait(101.999)
    player.tick()
    expect(player.state).toBe(before)
    player.wait(0.001)
    player.tick()
    expect(player.state).not.toBe(before)
  })
})

describe('making the next song ready', () => {
  test('the plan’s next song is preloaded once the current one sounds', () => {
    const player = new SimulatedPlayer(songs)
    player.send({ kind: 'play' })
    expect(player.audioRequests.some((request) => request.kind === 'preload')).toBe(false)
    player.startSound()
    expect(player.audioRequests.at(-1)).toEqual({ kind: 'preload', track: 12 })
    player.takeAudioRequests()
    player.send({ kind: 'planned' })
    expect(player.takeAudioRequests()).toEqual([])
  })

  test('another plan preloads another song', () => {
    const player = started([11, 12, 13, 14, 15, 16, 17, 18], {})
    player.send({ kind: 'toggleShuffle' })
    player.send({ kind: 'planned' })
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
  test('from when it was ready until the one before ended', () => {
    const player = started()
    expect(player.state.readiness.number).toBe(0)
    player.send({ kind: 'preloaded', track: 12 })
    player.now += 41_000
    player.send({ kind: 'ended', run: player.state.run })
    expect(player.state.readiness).toEqual({ number: 1, track: 12, ahead: 41_000 })
  })

  test('a song that is still being made ready when Next is pressed was not ready', () => {
    const player = started()
    player.send({ kind: 'next' })
    expect(player.state.readiness).toEqual({ number: 1, track: 12, ahead: undefined })
  })

  test('another song than the one made ready was not ready', () => {
    const player = started([11, 12, 13, 14, 15, 16, 17, 18], {})
    player.send({ kind: 'preloaded', track: 12 })
    player.send({ kind: 'toggleShuffle' })
    player.send({ kind: 'next' })
    expect(player.state.track).not.toBe(12)
    expect(player.state.readiness).toMatchObject({ number: 1, ahead: undefined })
  })

  test('what the user chose, and the end of the list, need no song of the plan', () => {
    const player = started()
    player.send({ kind: 'playUpNext', index: 1, track: 13 })
    player.send({ kind: 'playTrack', track: 11 })
    expect(player.state.readiness.number).toBe(0)
    const last = started([11], {})
    last.send({ kind: 'ended', run: last.state.run })
    expect(last.state.transport).toBe('stopped')
    expect(last.state.readiness.number).toBe(0)
  })

  test('a song that is ready after another was asked for does not count for it', () => {
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

  test('a late selector is told of, and the song plays', () => {
    const player = started()
    player.isSelectorDead = true
    player.end()
    expect(player.state).toMatchObject({
      transport: 'loading',
      track: 12,
      notice: { kind: 'selectorLate', track: 12 },
    })
  })

  test('a fresh thread asks again for the run it finds, which the sound output has or has not', () => {
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

  test('a fresh thread takes the song that the dead one was about to take', () => {
    const player = started()
    player.state = { ...player.state, need: 'ended' }
    player.restart()
    expect(player.state).toMatchObject({ track: 12, need: 'none', history: [11] })
  })
})
