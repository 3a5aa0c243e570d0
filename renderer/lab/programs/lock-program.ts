import { defineTargets, type Event, type Lock, now, type Queue } from '@skein/threading'
import { at } from './support/line-marker.ts'
import { sleep } from './support/sleep.ts'

/** The result of a call, and how long it took in milliseconds. */
export interface CallResult {
  readonly what: string
  readonly after: number
}

// --- shown
export function hold(lock: Lock, held: Event, pause: number): void {
  at('take')
  lock.acquire()
  held.set()
  at('work')
  sleep(pause)
  at('give')
  lock.release()
}

export function forget(lock: Lock, held: Event): void {
  at('forget')
  lock.acquire()
  held.set()
}

export function fail(lock: Lock, held: Event, results: Queue<CallResult>): void {
  try {
    at('block')
    using _ = lock.hold()
    held.set()
    at('raise')
    throw new Error('a mistake in the block')
  } catch (error) {
    results.put({ what: String(error), after: 0 })
  }
}

export function ask(lock: Lock, held: Event, results: Queue<CallResult>, ...how: [boolean, number]): void {
  held.wait()
  const since = now()
  at('ask')
  const isAcquired = lock.acquire(...how)
  results.put({ what: isAcquired ? 'acquired' : 'not acquired', after: now() - since })
  if (isAcquired) lock.release()
}

export function releaseUnowned(lock: Lock, held: Event, results: Queue<CallResult>): void {
  held.wait()
  try {
    at('release')
    lock.release()
  } catch (error) {
    results.put({ what: String(error), after: 0 })
  }
}
// --- end
defineTargets({ hold, forget, fail, ask, releaseUnowned })
