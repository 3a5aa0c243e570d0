import { RuntimeError } from '../errors.ts'
import { enterObject, leaveObject } from '../guard.ts'
import { isAdopted, mySlot } from '../memory.ts'
import type { WaitOperation } from '../vocabulary.ts'
import {
  cancelWait,
  checkNotKilled,
  enqueue,
  sleepUntilGranted,
  type Waiter,
  waitUntilGrantedAsync,
} from '../wait-list.ts'
import { releaseWaitRecord, takeWaitRecord } from './wait-records.ts'

/**
 * How an operation waits for an object. A primitive describes it once; `attemptOrWait` runs it for threads that block,
 * `attemptOrWaitAsync` for threads that must not.
 */
export interface WaitStep {
  /** The object's list in which the thread waits. */
  readonly list: number
  readonly operation: WaitOperation
  /** Returns whether the thread does not have to wait. It may change the object: a semaphore's takes a permit. */
  readonly attempt: () => boolean
  /** Whether a waiter is hinted at instead of granted, and then makes the attempt again. */
  readonly retriesOnHint?: boolean
}

/**
 * Makes the attempt, and waits at most `timeout` milliseconds if it fails. Returns whether the attempt succeeded or the
 * wait was granted. Throws RuntimeError when the object was disposed of.
 */
export function attemptOrWait(objectId: number, step: WaitStep, timeout: number): boolean {
  if (step.attempt()) return true
  if (timeout <= 0) return false
  checkNotKilled()
  const waiter = enqueueUnlessDone(objectId, step, mySlot)
  return waiter === undefined || sleepUntilGranted(waiter, timeout, retryOf(step))
}

/** Like `attemptOrWait`, without blocking. It waits in the record `ownIndex`, or in one that it takes for this wait. */
export async function attemptOrWaitAsync(
  objectId: number,
  step: WaitStep,
  timeout: number,
  ownIndex?: number,
): Promise<boolean> {
  if (step.attempt()) return true
  if (timeout <= 0) return false
  const index = ownIndex ?? takeWaitRecord()
  try {
    const waiter = enqueueUnlessDone(objectId, step, index)
    return waiter === undefined || (await waitUntilGrantedAsync(waiter, timeout, retryOf(step)))
  } finally {
    if (ownIndex === undefined) releaseWaitRecord(index)
  }
}

/**
 * Queues this thread unless an attempt succeeds, which is made again once the waiter is queued: a thread that makes it
 * possible does so first and reads the list afterwards, so one of the two sees the other. Returns undefined when the
 * attempt succeeded.
 */
function enqueueUnlessDone(objectId: number, step: WaitStep, index: number): Waiter | undefined {
  if (isAdopted) throw new RuntimeError('an adopted thread must not wait')
  enterObject(objectId)
  if (step.attempt()) {
    leaveObject(objectId)
    return undefined
  }
  const waiter = enqueue(objectId, step.list, step.operation, index)
  const isDone = step.attempt()
  if (isDone) cancelWait(waiter)
  leaveObject(objectId)
  return isDone ? undefined : waiter
}

const retryOf = (step: WaitStep) => (step.retriesOnHint === true ? step.attempt : undefined)

interface PausingAtomics {
  /** Tells the processor that this is a spin: Chromium 133, Node 24. */
  pause?: () => void
}

const pause: () => void = (Atomics as PausingAtomics).pause ?? (() => {})

/**
 * How often a thread checks before it sleeps, which costs more. On a single core, spinning only delays other threads.
 */
export const spin = { tries: (globalThis.navigator?.hardwareConcurrency ?? 1) > 1 ? 400 : 0 }

/** Checks for a short while whether `condition` comes true. */
export function spinUntil(condition: () => boolean): boolean {
  for (let tries = 0; tries < spin.tries; tries++) {
    if (condition()) return true
    pause()
  }
  return false
}
