import type { ObjectKind, OperationEvent, StateEvent } from '@skein/threading/inspect'
import { kindDescriptions } from '../../threads-view/model/object-kinds/object-kinds.ts'
import type { RecordedEvent } from './recorded-event.ts'

/** An operation of a thread, at the event that decides its position in the schedule. */
export interface ScheduledOperation {
  readonly thread: number
  readonly timing: { readonly afterMain: boolean }
}

const mainIdent = 1

/**
 * Returns the operations of one thread by the event that decides their position. An operation that waited for what all
 * waiters get at once (an event, a thread's end) is scheduled where its wait began. One that waited for what a single
 * thread gets (a lock, a permit, an item, room) is scheduled where it was done: whoever comes at the right moment gets
 * it, however long others have waited. One that never ended is scheduled where it began.
 */
export function findScheduledOperations(
  history: readonly RecordedEvent[],
  kinds: ReadonlyMap<number, ObjectKind>,
): Map<RecordedEvent, ScheduledOperation> {
  const scan = new OperationScan(kinds)
  for (const event of history) {
    if ('act' in event && event.thread !== mainIdent) scan.addOperation(event)
    else if ('state' in event) scan.addStateEvent(event)
  }
  return scan.finish()
}

class OperationScan {
  readonly #kinds: ReadonlyMap<number, ObjectKind>
  readonly #operations = new Map<RecordedEvent, ScheduledOperation>()
  /** The wait that the next operation ends. */
  #wait: StateEvent | undefined
  #afterMain = false

  constructor(kinds: ReadonlyMap<number, ObjectKind>) {
    this.#kinds = kinds
  }

  addOperation(event: OperationEvent): void {
    if (this.#wait === undefined || !this.#wakesAllWaiters(this.#wait)) this.#schedule(event)
    this.#wait = undefined
  }

  addStateEvent(event: StateEvent): void {
    this.#afterMain ||= event.by === mainIdent
    if (this.#wait !== undefined || !this.#isWaitStart(event)) return
    this.#wait = event
    if (this.#wakesAllWaiters(event)) this.#schedule(event)
  }

  finish(): Map<RecordedEvent, ScheduledOperation> {
    if (this.#wait !== undefined && !this.#wakesAllWaiters(this.#wait)) this.#schedule(this.#wait)
    return this.#operations
  }

  #schedule(event: StateEvent | OperationEvent): void {
    this.#operations.set(event, { thread: event.thread, timing: { afterMain: this.#afterMain } })
    this.#afterMain = false
  }

  /** Conditions and barriers record an operation when a wait begins, so the wait itself adds none. */
  #isWaitStart({ state, object }: StateEvent): boolean {
    return isWaiting(state) && !this.#waitsFor(object)?.areRecordedAtStart
  }

  #wakesAllWaiters({ object }: StateEvent): boolean {
    return this.#waitsFor(object)?.endTogether ?? false
  }

  /** A joined thread has no recorded kind: it is an object only while a thread waits for it. */
  #waitsFor(object: number) {
    return kindDescriptions[this.#kinds.get(object) ?? 'Thread'].waits
  }
}

const isWaiting = (state: StateEvent['state']): boolean =>
  state === 'Blocked' || state === 'Waiting' || state === 'Timed waiting'
