/** The repeat modes, in the order of the button. Shared memory contains a mode as its index in this list. */
export const repeatModes = ['off', 'all', 'one'] as const

export type Repeat = (typeof repeatModes)[number]

export interface Modes {
  readonly shuffle: boolean
  readonly repeat: Repeat
}

/** The settings before anything was saved. */
export const defaultPlayerSettings = {
  /** 0 … 1, as heard on a linear slider. */
  volume: 0.8,
  muted: false,
  shuffle: false,
  repeat: 'off' as Repeat,
}

/** Off, all, one, and off again. */
export function nextRepeat(repeat: Repeat): Repeat {
  return repeatModes[(repeatModes.indexOf(repeat) + 1) % repeatModes.length] ?? 'off'
}
