import { words } from './memory.ts'

/**
 * Every atomic step of every primitive goes through these five functions, so that a test can put a gate
 * before each and walk through the orders in which threads can take them.
 */

export function load(index: number): number {
  return Atomics.load(words, index)
}

export function store(index: number, value: number): void {
  Atomics.store(words, index, value)
}

/** Whether the word was `expected` and is now `value`. */
export function compareAndSet(index: number, expected: number, value: number): boolean {
  return Atomics.compareExchange(words, index, expected, value) === expected
}

/** The value before. */
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
