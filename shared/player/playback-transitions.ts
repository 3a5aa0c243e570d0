import type { Repeat } from '../host-api.ts'
import type { TrackId } from '../library/track.ts'
import type { AudioRequest, Notice, Transport } from './messages.ts'
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

export function requestAudio(step: Transition, request: AudioRequest): void {
  step.effects.push({ kind: 'audio', request })
}

export function addNotice(step: Transition, kind: Notice['kind'], track: TrackId, detail: string): void {
  const number = step.state.notice.number + 1
  step.state = { ...step.state, notice: { number, kind, track, detail } }
}

export function startTrack(step: Transition, track: TrackId): void {
  load(step, track, 0, true)
}

/** Makes a song the current one without a sound. The selector, which waits for one, plans all the same. */
export function loadPaused(step: Transition, track: TrackId, position: number): void {
  load(step, track, Number.isFinite(position) ? Math.max(0, position) : 0, false)
  step.effects.push({ kind: 'setPlaying' }, { kind: 'clearPlaying' })
}

function load(step: Transition, track: TrackId, position: number, play: boolean): void {
  const run = step.state.run + 1
  step.state = {
    ...step.state,
    transport: play ? 'loading' : 'paused',
    run,
    track,
    position,
    positionAt: step.now,
    duration: track === step.state.track ? step.state.duration : 0,
    preloaded: step.state.preloaded === track ? 0 : step.state.preloaded,
    broken: false,
    askedAt: 0,
    need: 'none',
  }
  requestAudio(step, { kind: 'load', run, track, position, play })
}

/** The user chose what to play: what Next would have played again no longer counts, nor do failures. */
export function resetForUserChoice(step: Transition): void {
  step.state = { ...step.state, forward: [], failures: 0 }
}

/** Puts the current song into the history, unless it could not be played. */
export function pushHistory(step: Transition): void {
  const { track, broken, history } = step.state
  if (track === 0 || broken) return
  step.state = { ...step.state, history: [...history, track].slice(-maxHistory) }
}

export function requestNext(
  step: Transition,
  reason: NeedReason,
  pass?: { place: number; track: TrackId },
): void {
  const isPlanned = reason !== 'play' && pass === undefined
  step.state = { ...step.state, need: reason, neededAt: isPlanned ? step.now : 0 }
  step.effects.push({ kind: 'needNext', reason, ...(pass === undefined ? {} : { pass }) })
}

/** Goes to the song that Previous came back from, or else to the plan's next. */
export function goToNext(step: Transition, reason: NeedReason): void {
  const again = step.state.forward.at(-1)
  if (again === undefined) requestNext(step, reason)
  else {
    pushHistory(step)
    step.state = { ...step.state, forward: step.state.forward.slice(0, -1) }
    startTrack(step, again)
  }
}

export function play(step: Transition): void {
  const { transport, run, track } = step.state
  if (transport === 'paused') {
    step.state = { ...step.state, transport: 'loading', positionAt: step.now }
    requestAudio(step, { kind: 'play', run })
  } else if (transport === 'stopped') {
    resetForUserChoice(step)
    if (track !== 0) step.effects.push({ kind: 'restartPlan' })
    requestNext(step, 'play')
  }
}

export function pause(step: Transition): void {
  const { transport, run } = step.state
  if (transport !== 'playing' && transport !== 'loading') return
  setClock(step, 'paused', positionNow(step.state, step.now))
  requestAudio(step, { kind: 'pause', run })
}

/** Sets transport and clock. A position that is none leaves the clock where it is. */
export function setClock(step: Transition, transport: Transport, to: number): void {
  const position = clampPosition(
    Number.isFinite(to) ? to : positionNow(step.state, step.now),
    step.state.duration,
  )
  step.state = { ...step.state, transport, position, positionAt: step.now }
}

/** Takes the song's length; it is a sign of life too, so the watch over a song that loads begins anew. */
export function setDuration(step: Transition, duration: number): void {
  if (!(duration >= 0 && Number.isFinite(duration))) return
  const position = positionNow({ ...step.state, duration }, step.now)
  step.state = { ...step.state, duration, position, positionAt: step.now }
}

/** Goes to `to` seconds, kept within the song; a paused song stays paused. */
export function seek(step: Transition, to: number): void {
  const { transport, track, duration, run } = step.state
  if (track === 0 || transport === 'stopped' || !Number.isFinite(to)) return
  const target = clampPosition(to, duration)
  setClock(step, transport, target)
  requestAudio(step, { kind: 'seek', run, to: target })
}

function clampPosition(position: number, duration: number): number {
  return Math.max(0, duration > 0 ? Math.min(position, duration) : position)
}

/** A volume that is set is also heard. */
export function setVolume(step: Transition, volume: number): void {
  setSound(step, volume, false)
}

export function setSound(step: Transition, to: number, muted: boolean): void {
  if (Number.isNaN(to)) return
  const volume = Math.min(1, Math.max(0, to))
  step.state = { ...step.state, volume, muted }
  requestAudio(step, { kind: 'volume', volume, muted })
}

export function setModes(step: Transition, shuffle: boolean, repeat: Repeat): void {
  step.state = { ...step.state, shuffle, repeat }
  step.effects.push({ kind: 'changedMode', shuffle, repeat })
}

/** Has the next song made ready once the current one sounds, so that it does not take data from it before. */
export function preloadNext(step: Transition): void {
  if (step.state.transport !== 'playing' && step.state.transport !== 'paused') return
  const again = step.state.forward.at(-1)
  if (again === undefined) step.effects.push({ kind: 'peekNext' })
  else preload(step, again)
}

export function preload(step: Transition, track: TrackId): void {
  if (step.state.transport === 'stopped' || step.state.preloaded === track) return
  step.state = { ...step.state, preloaded: track, readyAt: 0 }
  requestAudio(step, { kind: 'preload', track })
}

/** The sound output has made a song ready; another may have been asked for meanwhile. */
export function markReady(step: Transition, track: TrackId): void {
  if (track === step.state.preloaded) step.state = { ...step.state, readyAt: step.now }
}

/** A song came that was needed: notes how long it had been ready by then. */
export function noteReadiness(step: Transition, track: TrackId): void {
  const { readiness, neededAt, preloaded, readyAt } = step.state
  if (neededAt === 0) return
  const wasReady = track === preloaded && readyAt !== 0
  const ahead = wasReady ? Math.max(0, neededAt - readyAt) : undefined
  step.state = { ...step.state, neededAt: 0, readiness: { number: readiness.number + 1, track, ahead } }
}

/** The current song cannot be played: says so and goes on, unless it was paused: then nobody asked for music now. */
export function failTrack(step: Transition, reason: string): void {
  const isPaused = step.state.transport === 'paused'
  const played = positionNow(step.state, step.now) >= minPlayedSeconds
  step.state = { ...step.state, failures: played ? 0 : step.state.failures + 1, broken: !played }
  addNotice(step, 'cannotPlay', step.state.track, reason)
  if (isPaused) stopAtEnd(step)
  else goToNext(step, 'failed')
}

/** The list has ended. Its last song stays on show; Play begins the list again. */
export function stopAtEnd(step: Transition): void {
  step.state = {
    ...step.state,
    transport: 'stopped',
    position: 0,
    positionAt: step.now,
    preloaded: 0,
    neededAt: 0,
    askedAt: 0,
    need: 'none',
    failures: 0,
  }
  requestAudio(step, { kind: 'stop' })
}

/** Every song failed: going round for ever would help nobody. */
export function stopAfterFailures(step: Transition): void {
  addNotice(step, 'nothingPlayable', 0, '')
  stopAtEnd(step)
}
