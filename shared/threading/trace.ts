import { load, store } from './atomic.ts'
import { event, eventAt, thread, threadAt } from './layout.ts'
import { doubles, me, mySlot, words } from './memory.ts'

/** Adds an event to this thread's ring. The oldest is overwritten: a reader sees by its number that it was. */
export function trace(state: number, object: number, operation: number, by: number, at: number): void {
  const count = threadAt(mySlot) + thread.traced
  const sequence = words[count]! + 1
  const record = eventAt(mySlot, sequence)
  store(record + event.sequence, 0)
  words[record + event.state] = state
  words[record + event.object] = object
  words[record + event.operation] = operation
  words[record + event.by] = by
  words[record + event.ident] = me
  doubles[(record + event.at) / 2] = at
  store(record + event.sequence, sequence)
  store(count, sequence)
}

/** Events ever written to the ring of a slot. */
export const tracedBy = (slotNumber: number): number => load(threadAt(slotNumber) + thread.traced)
