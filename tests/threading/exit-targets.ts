import { writeSync } from 'node:fs'
import { defineTargets, type Event, enumerate, mainThread, Thread } from '@skein/threading'

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

/** Waits for the end of main, and outlives it. */
export function joinMain(gate: Event): void {
  gate.wait()
  mainThread().join()
  const names = enumerate().map(({ name }) => name)
  writeSync(1, `main is ${mainThread().isAlive() ? 'alive' : 'not alive'} for ${names.join(' and ')}\n`)
}

export async function joinMainAsync(): Promise<void> {
  await mainThread().joinAsync()
  writeSync(1, 'main was joined\n')
}

/** A daemon that starts a thread which is none, and dies at once. */
export function startAndExit(gate: Event): void {
  new Thread({ target: linger, args: [gate], daemon: false }).start()
  process.exit()
}

defineTargets({ linger, startLingering, failNamed, joinMain, joinMainAsync, startAndExit })
