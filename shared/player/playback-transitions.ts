import type { TrackId } from '../library/track.ts'
import type { AudioRequest, FailureReason, Notice, Transport } from './messages.ts'
import type { Repeat } from './modes.ts'
import { beginPlay, noteHeard } from './play-count.ts'
import type { NeedReason, PlaybackState, Transition } from './playback-state.ts'
import { positionNow } from './song-position.ts'

/** The maximum number of played songs that Previous can go back through. */
export const maxHistory = 500

/** This many consecutive failures mean that the drive is at fault, not the songs. */
export const maxFailures = 100

/** A song that failed after this many seconds counts as played. */
const minPlayedSeconds = 1

/** Whether a song plays or should play as soon as it can: the flag of the Event `playing`. */
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

/**
 * Makes a song the current one, paused. Sets `playing` for a moment, so that the selector plans the next
 * songs.
 */
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
    reportRequestedAt: 0,
    need: 'none',
  }
  beginPlay(transition)
  requestAudio(transition, { kind: 'load', run, track, position, play })
}

/** After the user's choice, the songs that Previous came back from and earlier failures no longer count. */
export function resetForUserChoice(transition: Transition): void {
  transition.state = { ...transition.state, forward: [], failures: 0 }
}

/** Adds the current song to the history, unless it could not be played. */
export function pushHistory(transition: Transition): void {
  const { track, broken, history } = transition.state
  if (track === 0 || broken) return
  transition.state = { ...transition.state, history: [...history, track].slice(-maxHistory) }
}

export function requestNext(
  transition: Transition,
  reason: NeedReason,
  skipTo?: { index: number; track: TrackId },
): void {
  const isPlanned = reason !== 'play' && skipTo === undefined
  transition.state = { ...transition.state, need: reason, neededAt: isPlanned ? transition.now : 0 }
  transition.effects.push({ kind: 'needNext', reason, ...(skipTo === undefined ? {} : { skipTo }) })
}

/** Goes to the song that Previous came back from, else to the plan's next song. */
export function goToNext(transition: Transition, reason: NeedReason): void {
  const forwardTrack = transition.state.forward.at(-1)
  if (forwardTrack === undefined) requestNext(transition, reason)
  else {
    pushHistory(transition)
    transition.state = { ...transition.state, forward: transition.state.forward.slice(0, -1) }
    startTrack(transition, forwardTrack)
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

/** Sets transport and clock. If `to` is not a number, the position stays. */
export function setClock(transition: Transition, transport: Transport, to: number): void {
  const position = clampPosition(
    Number.isFinite(to) ? to : positionNow(transition.state, transition.now),
    transition.state.duration,
  )
  noteHeard(transition, position)
  transition.state = { ...transition.state, transport, position, positionAt: transition.now }
}

/** From the time of the clock on, the sound has this speed. */
export function setSpeed(transition: Transition, speed: number): void {
  if (speed > 0 && Number.isFinite(speed)) transition.state = { ...transition.state, speed }
}

/** Sets the song's length. Its arrival shows progress, so the deadline of a loading song starts again. */
export function setDuration(transition: Transition, duration: number): void {
  if (!(duration >= 0 && Number.isFinite(duration))) return
  const position = positionNow({ ...transition.state, duration }, transition.now)
  noteHeard(transition, position)
  transition.state = { ...transition.state, duration, position, positionAt: transition.now }
  noteHeard(transition)
}

/** Seeks to `to` seconds, limited to the song. A paused song stays paused. At its start another play begins. */
export function seek(transition: Transition, to: number): void {
  const { transport, track, duration, run } = transition.state
  if (track === 0 || transport === 'stopped' || !Number.isFinite(to)) return
  const target = clampPosition(to, duration)
  noteHeard(transition)
  if (target === 0) beginPlay(transition)
  setClock(transition, transport, target)
  requestAudio(transition, { kind: 'seek', run, to: target })
}

function clampPosition(position: number, duration: number): number {
  return Math.max(0, duration > 0 ? Math.min(position, duration) : position)
}

/** Setting the volume also unmutes. */
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
  transition.effects.push({ kind: 'writeModes', shuffle, repeat })
}

/**
 * Preloads the song that follows at the end of the current one. Does so once the current one plays, so that it does not
 * compete for data earlier.
 */
export function preloadNext(transition: Transition): void {
  const { transport, repeat, track, forward } = transition.state
  if (transport !== 'playing' && transport !== 'paused') return
  const known = repeat === 'one' ? track : forward.at(-1)
  if (known === undefined) transition.effects.push({ kind: 'peekNext' })
  else preload(transition, known)
}

export function preload(transition: Transition, track: TrackId): void {
  if (transition.state.transport === 'stopped' || transition.state.preloaded === track) return
  transition.state = { ...transition.state, preloaded: track, readyAt: 0 }
  requestAudio(transition, { kind: 'preload', track })
}

/** The sound output has preloaded a song. A later request may have replaced it. */
export function markReady(transition: Transition, track: TrackId): void {
  if (track === transition.state.preloaded)
    transition.state = { ...transition.state, readyAt: transition.now }
}

/** Records how long a needed song had been ready when it came. */
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

/**
 * The current song cannot be played: adds a notice and goes on. If it was paused, stops instead, because the
 * user did not ask for music.
 */
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

/** The list has ended. Its last song stays visible; Play starts the list again. */
export function stopAtEnd(transition: Transition): void {
  transition.state = {
    ...transition.state,
    transport: 'stopped',
    position: 0,
    positionAt: transition.now,
    preloaded: 0,
    neededAt: 0,
    reportRequestedAt: 0,
    need: 'none',
    failures: 0,
  }
  requestAudio(transition, { kind: 'stop' })
}

/** Every song failed: repeating them would not help. */
export function stopAfterFailures(transition: Transition): void {
  addNotice(transition, 'nothingPlayable', 0)
  stopAtEnd(transition)
}
