import type { Effect } from './playback-state.ts'

/**
 * Performs effects first to last. `perform` returns the effects that follow from one: they come before the rest, so what
 * a song's arrival sets off is finished before what was planned after it.
 */
export function drainEffects(
  effects: readonly Effect[],
  perform: (effect: Effect) => readonly Effect[],
): void {
  const queue = [...effects]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) queue.unshift(...perform(next))
}
