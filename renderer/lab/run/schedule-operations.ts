import type { ObjectKind, OperationEvent, StateEvent } from '@skein/threading/inspect'
import type { RecordedEvent } from './schedule.ts'

/** Where a thread came to an operation. */
export interface ScheduledOperation {
  readonly thread: number
  readonly timing: { readonly afterMain: boolean }
}

const mainIdent = 1

/**
 * The operations of a thread, by what tells where they stand in the order. One that had to wait for what all waiters get
 * at once (an event, a thread's end) stands where its wait began. One that had to wait for what one thread gets (a lock,
 * a permit, an item, room) stands where it was done: who comes at the right moment gets it, however long others waited.
 * One that never ended stands where it began.
 */
export function findScheduledOperations(
  line: readonly RecordedEvent[],
  kinds: ReadonlyMap<number, ObjectKind>,
): Map<RecordedEvent, ScheduledOperation> {
  const operations = new Map<RecordedEvent, ScheduledOperation>()
  let wait: StateEvent | undefined
  let afterMain = false
  const note = (told: StateEvent | OperationEvent): void => {
    operations.set(told, { thread: told.thread, timing: { afterMain } })
    afterMain = false
  }
  for (const told of line) {
    if ('act' in told && told.thread !== mainIdent) {
      if (wait === undefined || !wakesAllWaiters(wait, kinds)) note(told)
      wait = undefined
    } else if ('state' in told) {
      afterMain ||= told.by === mainIdent
      if (wait === undefined && isWaitStart(told, kinds)) {
        wait = told
        if (wakesAllWaiters(told, kinds)) note(told)
      }
    }
  }
  if (wait !== undefined && !wakesAllWaiters(wait, kinds)) note(wait)
  return operations
}

/** The waits of conditions and barriers are told as acts when they begin: this tells nothing new of them. */
const isWaitStart = ({ state, object }: StateEvent, kinds: ReadonlyMap<number, ObjectKind>): boolean =>
  (state === 'Blocked' || state === 'Waiting' || state === 'Timed waiting') &&
  kinds.get(object) !== 'Condition' &&
  kinds.get(object) !== 'Barrier'

/** A thread that is joined is an object only as long as somebody waits for it. */
function wakesAllWaiters({ object }: StateEvent, kinds: ReadonlyMap<number, ObjectKind>): boolean {
  const kind = kinds.get(object) ?? 'Thread'
  return kind === 'Event' || kind === 'Thread'
}
