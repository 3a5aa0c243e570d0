import { words } from './memory.ts'

/**
 * Every atomic step of the library goes through these functions. A test replaces them, to try the orders in which
 * threads can take their steps.
 */

export function load(index: number): number {
  return Atomics.load(words, index)
}

export function store(index: number, value: number): void {
  Atomics.store(words, index, value)
}

/** Stores `value` if the word is `expected`. Returns whether it did. */
export function compareAndSet(index: number, expected: number, value: number): boolean {
  return Atomics.compareExchange(words, index, expected, value) === expected
}

/** Returns the previous value. */
export function add(index: number, value: number): number {
  return Atomics.add(words, index, value)
}

export function wake(index: number): void {
  Atomics.notify(words, index)
}

/** Sleeps while the word is `value`, at most `timeout` milliseconds (Infinity: without limit). */
export function sleep(index: number, value: number, timeout: number): void {
  Atomics.wait(words, index, value, timeout)
}

/** Resolves when the word may no longer be `value`, or after `timeout` milliseconds. */
export async function sleepAsync(index: number, value: number, timeout: number): Promise<void> {
  const waiting = Atomics.waitAsync(words, index, value, timeout === Infinity ? undefined : timeout)
  if (waiting.async) await waiting.value
}
