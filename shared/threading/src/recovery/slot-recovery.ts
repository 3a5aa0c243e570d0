import { compareAndSet, load, store, wake } from '../core/atomic.ts'
import { maxThreads, slotState, thread, threadAt, workerState } from '../core/layout.ts'
import { words } from '../core/memory.ts'
import { free } from '../heap/heap.ts'

/**
 * Marks the slot of a dead worker, so that no thread is started in it. Returns false while a living thread has claimed
 * it: that writes into the slot.
 */
export function closeSlot(slotNumber: number): boolean {
  const record = threadAt(slotNumber)
  const word = record + thread.slotState
  for (;;) {
    const state = load(word)
    if (state < 0) return false
    if (compareAndSet(word, state, slotState.recovering)) return true
  }
}

/** Frees the arguments that a thread did not read. The slot's worker is dead, or the slot is claimed by a dead thread. */
export function dropCall(slotNumber: number): void {
  const blockWord = threadAt(slotNumber) + thread.call + 3
  const block = words[blockWord]!
  words[blockWord] = 0
  if (block !== 0) free(block)
}

/** Completes what a dead thread began in `Thread.start`, or undoes it if it had not reached the commit step. */
export function recoverStarts(dead: number): void {
  for (let slotNumber = 1; slotNumber < maxThreads; slotNumber++) {
    const record = threadAt(slotNumber)
    const state = load(record + thread.slotState)
    if (state === -dead) returnSlot(slotNumber)
    // The dead thread may not have woken the worker.
    if (state === slotState.taken) wake(record + thread.slotState)
  }
}

/** Lets other threads claim a slot again. An ended thread that it showed may be half overwritten. */
function returnSlot(slotNumber: number): void {
  const record = threadAt(slotNumber)
  dropCall(slotNumber)
  store(record + thread.slotState, slotState.booting)
  // A worker that boots at this moment does the same.
  if (load(record + thread.worker) !== workerState.made)
    compareAndSet(record + thread.slotState, slotState.booting, slotState.idle)
}
