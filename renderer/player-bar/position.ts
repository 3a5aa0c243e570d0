import { positionNow } from '../../shared/player/clock.ts'
import type { PlayerState } from '../../shared/player/messages.ts'
import { now } from '../../shared/threading/clock.ts'
import { knownTrack, useWindow, type WindowState } from '../app/store.ts'

/** The shortest and longest time between two looks at the clock, in milliseconds. */
const shortest = 50
const longest = 1000

/** The current song's length in seconds: the player's, or what its tags say until that is known. 0 for unknown. */
export const lengthOf = (state: WindowState): number =>
  state.player.duration || (knownTrack(state, state.player.track)?.duration ?? 0)

/** Seconds from the start of the song, at this moment. */
export const positionAt = (player: PlayerState): number => positionNow(player, now())

/**
 * Calls `paint` at once, on every change of the player, and while a song plays whenever its position has moved by
 * `step()` seconds or into another whole second. It renders nothing and makes no frame that shows nothing new.
 * The answer ends it.
 */
export function followPosition(paint: (position: number) => void, step: () => number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    clearTimeout(timer)
    const { player } = useWindow.getState()
    const position = positionAt(player)
    paint(position)
    if (player.transport !== 'playing' || document.hidden) return
    const toNextSecond = 1 - (position % 1)
    const wait = Math.min(step(), toNextSecond) * 1000
    timer = setTimeout(look, Math.min(longest, Math.max(shortest, wait)))
  }
  const unsubscribe = useWindow.subscribe((state, was) => {
    if (state.player !== was.player || lengthOf(state) !== lengthOf(was)) look()
  })
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    clearTimeout(timer)
    unsubscribe()
    document.removeEventListener('visibilitychange', look)
  }
}
