import type { TrackId } from '../library/track.ts'
import type { AudioReport, Command } from './messages.ts'
import { nextRepeat } from './modes.ts'
import { deadlineOf, requestReport } from './playback-deadline.ts'
import type { NextSource, Outcome, PlaybackState, Transition } from './playback-state.ts'
import * as steps from './playback-transitions.ts'
import { positionNow } from './song-position.ts'

/** Previous starts the song again when it is further than this many seconds. */
const restartThreshold = 3

/** What follows from a command at the time `now` (milliseconds since 1970). Never throws; nonsense changes nothing. */
export function handleCommand(state: PlaybackState, command: Command, now: number): Outcome {
  return runTransition(state, now, (step) => {
    if ('run' in command) applyReport(step, command)
    else applyCommand(step, command)
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
  return runTransition(state, now, (step) => {
    if (state.failures > 0 && state.failures >= Math.min(songs, steps.maxFailures))
      steps.stopAfterFailures(step)
    else if (track === undefined) steps.stopAtEnd(step)
    else {
      steps.noteReadiness(step, track)
      steps.pushHistory(step)
      steps.startTrack(step, track)
      if (source === 'order') steps.addNotice(step, 'selectorLate', track, '')
    }
  })
}

/** The plan's first song, for `peekNext`: it is made ready, so that it can start at once. */
export function handleNextPeeked(state: PlaybackState, track: TrackId | undefined, now: number): Outcome {
  return runTransition(state, now, (step) => {
    if (track !== undefined && state.forward.length === 0) steps.preload(step, track)
  })
}

/** Milliseconds until `handleTimeout` must be called even if no command comes (0 at least); undefined if there is nothing to watch. */
export function timeUntilDeadline(state: PlaybackState, now: number): number | undefined {
  const at = deadlineOf(state)
  return at === undefined ? undefined : Math.max(0, at - now)
}

/** What follows from no command having come in time. Harmless before the deadline. */
export function handleTimeout(state: PlaybackState, now: number): Outcome {
  return runTransition(state, now, (step) => {
    const at = deadlineOf(state)
    if (at === undefined || now < at) return
    if (state.transport === 'loading') {
      steps.failTrack(
        step,
        'No sound came for 10 seconds. Check the drive that it is on and the sound output.',
      )
    } else if (state.askedAt === 0) requestReport(step)
    else steps.failTrack(step, 'The sound output did not report the end of the song.')
  })
}

/** What a fresh thread has to do before it takes its first command, after another died at any point. */
export function recover(state: PlaybackState, now: number): Outcome {
  const { run, track, volume, muted, transport } = state
  const step: Transition = { state, effects: [], now }
  step.effects.push({ kind: steps.wantsSound(state) ? 'setPlaying' : 'clearPlaying' })
  steps.requestAudio(step, { kind: 'volume', volume, muted })
  if (state.need !== 'none') step.effects.push({ kind: 'needNext', reason: state.need })
  else if (transport === 'stopped') steps.requestAudio(step, { kind: 'stop' })
  else {
    const position = positionNow(state, now)
    // The sound output may never have been asked for this run; if it has it already, nothing is heard of this.
    steps.requestAudio(step, { kind: 'load', run, track, position, play: transport !== 'paused' })
    steps.requestAudio(step, { kind: 'report', run })
    if (transport === 'loading') step.state = { ...state, positionAt: now }
  }
  return { state: step.state, effects: step.effects }
}

/** Runs one step; the Event `playing` follows whether a song is wanted. */
function runTransition(state: PlaybackState, now: number, change: (step: Transition) => void): Outcome {
  const step: Transition = { state, effects: [], now }
  change(step)
  const before = steps.wantsSound(state)
  const after = steps.wantsSound(step.state)
  if (after && !before) step.effects.unshift({ kind: 'setPlaying' })
  if (before && !after) step.effects.push({ kind: 'clearPlaying' })
  return { state: step.state, effects: step.effects }
}

function applyCommand(step: Transition, command: Exclude<Command, AudioReport>): void {
  const { state } = step
  switch (command.kind) {
    case 'playTrack':
      steps.resetForUserChoice(step)
      steps.pushHistory(step)
      steps.startTrack(step, command.track)
      break
    case 'resume':
      steps.resetForUserChoice(step)
      steps.pushHistory(step)
      steps.loadPaused(step, command.track, command.position)
      break
    case 'playOrder':
      steps.resetForUserChoice(step)
      steps.requestNext(step, 'play')
      break
    case 'playUpNext':
      steps.resetForUserChoice(step)
      steps.requestNext(step, 'next', { place: command.place, track: command.track })
      break
    case 'toggle':
      if (steps.wantsSound(state)) steps.pause(step)
      else steps.play(step)
      break
    case 'play':
      steps.play(step)
      break
    case 'pause':
      steps.pause(step)
      break
    case 'next':
      step.state = { ...state, failures: 0 }
      if (state.transport === 'stopped') steps.play(step)
      else steps.goToNext(step, 'next')
      break
    case 'previous':
      goToPrevious(step)
      break
    case 'seek':
      steps.seek(step, command.to)
      break
    case 'seekBy':
      steps.seek(step, positionNow(state, step.now) + command.by)
      break
    case 'volume':
      steps.setVolume(step, command.to)
      break
    case 'volumeBy':
      steps.setVolume(step, state.volume + command.by)
      break
    case 'toggleMute':
      steps.setSound(step, state.volume, !state.muted)
      break
    case 'toggleShuffle':
      // What Next would play again was chosen by the former mode.
      step.state = { ...state, forward: [] }
      steps.setModes(step, !state.shuffle, state.repeat)
      break
    case 'cycleRepeat':
      steps.setModes(step, state.shuffle, nextRepeat(state.repeat))
      break
    case 'restore':
      steps.setSound(step, command.volume, command.muted)
      steps.setModes(step, command.shuffle, command.repeat)
      break
    case 'planned':
      steps.preloadNext(step)
      break
    case 'preloaded':
      steps.markReady(step, command.track)
      break
  }
}

function goToPrevious(step: Transition): void {
  const { state } = step
  if (state.track === 0) return
  step.state = { ...state, failures: 0 }
  const back = state.history.at(-1)
  if (state.transport === 'stopped') steps.startTrack(step, state.track)
  else if (positionNow(state, step.now) > restartThreshold || back === undefined) steps.seek(step, 0)
  else {
    const history = state.history.slice(0, -1)
    step.state = { ...step.state, history, forward: [...state.forward, state.track] }
    steps.startTrack(step, back)
  }
}

function applyReport(step: Transition, message: AudioReport): void {
  const { state } = step
  if (message.run !== state.run || state.transport === 'stopped') return
  const wanted = state.transport !== 'paused'
  step.state = { ...state, askedAt: 0 }
  switch (message.kind) {
    case 'loaded':
      steps.setDuration(step, message.duration)
      break
    case 'playing':
      if (!wanted) break
      steps.setClock(step, 'playing', message.position)
      if (state.transport !== 'playing') steps.preloadNext(step)
      break
    case 'stalled':
      // A report while it is silent already must not put off the moment when it is given up.
      if (state.transport === 'playing') steps.setClock(step, 'loading', message.position)
      break
    case 'held':
      if (wanted) steps.setClock(step, 'paused', message.position)
      break
    case 'ended':
      step.state = { ...step.state, failures: 0 }
      if (state.repeat === 'one') steps.startTrack(step, state.track)
      else steps.goToNext(step, 'ended')
      break
    case 'failed':
      steps.failTrack(step, message.reason)
      break
  }
}
