import type { TrackId } from '../library/track.ts'
import type { AudioReport, Command } from './messages.ts'
import { nextRepeat } from './modes.ts'
import { deadlineOf, requestReport } from './playback-deadline.ts'
import type { NextSource, Outcome, PlaybackState, Transition } from './playback-state.ts'
import * as transitions from './playback-transitions.ts'
import { positionNow } from './song-position.ts'

/** Previous starts the song again when it is further than this many seconds. */
const restartThreshold = 3

/** What follows from a command at the time `now` (milliseconds since 1970). Never throws; nonsense changes nothing. */
export function handleCommand(state: PlaybackState, command: Command, now: number): Outcome {
  return runTransition(state, now, (transition) => {
    if ('run' in command) applyReport(transition, command)
    else applyCommand(transition, command)
  })
}

/**
 * The song that `needNext` asked for: undefined where the list has ended. `songs` is the number of songs in the
 * present order.
 */
export function handleNextTaken(
  state: PlaybackState,
  track: TrackId | undefined,
  source: NextSource,
  songs: number,
  now: number,
): Outcome {
  return runTransition(state, now, (transition) => {
    if (state.failures > 0 && state.failures >= Math.min(songs, transitions.maxFailures))
      transitions.stopAfterFailures(transition)
    else if (track === undefined) transitions.stopAtEnd(transition)
    else {
      transitions.noteReadiness(transition, track)
      transitions.pushHistory(transition)
      transitions.startTrack(transition, track)
      if (source === 'order') transitions.addNotice(transition, 'selectorLate', track)
    }
  })
}

/** The plan's first song, for `peekNext`: it is made ready, so that it can start at once. */
export function handleNextPeeked(state: PlaybackState, track: TrackId | undefined, now: number): Outcome {
  return runTransition(state, now, (transition) => {
    if (track !== undefined && state.forward.length === 0) transitions.preload(transition, track)
  })
}

/** Milliseconds until `handleTimeout` must be called even if no command comes (0 at least); undefined if there is nothing to watch. */
export function timeUntilDeadline(state: PlaybackState, now: number): number | undefined {
  const at = deadlineOf(state)
  return at === undefined ? undefined : Math.max(0, at - now)
}

/** What follows from no command having come in time. Harmless before the deadline. */
export function handleTimeout(state: PlaybackState, now: number): Outcome {
  return runTransition(state, now, (transition) => {
    const at = deadlineOf(state)
    if (at === undefined || now < at) return
    if (state.transport === 'loading') {
      transitions.failTrack(transition, 'noSound')
    } else if (state.askedAt === 0) requestReport(transition)
    else transitions.failTrack(transition, 'noEnd')
  })
}

/** What a fresh thread has to do before it takes its first command, after another died at any point. */
export function recover(state: PlaybackState, now: number): Outcome {
  const { run, track, volume, muted, transport } = state
  const transition: Transition = { state, effects: [], now }
  transition.effects.push({ kind: transitions.wantsSound(state) ? 'setPlaying' : 'clearPlaying' })
  transitions.requestAudio(transition, { kind: 'volume', volume, muted })
  if (state.need !== 'none') transition.effects.push({ kind: 'needNext', reason: state.need })
  else if (transport === 'stopped') transitions.requestAudio(transition, { kind: 'stop' })
  else {
    const position = positionNow(state, now)
    // The sound output may never have been asked for this run; if it has it already, nothing is heard of this.
    transitions.requestAudio(transition, { kind: 'load', run, track, position, play: transport !== 'paused' })
    transitions.requestAudio(transition, { kind: 'report', run })
    if (transport === 'loading') transition.state = { ...state, positionAt: now }
  }
  return { state: transition.state, effects: transition.effects }
}

/** Runs one transition; the Event `playing` follows whether a song is wanted. */
function runTransition(state: PlaybackState, now: number, change: (transition: Transition) => void): Outcome {
  const transition: Transition = { state, effects: [], now }
  change(transition)
  const before = transitions.wantsSound(state)
  const after = transitions.wantsSound(transition.state)
  if (after && !before) transition.effects.unshift({ kind: 'setPlaying' })
  if (before && !after) transition.effects.push({ kind: 'clearPlaying' })
  return { state: transition.state, effects: transition.effects }
}

function applyCommand(transition: Transition, command: Exclude<Command, AudioReport>): void {
  const { state } = transition
  switch (command.kind) {
    case 'playTrack':
      transitions.resetForUserChoice(transition)
      transitions.pushHistory(transition)
      transitions.startTrack(transition, command.track)
      break
    case 'resume':
      transitions.resetForUserChoice(transition)
      transitions.pushHistory(transition)
      transitions.loadPaused(transition, command.track, command.position)
      break
    case 'playOrder':
      transitions.resetForUserChoice(transition)
      transitions.requestNext(transition, 'play')
      break
    case 'playUpNext':
      transitions.resetForUserChoice(transition)
      transitions.requestNext(transition, 'next', { index: command.index, track: command.track })
      break
    case 'toggle':
      if (transitions.wantsSound(state)) transitions.pause(transition)
      else transitions.play(transition)
      break
    case 'play':
      transitions.play(transition)
      break
    case 'pause':
      transitions.pause(transition)
      break
    case 'next':
      transition.state = { ...state, failures: 0 }
      if (state.transport === 'stopped') transitions.play(transition)
      else transitions.goToNext(transition, 'next')
      break
    case 'previous':
      goToPrevious(transition)
      break
    case 'seek':
      transitions.seek(transition, command.to)
      break
    case 'seekBy':
      transitions.seek(transition, positionNow(state, transition.now) + command.by)
      break
    case 'volume':
      transitions.setVolume(transition, command.to)
      break
    case 'volumeBy':
      transitions.setVolume(transition, state.volume + command.by)
      break
    case 'toggleMute':
      transitions.setSound(transition, state.volume, !state.muted)
      break
    case 'toggleShuffle':
      // What Next would play again was chosen by the former mode.
      transition.state = { ...state, forward: [] }
      transitions.setModes(transition, !state.shuffle, state.repeat)
      break
    case 'cycleRepeat':
      transitions.setModes(transition, state.shuffle, nextRepeat(state.repeat))
      break
    case 'restore':
      transitions.setSound(transition, command.volume, command.muted)
      transitions.setModes(transition, command.shuffle, command.repeat)
      break
    case 'planned':
      transitions.preloadNext(transition)
      break
    case 'preloaded':
      transitions.markReady(transition, command.track)
      break
  }
}

function goToPrevious(transition: Transition): void {
  const { state } = transition
  if (state.track === 0) return
  transition.state = { ...state, failures: 0 }
  const back = state.history.at(-1)
  if (state.transport === 'stopped') transitions.startTrack(transition, state.track)
  else if (positionNow(state, transition.now) > restartThreshold || back === undefined)
    transitions.seek(transition, 0)
  else {
    const history = state.history.slice(0, -1)
    transition.state = { ...transition.state, history, forward: [...state.forward, state.track] }
    transitions.startTrack(transition, back)
  }
}

function applyReport(transition: Transition, message: AudioReport): void {
  const { state } = transition
  if (message.run !== state.run || state.transport === 'stopped') return
  const wanted = state.transport !== 'paused'
  transition.state = { ...state, askedAt: 0 }
  switch (message.kind) {
    case 'loaded':
      transitions.setDuration(transition, message.duration)
      break
    case 'playing':
      if (!wanted) break
      transitions.setClock(transition, 'playing', message.position)
      if (state.transport !== 'playing') transitions.preloadNext(transition)
      break
    case 'stalled':
      // A report while it is silent already must not put off the moment when it is given up.
      if (state.transport === 'playing') transitions.setClock(transition, 'loading', message.position)
      break
    case 'held':
      if (wanted) transitions.setClock(transition, 'paused', message.position)
      break
    case 'ended':
      transition.state = { ...transition.state, failures: 0 }
      if (state.repeat === 'one') transitions.startTrack(transition, state.track)
      else transitions.goToNext(transition, 'ended')
      break
    case 'failed':
      transitions.failTrack(transition, message.reason)
      break
  }
}
