import type { PlayerState } from './messages.ts'

type PositionSource = Pick<PlayerState, 'transport' | 'position' | 'positionAt' | 'duration'>

/**
 * Where the song is, in seconds. `now` is milliseconds on the clock of `positionAt`. Never below 0, and never
 * beyond the song's length where that is known.
 */
export function positionNow(player: PositionSource, now: number): number {
  const elapsed = player.transport === 'playing' ? Math.max(0, now - player.positionAt) / 1000 : 0
  const position = player.position + elapsed
  return player.duration > 0 ? Math.min(position, player.duration) : position
}
