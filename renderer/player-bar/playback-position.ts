import { now } from '@skein/threading'
import type { PlayerState } from '../../shared/player/messages.ts'
import { positionNow } from '../../shared/player/song-position.ts'
import { findTrack, useWindow, type WindowState } from '../store/window-store.ts'
import { slowFrameInterval, timeUntilSlowFrame } from '../ui/utils/slow-frames.ts'

/** The limits of the time between two calls of `paint`, in milliseconds. */
const minInterval = 50
const maxInterval = 1000

/**
 * Returns the current song's length in seconds; 0 if unknown. The library's measurement comes first, because Chromium
 * estimates the length of some files from their first frames.
 */
export const durationOf = (state: WindowState): number =>
  findTrack(state, state.player.track)?.duration || state.player.duration

/** Returns the present position in seconds. */
export const currentPosition = (player: PlayerState): number => positionNow(player, now())

/**
 * Calls `paint` immediately and after every change of the player. While a song plays, also calls it when the
 * position has moved by `step()` seconds or reached another whole second. Causes no React rendering and no
 * frame without a change. Returns a function that unsubscribes.
 */
export function subscribeToPosition(paint: (position: number) => void, step: () => number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const update = () => {
    clearTimeout(timer)
    const { player } = useWindow.getState()
    const position = currentPosition(player)
    paint(position)
    if (player.transport !== 'playing' || document.hidden) return
    const toNextSecond = 1000 * (1 - (position % 1))
    const wait = Math.min(timeUntilStep(1000 * step()), toNextSecond)
    timer = setTimeout(update, Math.min(maxInterval, Math.max(minInterval, wait)))
  }
  const unsubscribe = useWindow.subscribe((state, previous) => {
    if (state.player !== previous.player || durationOf(state) !== durationOf(previous)) update()
  })
  document.addEventListener('visibilitychange', update)
  update()
  return () => {
    clearTimeout(timer)
    unsubscribe()
    document.removeEventListener('visibilitychange', update)
  }
}

/** A slow step moves in the same picture as what else moves slowly in the window. */
const timeUntilStep = (step: number): number => (step < slowFrameInterval ? step : timeUntilSlowFrame(step))
