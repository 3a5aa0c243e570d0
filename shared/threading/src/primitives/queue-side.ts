import { load } from '../core/atomic.ts'
import { now } from '../core/clock.ts'
import { enterObject, leaveObject } from '../core/guard.ts'
import { object, objectAt } from '../core/layout.ts'
import { grantAll, grantFirst, wakeGranted } from '../core/wait-list.ts'
import { attemptOrWait, attemptOrWaitAsync, spinUntil, type WaitStep } from '../core/waits/waiting.ts'

/** What is done on one side of a queue, with an input of its own for each call. */
export interface SideOperation<Input, Output> {
  /** Does it if that is possible now, and returns undefined otherwise. */
  readonly attempt: (input: Input) => Output | undefined
  /** Cleans up after a call that throws. */
  readonly abandon: (input: Input) => void
  readonly timeoutError: () => Error
}

/**
 * One side of a queue: an operation and the threads that wait until it is possible. CPython's queue has a condition for
 * each: `not_empty`, `not_full` and `all_tasks_done`.
 *
 * Invariant: a waiter queues itself first and reads the queue's state afterwards; a thread that changes the state calls
 * `notify` afterwards. So one of the two sees the other.
 */
export class QueueSide<Input, Output> {
  readonly #objectId: number
  /** The head of the list of waiters. */
  readonly #firstWaiterWord: number
  /** Its attempt only checks whether the operation is possible: a thread that is woken still has to do it. */
  readonly #check: WaitStep
  readonly #operation: SideOperation<Input, Output>

  constructor(objectId: number, check: WaitStep, operation: SideOperation<Input, Output>) {
    this.#objectId = objectId
    this.#firstWaiterWord = objectAt(objectId) + object.lists + check.list * 2
    this.#check = check
    this.#operation = operation
  }

  /** Does the operation, waiting at most `timeout` milliseconds until it is possible. */
  perform(input: Input, timeout: number): Output {
    try {
      let output = this.#operation.attempt(input)
      for (const deadline = deadlineOf(output, timeout); output === undefined; ) {
        const isPossible =
          (timeout > 0 && spinUntil(this.#check.attempt)) ||
          attemptOrWait(this.#objectId, this.#check, deadline - now())
        output = this.#attemptAgain(input, isPossible)
      }
      return output
    } catch (error) {
      this.#operation.abandon(input)
      throw error
    }
  }

  /** Like `perform`, for threads that must not block. */
  async performAsync(input: Input, timeout: number): Promise<Output> {
    try {
      let output = this.#operation.attempt(input)
      for (const deadline = deadlineOf(output, timeout); output === undefined; ) {
        const isPossible = await attemptOrWaitAsync(this.#objectId, this.#check, deadline - now())
        output = this.#attemptAgain(input, isPossible)
      }
      return output
    } catch (error) {
      this.#operation.abandon(input)
      throw error
    }
  }

  /** Wakes the thread that has waited longest. */
  notify(): void {
    if (load(this.#firstWaiterWord) === 0) return
    enterObject(this.#objectId)
    const record = grantFirst(this.#objectId, this.#check.list)
    leaveObject(this.#objectId)
    wakeGranted(record)
  }

  /** Wakes all threads that wait. */
  notifyAll(): void {
    if (load(this.#firstWaiterWord) === 0) return
    enterObject(this.#objectId)
    grantAll(this.#objectId, this.#check.list)
    leaveObject(this.#objectId)
  }

  /** After the timeout, an attempt that fails is the last one. */
  #attemptAgain(input: Input, isPossible: boolean): Output | undefined {
    const output = this.#operation.attempt(input)
    if (output === undefined && !isPossible) throw this.#operation.timeoutError()
    return output
  }
}

/** The clock is only read when the operation has to wait. */
const deadlineOf = (output: unknown, timeout: number) => (output === undefined ? now() + timeout : 0)
