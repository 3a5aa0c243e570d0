import type { PlaybackState, Transition } from './playback-state.ts'
import { requestAudio } from './playback-transitions.ts'

/** Milliseconds without sound after which a song is given up. */
const maxSilence = 10_000

/** Milliseconds past a song's end after which the sound output is asked how it stands. */
const endGracePeriod = 2_000

/** Milliseconds that its answer may take. The machine may just have been woken from sleep. */
const reportTimeout = 5_000

/** When the present state has lasted too long, in milliseconds since 1970; undefined if it may last for ever. */
export function deadlineOf(state: PlaybackState): number | undefined {
  if (state.transport === 'loading') return state.positionAt + maxSilence
  if (state.transport !== 'playing') return undefined
  if (state.askedAt > 0) return state.askedAt + reportTimeout
  if (state.duration === 0) return undefined
  return state.positionAt + (state.duration - state.position) * 1000 + endGracePeriod
}

/**
 * A song that should have ended is first asked for: a length that the file states wrongly, or a night that the
 * machine slept through, must not cut off a song that still plays.
 */
export function requestReport(transition: Transition): void {
  transition.state = { ...transition.state, askedAt: transition.now }
  requestAudio(transition, { kind: 'report', run: transition.state.run })
}
