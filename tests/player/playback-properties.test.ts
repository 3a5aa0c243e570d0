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

const order = fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 0, maxLength: 12 })
const modes = fc.record({ shuffle: fc.boolean(), repeat: fc.constantFrom(...repeats) })

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
    'planned',
  ] as const),
)

const commands: fc.Arbitrary<Command> = fc.oneof(
  simple.map((kind) => ({ kind })),
  simple.map((kind) => ({ kind })),
  fc.record({ kind: fc.constant('playOrder' as const) }),
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

/** Something that happens to playback; `now` is a report about the present run. */
type SimulatedEvent =
  | { readonly what: 'command'; readonly command: Command }
  | { readonly what: 'now'; readonly report: AudioReport }
  | { readonly what: 'wait'; readonly seconds: number }
  | { readonly what: 'wake' }
  | { readonly what: 'restart' }

const simulatedEvents: fc.Arbitrary<SimulatedEvent[]> = fc.array(
  fc.oneof(
    commands.map((command) => ({ what: 'command' as const, command })),
    reports.map((command) => ({ what: 'command' as const, command })),
    reports.map((report) => ({ what: 'now' as const, report })),
    fc.double({ min: 0, max: 200, noNaN: true }).map((seconds) => ({ what: 'wait' as const, seconds })),
    fc.constantFrom({ what: 'wake' as const }, { what: 'restart' as const }),
  ),
  { maxLength: 80 },
)

function applyEvent(player: SimulatedPlayer, happening: SimulatedEvent): void {
  if (happening.what === 'command') player.send(happening.command)
  else if (happening.what === 'now') player.send({ ...happening.report, run: player.state.run })
  else if (happening.what === 'wait') player.wait(happening.seconds)
  else if (happening.what === 'wake') player.waitForDeadline()
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
  // What goes through shared memory comes back the same.
  expect(JSON.parse(JSON.stringify(state))).toEqual(state)
}

test('no sequence of commands, reports, waits and deaths leads to an impossible state', () => {
  fc.assert(
    fc.property(order, modes, simulatedEvents, (songs, start, list) => {
      const player = new SimulatedPlayer(songs, start)
      for (const happening of list) {
        applyEvent(player, happening)
        checkPossible(player)
      }
    }),
    { numRuns: 500 },
  )
})

test('each load has the next run number, and playing and pausing are asked of the present run only', () => {
  fc.assert(
    fc.property(order, modes, simulatedEvents, (songs, start, list) => {
      const player = new SimulatedPlayer(songs, start)
      let run = 0
      for (const happening of list.filter(({ what }) => what !== 'restart')) {
        applyEvent(player, happening)
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

test('reports of another run change nothing and ask for nothing', () => {
  fc.assert(
    fc.property(order, modes, simulatedEvents, reports, (songs, start, list, late) => {
      const player = new SimulatedPlayer(songs, start)
      for (const happening of list) applyEvent(player, happening)
      fc.pre(late.run !== player.state.run)
      const outcome = handleCommand(player.state, late, player.now)
      expect(outcome).toEqual({ state: player.state, effects: [] })
    }),
    { numRuns: 300 },
  )
})

test('Previous and Next are each other’s inverse', () => {
  fc.assert(
    fc.property(order, modes, simulatedEvents, (songs, start, list) => {
      const player = new SimulatedPlayer(songs, start)
      for (const happening of list) applyEvent(player, happening)
      fc.pre(player.state.transport !== 'stopped' && player.state.history.length > 0)
      // A song that cannot be played is not gone back to; a new one is at its start.
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

test('playing on by natural ends goes through the whole order once, and good songs are never passed over', () => {
  fc.assert(
    fc.property(order, fc.boolean(), fc.infiniteStream(fc.boolean()), (songs, shuffle, luck) => {
      const player = new SimulatedPlayer(songs, { shuffle })
      const tried: number[] = []
      player.send({ kind: 'play' })
      for (const good of luck) {
        if (player.state.transport === 'stopped') break
        tried.push(player.state.track)
        if (good) {
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
