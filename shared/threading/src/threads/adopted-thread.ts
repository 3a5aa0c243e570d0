import { store } from '../core/atomic.ts'
import { now } from '../core/clock.ts'
import { RuntimeError } from '../core/errors.ts'
import { slotOf, slotState, thread, threadAt } from '../core/layout.ts'
import { me, requireMemory } from '../core/memory.ts'
import type { NameOptions } from '../core/primitive.ts'
import { resetControl } from '../core/thread-state.ts'
import { recoverFromThreadDeath } from '../recovery/thread-death-recovery.ts'
import type { Adoption } from './adoption.ts'
import { defaultThreadName } from './thread.ts'
import { isAdoptedThread, writeThread } from './thread-slots.ts'
import { reserveSlot } from './worker-pool.ts'

export type { Adoption } from './adoption.ts'

/**
 * Registers a thread that the library did not start, such as an AudioWorklet: Python's dummy thread. It is a daemon, and
 * cannot be joined or ended from here. Send the adoption to that thread, where `enterAdoptedThread` takes it. Call it on
 * main. Throws RuntimeError on other threads and when the table of threads is full.
 */
export function adoptThread({ name }: NameOptions = {}): Adoption {
  const memory = requireMemory()
  if (me !== 1) throw new RuntimeError('only main adopts threads')
  const slotNumber = reserveSlot(slotState.recovering)
  if (slotNumber === undefined) throw new RuntimeError('no slot is free for another thread')
  const shownName = name ? String(name) : defaultThreadName(undefined)
  const ident = writeThread(slotNumber, { name: shownName, daemon: true })
  resetControl(threadAt(slotNumber))
  store(threadAt(slotNumber) + thread.slotState, slotState.adopted)
  return { memory, slotNumber, ident, clockOffset: now() - Date.now() }
}

/**
 * Ends an adopted thread for the process: what it held is freed. Call it on main when the thread no longer runs. Does
 * nothing if it was called before.
 */
export function endAdoptedThread({ ident }: Pick<Adoption, 'ident'>): void {
  if (me !== 1) throw new RuntimeError('only main ends adopted threads')
  if (isAdoptedThread(ident)) recoverFromThreadDeath(slotOf(ident))
}
