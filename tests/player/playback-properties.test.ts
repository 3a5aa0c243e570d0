import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AudioReport, type Command, failureReasons } from '../../shared/player/messages.ts'
import { handleCommand } from '../../shared/player/playback.ts'
import type { PlaybackState } from '../../shared/player/playback-state.ts'
import { maxHistory } from '../../shared/player/playback-transitions.ts'
import { positionNow } from '../../shared/player/song-position.ts'
import { SimulatedPlayer } from './simulated-player.ts'

const repeats = ['off', 'all', 'one'] as const
const seconds = fc.oneof(fc.double({ min: -50, max: 500 }), fc.constantFrom(Number.NaN, 1e300, -1e300, 0))
const run = fc.integer({ min: 0, max: 30 })

const listOfSongs = fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 0, maxLength: 12 })
const modesOf = fc.record({ shuffle: fc.boolean(), repeat: fc.constantFrom(...repeats) })

const reports: fc.Arbitrary<AudioReport> = fc.oneof(
  fc.record({ kind: fc.constant('loaded' as const), run, duration: seconds }),
  fc.record({
    kind: fc.constantFrom('playing' as const, 'stalled' as const, 'held' as const),
    run,
    position: seconds,
  }),
  fc.record({ kind: fc.constant('ended' as const), run }),
  fc.record({ kind: fc.constant('failed' as const), run, reason: fc.constantFrom(...failureReasons) }),
)

const simple = fc.constantFrom(
  ...([
    'toggle',
    'play',
    'pause',
    'next',
    'previous',
    'toggleMute',
    'toggleShuffle',
    'cycleRepeat',
    'planChanged',
  ] as const),
)

const commands: fc.Arbitrary<Command> = fc.oneof(
  simple.map((kind) => ({ kind })),
  simple.map((kind) => ({ kind })),
  fc.record({ kind: fc.constant('playList' as const) }),
  fc.record({ kind: fc.constant('preloaded' as const), track: fc.integer({ min: 1, max: 1000 }) }),
  fc.record({ kind: fc.constant('playTrack' as const), track: fc.integer({ min: 1, max: 1000 }) }),
  fc.record({
    kind: fc.constant('playUpNext' as const),
    index: fc.nat(20),
    track: fc.integer({ min: 1, max: 1000 }),
  }),
  fc.record({ kind: fc.constantFrom('seek' as const, 'volume' as const), to: seconds }),
  fc.record({ kind: fc.constantFrom('seekBy' as const, 'volumeBy' as const), by: seconds }),
)

/** An event of the simulation; `report` is a report about the present run. */
type SimulatedEvent =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'report'; readonly report: AudioReport }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'wake' }
  | { readonly kind: 'restart' }

const simulatedEvents: fc.Arbitrary<SimulatedEvent[]> = fc.array(
  fc.oneof(
    commands.map((command) => ({ kind: 'command' as const, command })),
    reports.map((command) => ({ kind: 'command' as const, command })),
    reports.map((report) => ({ kind: 'report' as const, report })),
    fc.double({ min: 0, max: 200, noNaN: true }).map((seconds) => ({ kind: 'wait' as const, seconds })),
    fc.constantFrom({ kind: 'wake' as const }, { kind: 'restart' as const }),
  ),
  { maxLength: 80 },
)

function applyEvent(player: SimulatedPlayer, event: SimulatedEvent): void {
  if (event.kind === 'command') player.send(event.command)
  else if (event.kind === 'report') player.send({ ...event.report, run: player.state.run })
  else if (event.kind === 'wait') player.wait(event.seconds)
  else if (event.kind === 'wake') player.waitForDeadline()
  else player.restart()
}

function checkPossible(player: SimulatedPlayer): void {
  const { state, now } = player
  const position = positionNow(state, now)
  expect(position).toBeGreaterThanOrEqual(0)
  if (state.duration > 0) expect(position).toBeLessThanOrEqual(state.duration)
  expect(state.volume >= 0 && state.volume <= 1).toBe(true)
  expect(state.need).toBe('none')
  if (state.transport !== 'stopped') expect(state.track).toBeGreaterThan(0)
  else expect(position).toBe(0)
  expect(player.isPlaying).toBe(state.transport === 'playing' || state.transport === 'loading')
  expect(state.history.length).toBeLessThanOrEqual(maxHistory)
  // The state survives shared memory unchanged.
  expect(JSON.parse(JSON.stringify(state))).toEqual(state)
}

test('no sequence of commands, reports, waits and deaths leads to an impossible state', () => {
  fc.assert(
    fc.property(listOfSongs, modesOf, simulatedEvents, (songs, modes, events) => {
      const player = new SimulatedPlayer(songs, modes)
      for (const event of events) {
        applyEvent(player, event)
        checkPossible(player)
      }
    }),
    { numRuns: 500 },
  )
})

test('each load has the next run number, and only the present run is played and paused', () => {
  fc.assert(
    fc.property(listOfSongs, modesOf, simulatedEvents, (songs, modes, events) => {
      const player = new SimulatedPlayer(songs, modes)
      let run = 0
      for (const event of events.filter(({ kind }) => kind !== 'restart')) {
        applyEvent(player, event)
        for (const request of player.takeAudioRequests()) {
          if (request.kind === 'load') expect(request.run).toBe(++run)
          else if ('run' in request) expect(request.run).toBe(run)
        }
        expect(player.state.run).toBe(run)
      }
    }),
    { numRuns: 300 },
  )
})

test('reports of another run change nothing and cause no effect', () => {
  fc.assert(
    fc.property(listOfSongs, modesOf, simulatedEvents, reports, (songs, modes, events, late) => {
      const player = new SimulatedPlayer(songs, modes)
      for (const event of events) applyEvent(player, event)
      fc.pre(late.run !== player.state.run)
      const outcome = handleCommand(player.state, late, player.now)
      expect(outcome).toEqual({ state: player.state, effects: [] })
    }),
    { numRuns: 300 },
  )
})

test('Previous and Next are each other’s inverse', () => {
  fc.assert(
    fc.property(listOfSongs, modesOf, simulatedEvents, (songs, modes, events) => {
      const player = new SimulatedPlayer(songs, modes)
      for (const event of events) applyEvent(player, event)
      fc.pre(player.state.transport !== 'stopped' && player.state.history.length > 0)
      // Previous does not go back to a song that could not be played. A new song is at its start.
      fc.pre(positionNow(player.state, player.now) <= 3)
      const before = player.state
      player.send({ kind: 'previous' })
      expect(player.state.track).toBe(before.history.at(-1))
      player.send({ kind: 'next' })
      expect(playedPath(player.state)).toEqual(playedPath(before))
    }),
    { numRuns: 500 },
  )
})

test('without Next, playback goes through the list once and skips no playable song', () => {
  fc.assert(
    fc.property(listOfSongs, fc.boolean(), fc.infiniteStream(fc.boolean()), (songs, shuffle, outcomes) => {
      const player = new SimulatedPlayer(songs, { shuffle })
      const tried: number[] = []
      player.send({ kind: 'play' })
      for (const isPlayable of outcomes) {
        if (player.state.transport === 'stopped') break
        tried.push(player.state.track)
        if (isPlayable) {
          player.startSound()
          player.end()
        } else player.fail()
      }
      expect(tried.toSorted()).toEqual(songs.toSorted())
      if (!shuffle) expect(tried).toEqual(songs)
    }),
  )
})

function playedPath({ track, history, forward }: PlaybackState) {
  return { track, history, forward }
}
