import type { ActEvent, ObjectKind, TraceEvent } from '../../shared/threading/index.ts'
import type { Told } from './order.ts'

/** Where a thread came to an operation. */
export interface Operation {
  readonly thread: number
  readonly how: { readonly afterMain: boolean }
}

const main = 1

/**
 * The operations of a thread, by what tells where they stand in the order. One that had to wait for what all waiters get
 * at once (an event, a thread's end) stands where its wait began. One that had to wait for what one thread gets (a lock,
 * a permit, an item, room) stands where it was done: who comes at the right moment gets it, however long others waited.
 * One that never ended stands where it began.
 */
export function operationsOf(
  line: readonly Told[],
  kinds: ReadonlyMap<number, ObjectKind>,
): Map<Told, Operation> {
  const operations = new Map<Told, Operation>()
  let wait: TraceEvent | undefined
  let afterMain = false
  const note = (told: TraceEvent | ActEvent): void => {
    operations.set(told, { thread: told.thread, how: { afterMain } })
    afterMain = false
  }
  for (const told of line) {
    if ('act' in told && told.thread !== main) {
      if (wait === undefined || !isForAll(wait, kinds)) note(told)
      wait = undefined
    } else if ('state' in told) {
      afterMain ||= told.by === main
      if (wait === undefined && beginsWait(told, kinds)) {
        wait = told
        if (isForAll(told, kinds)) note(told)
      }
    }
  }
  if (wait !== undefined && !isForAll(wait, kinds)) note(wait)
  return operations
}

/** The waits of conditions and barriers are told as acts when they begin: this tells nothing new of them. */
const beginsWait = ({ state, object }: TraceEvent, kinds: ReadonlyMap<number, ObjectKind>): boolean =>
  (state === 'Blocked' || state === 'Waiting' || state === 'Timed waiting') &&
  kinds.get(object) !== 'Condition' &&
  kinds.get(object) !== 'Barrier'

/** A thread that is joined is an object only as long as somebody waits for it. */
function isForAll({ object }: TraceEvent, kinds: ReadonlyMap<number, ObjectKind>): boolean {
  const kind = kinds.get(object) ?? 'Thread'
  return kind === 'Event' || kind === 'Thread'
}
