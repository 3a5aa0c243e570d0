import type { TrackId } from '../library/track.ts'
import { positionNow } from './clock.ts'
import type { Command, Report } from './messages.ts'
import { nextRepeat } from './modes.ts'
import type { NextSource, Outcome, PlaybackState, Step } from './playback-state.ts'
import * as steps from './playback-steps.ts'
import { askAfterEnd, deadlineOf } from './playback-watch.ts'

/** Previous starts the song again when it is further than this many seconds. */
const restartAfter = 3

/** What follows from a command at the time `now` (milliseconds since 1970). Never throws; nonsense changes nothing. */
export function handle(state: PlaybackState, command: Command, now: number): Outcome {
  return perform(state, now, (step) => {
    if ('run' in command) report(step, command)
    else obey(step, command)
  })
}

/**
 * The song that `needNext` asked for: undefined where the list has ended. `songs` is the number of songs in the
 * present order.
 */
export function nextTaken(
  state: PlaybackState,
  track: TrackId | undefined,
  source: NextSource,
  songs: number,
  now: number,
): Outcome {
  return perform(state, now, (step) => {
    if (state.failures > 0 && state.failures >= Math.min(songs, steps.failuresAtMost)) steps.giveUp(step)
    else if (track === undefined) steps.finish(step)
    else {
      steps.noteReadiness(step, track)
      steps.leaveTrack(step)
      steps.start(step, track)
      if (source === 'order') steps.notify(step, 'selectorLate', track, '')
    }
  })
}

/** The plan's first song, for `peekNext`: it is made ready, so that it can start at once. */
export function nextSeen(state: PlaybackState, track: TrackId | undefined, now: number): Outcome {
  return perform(state, now, (step) => {
    if (track !== undefined && state.forward.length === 0) steps.preload(step, track)
  })
}

/** Milliseconds until `tick` must be called even if no command comes (0 at least); undefined if there is nothing to watch. */
export function deadline(state: PlaybackState, now: number): number | undefined {
  const at = deadlineOf(state)
  return at === undefined ? undefined : Math.max(0, at - now)
}

/** What follows from no command having come in time. Harmless before the deadline. */
export function tick(state: PlaybackState, now: number): Outcome {
  return perform(state, now, (step) => {
    const at = deadlineOf(state)
    if (at === undefined || now < at) return
    if (state.transport === 'loading') {
      steps.fail(step, 'No sound came for 10 seconds. Check the drive that it is on and the sound output.')
    } else if (state.askedAt === 0) askAfterEnd(step)
    else steps.fail(step, 'The sound output did not report the end of the song.')
  })
}

/** What a fresh thread has to do before it takes its first command, after another died at any point. */
export function resume(state: PlaybackState, now: number): Outcome {
  const { run, track, volume, muted, transport } = state
  const step: Step = { state, effects: [], now }
  step.effects.push({ kind: steps.wantsSound(state) ? 'setPlaying' : 'clearPlaying' })
  steps.ask(step, { kind: 'volume', volume, muted })
  if (state.need !== 'none') step.effects.push({ kind: 'needNext', reason: state.need })
  else if (transport === 'stopped') steps.ask(step, { kind: 'stop' })
  else {
    const position = positionNow(state, now)
    // The sound output may never have been asked for this run; if it has it already, nothing is heard of this.
    steps.ask(step, { kind: 'load', run, track, position, play: transport !== 'paused' })
    steps.ask(step, { kind: 'report', run })
    if (transport === 'loading') step.state = { ...state, positionAt: now }
  }
  return { state: step.state, effects: step.effects }
}

/** Runs one step; the Event `playing` follows whether a song is wanted. */
function perform(state: PlaybackState, now: number, change: (step: Step) => void): Outcome {
  const step: Step = { state, effects: [], now }
  change(step)
  const before = steps.wantsSound(state)
  const after = steps.wantsSound(step.state)
  if (after && !before) step.effects.unshift({ kind: 'setPlaying' })
  if (before && !after) step.effects.push({ kind: 'clearPlaying' })
  return { state: step.state, effects: step.effects }
}

function obey(step: Step, command: Exclude<Command, Report>): void {
  const { state } = step
  switch (command.kind) {
    case 'playTrack':
      steps.choose(step)
      steps.leaveTrack(step)
      steps.start(step, command.track)
      break
    case 'resume':
      steps.choose(step)
      steps.leaveTrack(step)
      steps.ready(step, command.track, command.position)
      break
    case 'playOrder':
      steps.choose(step)
      steps.need(step, 'play')
      break
    case 'playUpNext':
      steps.choose(step)
      steps.need(step, 'next', { place: command.place, track: command.track })
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
      else steps.goOn(step, 'next')
      break
    case 'previous':
      previous(step)
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

function previous(step: Step): void {
  const { state } = step
  if (state.track === 0) return
  step.state = { ...state, failures: 0 }
  const back = state.history.at(-1)
  if (state.transport === 'stopped') steps.start(step, state.track)
  else if (positionNow(state, step.now) > restartAfter || back === undefined) steps.seek(step, 0)
  else {
    const history = state.history.slice(0, -1)
    step.state = { ...step.state, history, forward: [...state.forward, state.track] }
    steps.start(step, back)
  }
}

function report(step: Step, message: Report): void {
  const { state } = step
  if (message.run !== state.run || state.transport === 'stopped') return
  const wanted = state.transport !== 'paused'
  step.state = { ...state, askedAt: 0 }
  switch (message.kind) {
    case 'loaded':
      steps.learnDuration(step, message.duration)
      break
    case 'playing':
      if (!wanted) break
      steps.place(step, 'playing', message.position)
      if (state.transport !== 'playing') steps.preloadNext(step)
      break
    case 'stalled':
      // A report while it is silent already must not put off the moment when it is given up.
      if (state.transport === 'playing') steps.place(step, 'loading', message.position)
      break
    case 'held':
      if (wanted) steps.place(step, 'paused', message.position)
      break
    case 'ended':
      step.state = { ...step.state, failures: 0 }
      if (state.repeat === 'one') steps.start(step, state.track)
      else steps.goOn(step, 'ended')
      break
    case 'failed':
      steps.fail(step, message.reason)
      break
  }
}
