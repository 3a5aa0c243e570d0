import type { TrackId } from '../library/track.ts'
import type { AudioRequest, FailureReason, Notice, Transport } from './messages.ts'
import type { Repeat } from './modes.ts'
import type { NeedReason, PlaybackState, Transition } from './playback-state.ts'
import { positionNow } from './song-position.ts'

/** How many played songs Previous can go back through. */
export const maxHistory = 500

/** So many failures in a row mean that something is wrong with the drive, not with the songs. */
export const maxFailures = 100

/** A song that failed after this many seconds was a song all the same. */
const minPlayedSeconds = 1

/** Whether a song sounds or is to sound as soon as it can: the flag of the Event `playing`. */
export function wantsSound(state: PlaybackState): boolean {
  return state.transport === 'playing' || state.transport === 'loading' || state.need !== 'none'
}

export function requestAudio(transition: Transition, request: AudioRequest): void {
  transition.effects.push({ kind: 'audio', request })
}

export function addNotice(
  transition: Transition,
  kind: Notice['kind'],
  track: TrackId,
  reason?: FailureReason,
): void {
  const number = transition.state.notice.number + 1
  transition.state = { ...transition.state, notice: { number, kind, track, reason } }
}

export function startTrack(transition: Transition, track: TrackId): void {
  load(transition, track, 0, true)
}

/** Makes a song the current one without a sound. The selector, which waits for one, plans all the same. */
export function loadPaused(transition: Transition, track: TrackId, position: number): void {
  load(transition, track, Number.isFinite(position) ? Math.max(0, position) : 0, false)
  transition.effects.push({ kind: 'setPlaying' }, { kind: 'clearPlaying' })
}

function load(transition: Transition, track: TrackId, position: number, play: boolean): void {
  const run = transition.state.run + 1
  transition.state = {
    ...transition.state,
    transport: play ? 'loading' : 'paused',
    run,
    track,
    position,
    positionAt: transition.now,
    duration: track === transition.state.track ? transition.state.duration : 0,
    preloaded: transition.state.preloaded === track ? 0 : transition.state.preloaded,
    broken: false,
    askedAt: 0,
    need: 'none',
  }
  requestAudio(transition, { kind: 'load', run, track, position, play })
}

/** The user chose what to play: what Next would have played again no longer counts, nor do failures. */
export function resetForUserChoice(transition: Transition): void {
  transition.state = { ...transition.state, forward: [], failures: 0 }
}

/** Puts the current song into the history, unless it could not be played. */
export function pushHistory(transition: Transition): void {
  const { track, broken, history } = transition.state
  if (track === 0 || broken) return
  transition.state = { ...transition.state, history: [...history, track].slice(-maxHistory) }
}

export function requestNext(
  transition: Transition,
  reason: NeedReason,
  pass?: { index: number; track: TrackId },
): void {
  const isPlanned = reason !== 'play' && pass === undefined
  transition.state = { ...transition.state, need: reason, neededAt: isPlanned ? transition.now : 0 }
  transition.effects.push({ kind: 'needNext', reason, ...(pass === undefined ? {} : { pass }) })
}

/** Goes to the song that Previous came back from, or else to the plan's next. */
export function goToNext(transition: Transition, reason: NeedReason): void {
  const again = transition.state.forward.at(-1)
  if (again === undefined) requestNext(transition, reason)
  else {
    pushHistory(transition)
    transition.state = { ...transition.state, forward: transition.state.forward.slice(0, -1) }
    startTrack(transition, again)
  }
}

export function play(transition: Transition): void {
  const { transport, run, track } = transition.state
  if (transport === 'paused') {
    transition.state = { ...transition.state, transport: 'loading', positionAt: transition.now }
    requestAudio(transition, { kind: 'play', run })
  } else if (transport === 'stopped') {
    resetForUserChoice(transition)
    if (track !== 0) transition.effects.push({ kind: 'restartPlan' })
    requestNext(transition, 'play')
  }
}

export function pause(transition: Transition): void {
  const { transport, run } = transition.state
  if (transport !== 'playing' && transport !== 'loading') return
  setClock(transition, 'paused', positionNow(transition.state, transition.now))
  requestAudio(transition, { kind: 'pause', run })
}

/** Sets transport and clock. A position that is none leaves the clock where it is. */
export function setClock(transition: Transition, transport: Transport, to: number): void {
  const position = clampPosition(
    Number.isFinite(to) ? to : positionNow(transition.state, transition.now),
    transition.state.duration,
  )
  transition.state = { ...transition.state, transport, position, positionAt: transition.now }
}

/** Takes the song's length; it is a sign of life too, so the watch over a song that loads begins anew. */
export function setDuration(transition: Transition, duration: number): void {
  if (!(duration >= 0 && Number.isFinite(duration))) return
  const position = positionNow({ ...transition.state, duration }, transition.now)
  transition.state = { ...transition.state, duration, position, positionAt: transition.now }
}

/** Goes to `to` seconds, kept within the song; a paused song stays paused. */
export function seek(transition: Transition, to: number): void {
  const { transport, track, duration, run } = transition.state
  if (track === 0 || transport === 'stopped' || !Number.isFinite(to)) return
  const target = clampPosition(to, duration)
  setClock(transition, transport, target)
  requestAudio(transition, { kind: 'seek', run, to: target })
}

function clampPosition(position: number, duration: number): number {
  return Math.max(0, duration > 0 ? Math.min(position, duration) : position)
}

/** A volume that is set is also heard. */
export function setVolume(transition: Transition, volume: number): void {
  setSound(transition, volume, false)
}

export function setSound(transition: Transition, to: number, muted: boolean): void {
  if (Number.isNaN(to)) return
  const volume = Math.min(1, Math.max(0, to))
  transition.state = { ...transition.state, volume, muted }
  requestAudio(transition, { kind: 'volume', volume, muted })
}

export function setModes(transition: Transition, shuffle: boolean, repeat: Repeat): void {
  transition.state = { ...transition.state, shuffle, repeat }
  transition.effects.push({ kind: 'changedMode', shuffle, repeat })
}

/** Has the next song made ready once the current one sounds, so that it does not take data from it before. */
export function preloadNext(transition: Transition): void {
  if (transition.state.transport !== 'playing' && transition.state.transport !== 'paused') return
  const again = transition.state.forward.at(-1)
  if (again === undefined) transition.effects.push({ kind: 'peekNext' })
  else preload(transition, again)
}

export function preload(transition: Transition, track: TrackId): void {
  if (transition.state.transport === 'stopped' || transition.state.preloaded === track) return
  transition.state = { ...transition.state, preloaded: track, readyAt: 0 }
  requestAudio(transition, { kind: 'preload', track })
}

/** The sound output has made a song ready; another may have been asked for meanwhile. */
export function markReady(transition: Transition, track: TrackId): void {
  if (track === transition.state.preloaded)
    transition.state = { ...transition.state, readyAt: transition.now }
}

/** A song came that was needed: notes how long it had been ready by then. */
export function noteReadiness(transition: Transition, track: TrackId): void {
  const { readiness, neededAt, preloaded, readyAt } = transition.state
  if (neededAt === 0) return
  const wasReady = track === preloaded && readyAt !== 0
  const ahead = wasReady ? Math.max(0, neededAt - readyAt) : undefined
  transition.state = {
    ...transition.state,
    neededAt: 0,
    readiness: { number: readiness.number + 1, track, ahead },
  }
}

/** The current song cannot be played: says so and goes on, unless it was paused: then nobody asked for music now. */
export function failTrack(transition: Transition, reason: FailureReason): void {
  const isPaused = transition.state.transport === 'paused'
  const played = positionNow(transition.state, transition.now) >= minPlayedSeconds
  transition.state = {
    ...transition.state,
    failures: played ? 0 : transition.state.failures + 1,
    broken: !played,
  }
  addNotice(transition, 'cannotPlay', transition.state.track, reason)
  if (isPaused) stopAtEnd(transition)
  else goToNext(transition, 'failed')
}

/** The list has ended. Its last song stays on show; Play begins the list again. */
export function stopAtEnd(transition: Transition): void {
  transition.state = {
    ...transition.state,
    transport: 'stopped',
    position: 0,
    positionAt: transition.now,
    preloaded: 0,
    neededAt: 0,
    askedAt: 0,
    need: 'none',
    failures: 0,
  }
  requestAudio(transition, { kind: 'stop' })
}

/** Every song failed: going round for ever would help nobody. */
export function stopAfterFailures(transition: Transition): void {
  addNotice(transition, 'nothingPlayable', 0)
  stopAtEnd(transition)
}
