import type { Repeat } from '../host-api.ts'

const repeats: readonly Repeat[] = ['off', 'all', 'one']

/** Off, all, one, and off again. */
export function nextRepeat(repeat: Repeat): Repeat {
  return repeats[(repeats.indexOf(repeat) + 1) % repeats.length] ?? 'off'
}
