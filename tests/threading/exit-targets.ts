import { writeSync } from 'node:fs'
import { defineTargets, type Event, Thread } from '@skein/threading'

/** Outlives main by a moment, which a process that did not wait would not give it. */
export async function linger(gate: Event): Promise<void> {
  gate.wait()
  await new Promise((resolve) => setTimeout(resolve, 100))
  writeSync(1, 'thread ends\n')
}

export function startLingering(gate: Event): void {
  new Thread({ target: linger, args: [gate] }).start()
}

export function failNamed(): void {
  throw new RangeError('broken string')
}

defineTargets({ linger, startLingering, failNamed })
