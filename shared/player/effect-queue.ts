import type { Effect } from './playback-state.ts'

/**
 * Performs effects first to last. `perform` returns the effects that follow from one effect: they run before
 * the rest, so everything that follows from the arrival of a song is done before the effects that were queued
 * earlier.
 */
export function drainEffects(
  effects: readonly Effect[],
  perform: (effect: Effect) => readonly Effect[],
): void {
  const queue = [...effects]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) queue.unshift(...perform(next))
}
