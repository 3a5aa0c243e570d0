import type { PlaybackState, Transition } from './playback-state.ts'
import { requestAudio } from './playback-transitions.ts'

/** Milliseconds without sound after which playback gives up a song. */
const maxSilence = 10_000

/** Milliseconds past a song's end after which playback requests a report. */
const endGracePeriod = 2_000

/** Milliseconds that the report may take. The machine may have just woken from sleep. */
const reportTimeout = 5_000

/**
 * The time at which the present state has lasted too long, in milliseconds since 1970; undefined if it may
 * last forever.
 */
export function deadlineOf(state: PlaybackState): number | undefined {
  if (state.transport === 'loading') return state.positionAt + maxSilence
  if (state.transport !== 'playing') return undefined
  if (state.reportRequestedAt > 0) return state.reportRequestedAt + reportTimeout
  if (state.duration === 0) return undefined
  const rest = (state.duration - state.position) / state.speed
  return state.positionAt + rest * 1000 + endGracePeriod
}

/**
 * Requests a report about a song that should have ended. Its tag may contain a wrong length, or the machine
 * may have been asleep: a song that still plays must not be cut off.
 */
export function requestReport(transition: Transition): void {
  transition.state = { ...transition.state, reportRequestedAt: transition.now }
  requestAudio(transition, { kind: 'report', run: transition.state.run })
}
