import type { PlayerState } from './messages.ts'

type PositionSource = Pick<PlayerState, 'transport' | 'position' | 'positionAt' | 'duration' | 'speed'>

/**
 * Returns the position of the song in seconds, at least 0 and at most the song's length if that is known.
 * `now` is in milliseconds, on the clock of `positionAt`.
 */
export function positionNow(player: PositionSource, now: number): number {
  const elapsed = player.transport === 'playing' ? Math.max(0, now - player.positionAt) / 1000 : 0
  const position = player.position + elapsed * player.speed
  return player.duration > 0 ? Math.min(position, player.duration) : position
}
