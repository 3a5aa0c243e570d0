interface PausingAtomics {
  /** Tells the processor that this is a spin: Chromium 133, Node 24. */
  pause?: () => void
}

const pause: () => void = (Atomics as PausingAtomics).pause ?? (() => {})

/** How often a thread looks before it sleeps: a sleep and a wake cost more. On a single core it only holds others up. */
export const spin = { tries: (globalThis.navigator?.hardwareConcurrency ?? 1) > 1 ? 400 : 0 }

/** Looks for a short while whether `condition` comes true. */
export function spinUntil(condition: () => boolean): boolean {
  for (let tries = 0; tries < spin.tries; tries++) {
    if (condition()) return true
    pause()
  }
  return false
}
