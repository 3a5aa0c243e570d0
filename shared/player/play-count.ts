import type { PlaybackState, Transition } from './playback-state.ts'
import { positionNow } from './song-position.ts'

/** Seconds after which a play of a long song counts, before its half. */
const maxThreshold = 240

/** Milliseconds by which a deadline can be missed: a later check follows a sleep of the machine, not a song. */
const maxLateness = 2_000

/** Seconds that rounding may take from the heard time. */
const rounding = 0.001

/**
 * The time at which the present play counts, in milliseconds since 1970; undefined if it has counted, if nothing is
 * audible, or if the rest of the song is too short.
 */
export function countDeadline(state: PlaybackState): number | undefined {
  const { transport, isCounted, reportRequestedAt, position, positionAt, duration, heard, speed } = state
  if (transport !== 'playing' || isCounted || reportRequestedAt > 0) return undefined
  const missing = thresholdOf(duration) - heard
  if (duration > 0 && position + missing > duration + rounding) return undefined
  return positionAt + (missing / speed) * 1000
}

/** Whether the play should have counted so long ago that only the sound output knows how much of it was audible. */
export function isCountOverdue({ state, now }: Transition): boolean {
  const deadline = countDeadline(state)
  return deadline !== undefined && now - deadline > maxLateness
}

/** Counts the play if its time has come, and the heard time is certain. */
export function countIfDue(transition: Transition): void {
  const deadline = countDeadline(transition.state)
  if (deadline !== undefined && transition.now >= deadline && !isCountOverdue(transition))
    noteHeard(transition)
}

/** Begins a play: nothing of it has been heard. */
export function beginPlay(transition: Transition): void {
  transition.state = { ...transition.state, heard: 0, isCounted: false }
}

/**
 * Adds what was audible since the clock was set to the heard time, and sets the clock to `position`. The sound cannot
 * be faster than the clock, so a jump adds nothing.
 */
export function noteHeard(transition: Transition, position = reachedPosition(transition)): void {
  const { state, now } = transition
  if (state.transport !== 'playing') return
  const elapsed = (Math.max(0, now - state.positionAt) / 1000) * state.speed
  const heard = state.heard + Math.min(elapsed, Math.max(0, position - state.position))
  transition.state = { ...state, heard, position, positionAt: now }
  countIfHeard(transition, thresholdOf(state.duration))
}

/** The song was audible to its end. Without a known duration, its end is its duration. */
export function noteEnd(transition: Transition): void {
  noteHeard(transition)
  const { position, duration } = transition.state
  countIfHeard(transition, thresholdOf(duration > 0 ? duration : position))
}

function countIfHeard(transition: Transition, threshold: number): void {
  const { heard, isCounted, play, track } = transition.state
  if (isCounted || heard === 0 || heard < threshold - rounding) return
  const counted = { number: play.number + 1, track }
  transition.state = { ...transition.state, isCounted: true, play: counted }
  transition.effects.push({ kind: 'recordPlay', play: counted })
}

/** Half of the song, or four minutes. */
function thresholdOf(duration: number): number {
  return duration > 0 ? Math.min(maxThreshold, duration / 2) : maxThreshold
}

function reachedPosition({ state, now }: Transition): number {
  return positionNow(state, now)
}
