import type { TrackId } from '../library/track.ts'
import type { AudioReport, Command } from './messages.ts'
import { nextRepeat } from './modes.ts'
import { countDeadline, countIfDue, isCountOverdue, noteEnd } from './play-count.ts'
import { deadlineOf, requestReport } from './playback-deadline.ts'
import type { NextSource, Outcome, PlaybackState, Transition } from './playback-state.ts'
import * as transitions from './playback-transitions.ts'
import { positionNow } from './song-position.ts'

/** Beyond this many seconds, Previous restarts the song. */
const restartThreshold = 3

/**
 * Returns what follows from a command at the time `now` (milliseconds since 1970). Never throws; invalid
 * values change nothing.
 */
export function handleCommand(state: PlaybackState, command: Command, now: number): Outcome {
  return runTransition(state, now, (transition) => {
    if ('run' in command) applyReport(transition, command)
    else applyCommand(transition, command)
  })
}

/**
 * Continues with the song that `needNext` asked for; undefined if the list has ended. `songs` is the length
 * of the list.
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
      if (source === 'list') transitions.addNotice(transition, 'selectorLate', track)
    }
  })
}

/** Continues with the plan's first song, after `peekNext`: preloads it, so that it can start immediately. */
export function handleNextPeeked(state: PlaybackState, track: TrackId | undefined, now: number): Outcome {
  return runTransition(state, now, (transition) => {
    const isNext = state.forward.length === 0 && state.repeat !== 'one'
    if (track !== undefined && isNext) transitions.preload(transition, track)
  })
}

/**
 * Returns the milliseconds until `handleTimeout` must be called if no command comes (at least 0); undefined
 * if there is no deadline.
 */
export function timeUntilDeadline(state: PlaybackState, now: number): number | undefined {
  const deadline = Math.min(deadlineOf(state) ?? Infinity, countDeadline(state) ?? Infinity)
  return deadline === Infinity ? undefined : Math.max(0, deadline - now)
}

/** Returns what follows if no command came in time. Has no effect before the deadline. */
export function handleTimeout(state: PlaybackState, now: number): Outcome {
  return runTransition(state, now, (transition) => {
    if (isCountOverdue(transition)) return requestReport(transition)
    countIfDue(transition)
    const deadline = deadlineOf(transition.state)
    if (deadline === undefined || now < deadline) return
    if (state.transport === 'loading') {
      transitions.failTrack(transition, 'noSound')
    } else if (state.reportRequestedAt === 0) requestReport(transition)
    else transitions.failTrack(transition, 'noEnd')
  })
}

/** Returns the first effects of a thread that replaces one that died at any point. */
export function recover(state: PlaybackState, now: number): Outcome {
  const { run, track, volume, muted, transport } = state
  const transition: Transition = { state, effects: [], now }
  if (state.play.number > 0) transition.effects.push({ kind: 'recordPlay', play: state.play })
  transition.effects.push({ kind: transitions.wantsSound(state) ? 'setPlaying' : 'clearPlaying' })
  transitions.requestAudio(transition, { kind: 'volume', volume, muted })
  if (state.need !== 'none') transition.effects.push({ kind: 'needNext', reason: state.need })
  else if (transport === 'stopped') transitions.requestAudio(transition, { kind: 'stop' })
  else {
    const position = positionNow(state, now)
    // The dead thread may never have requested this run. If the sound output already has it, the request
    // changes nothing.
    transitions.requestAudio(transition, { kind: 'load', run, track, position, play: transport !== 'paused' })
    transitions.requestAudio(transition, { kind: 'report', run })
    if (transport === 'loading') transition.state = { ...state, positionAt: now }
  }
  return { state: transition.state, effects: transition.effects }
}

/** Runs one transition. Sets or clears the Event `playing` with `wantsSound`. */
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
  countIfDue(transition)
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
    case 'playList':
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
      // The previous mode chose the songs that Next would go back to.
      transition.state = { ...state, forward: [] }
      transitions.setModes(transition, !state.shuffle, state.repeat)
      break
    case 'cycleRepeat':
      transitions.setModes(transition, state.shuffle, nextRepeat(state.repeat))
      transitions.preloadNext(transition)
      break
    case 'restore':
      transitions.setSound(transition, command.volume, command.muted)
      transitions.setModes(transition, command.shuffle, command.repeat)
      break
    case 'planChanged':
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
  const previousTrack = state.history.at(-1)
  if (state.transport === 'stopped') transitions.startTrack(transition, state.track)
  else if (positionNow(state, transition.now) > restartThreshold || previousTrack === undefined)
    transitions.seek(transition, 0)
  else {
    const history = state.history.slice(0, -1)
    transition.state = { ...transition.state, history, forward: [...state.forward, state.track] }
    transitions.startTrack(transition, previousTrack)
  }
}

function applyReport(transition: Transition, message: AudioReport): void {
  const { state } = transition
  if (message.run !== state.run || state.transport === 'stopped') return
  const wanted = state.transport !== 'paused'
  transition.state = { ...state, reportRequestedAt: 0 }
  switch (message.kind) {
    case 'loaded':
      transitions.setDuration(transition, message.duration)
      break
    case 'playing':
      if (!wanted) break
      transitions.setClock(transition, 'playing', message.position)
      transitions.setSpeed(transition, message.speed ?? 1)
      if (state.transport !== 'playing') transitions.preloadNext(transition)
      break
    case 'stalled':
      // A report during silence must not extend the deadline.
      if (state.transport === 'playing') transitions.setClock(transition, 'loading', message.position)
      break
    case 'held':
      if (wanted) transitions.setClock(transition, 'paused', message.position)
      break
    case 'ended':
      noteEnd(transition)
      transition.state = { ...transition.state, failures: 0 }
      if (state.repeat === 'one') transitions.startTrack(transition, state.track)
      else transitions.goToNext(transition, 'ended')
      break
    case 'failed':
      transitions.failTrack(transition, message.reason)
      break
  }
}
