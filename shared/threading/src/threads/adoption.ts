import { setClockOffset } from '../core/clock.ts'
import { RuntimeError } from '../core/errors.ts'
import { thread, threadAt } from '../core/layout.ts'
import { attachMemory, becomeAdopted, hasMemory, words } from '../core/memory.ts'
import { enterState } from '../core/thread-state.ts'

/** What makes a thread part of the process. It can be sent by `postMessage`, and in a worklet node's options. */
export interface Adoption {
  readonly memory: SharedArrayBuffer
  readonly slotNumber: number
  readonly ident: number
  /** Milliseconds by which the clock of the process is ahead of `Date.now()`. */
  readonly clockOffset: number
}

/**
 * Makes this thread, which the library did not start, the one that `adoptThread` registered. It may only use operations
 * that do not wait: others throw RuntimeError. Throws RuntimeError when it belongs to a process, and when the adoption was
 * ended.
 */
export function enterAdoptedThread({ memory, slotNumber, ident, clockOffset }: Adoption): void {
  if (hasMemory()) throw new RuntimeError('this thread belongs to a process already')
  setClockOffset(clockOffset)
  attachMemory(memory, slotNumber)
  becomeAdopted(ident)
  if (words[threadAt(slotNumber) + thread.ident] === ident) enterState('Runnable')
}
