import { now } from '@skein/threading'
import type { PlayerState } from '../../shared/player/messages.ts'
import { positionNow } from '../../shared/player/song-position.ts'
import { findTrack, useWindow, type WindowState } from '../store/window-store.ts'
import { slowFrameInterval, timeUntilSlowFrame } from '../ui/utils/slow-frames.ts'

/** The shortest and longest time between two looks at the clock, in milliseconds. */
const minInterval = 50
const maxInterval = 1000

/** The current song's length in seconds: the player's, or what its tags say until that is known. 0 for unknown. */
export const durationOf = (state: WindowState): number =>
  state.player.duration || (findTrack(state, state.player.track)?.duration ?? 0)

/** Seconds from the start of the song, at this moment. */
export const currentPosition = (player: PlayerState): number => positionNow(player, now())

/**
 * Calls `paint` at once, on every change of the player, and while a song plays whenever its position has moved by
 * `step()` seconds or into another whole second. It renders nothing and makes no frame that shows nothing new.
 * The answer ends it.
 */
export function subscribeToPosition(paint: (position: number) => void, step: () => number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    clearTimeout(timer)
    const { player } = useWindow.getState()
    const position = currentPosition(player)
    paint(position)
    if (player.transport !== 'playing' || document.hidden) return
    const toNextSecond = 1000 * (1 - (position % 1))
    const wait = Math.min(timeUntilStep(1000 * step()), toNextSecond)
    timer = setTimeout(look, Math.min(maxInterval, Math.max(minInterval, wait)))
  }
  const unsubscribe = useWindow.subscribe((state, was) => {
    if (state.player !== was.player || durationOf(state) !== durationOf(was)) look()
  })
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    clearTimeout(timer)
    unsubscribe()
    document.removeEventListener('visibilitychange', look)
  }
}

/** A slow step moves in the same picture as what else moves slowly in the window. */
const timeUntilStep = (step: number): number => (step < slowFrameInterval ? step : timeUntilSlowFrame(step))
