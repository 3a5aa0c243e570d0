import { load, store } from './atomic.ts'
import { now } from './clock.ts'
import { event, eventAt, header, thread, threadAt, wakeMark } from './layout.ts'
import { doubles, me, mySlot, words } from './memory.ts'

/** Switches the recording of all threads. Off, a wait costs one look at a word more than without. */
export function setTracing(on: boolean): void {
  store(header.tracingOff, on ? 0 : 1)
}

/** Records that this thread entered a state. */
export function traceState(state: number, object: number, operation: number, by: number, at: number): void {
  if (words[header.tracingOff] === 0) writeEvent(state, object, operation, by, at, 0)
}

/** Records that this thread ended the wait of another in a list of an object. */
export function traceWake(object: number, list: number, woken: number): void {
  if (words[header.tracingOff] === 0) writeEvent(wakeMark, object, list, woken, now(), 0)
}

/**
 * Adds an event to this thread's ring, over the oldest. `holding` is for acts alone. It is there from the step that raises the count; a reader
 * looks at the count again afterwards, and so knows whether the event was being overwritten while it read.
 */
export function writeEvent(
  state: number,
  object: number,
  operation: number,
  by: number,
  at: number,
  holding: number,
): void {
  const count = threadAt(mySlot) + thread.traced
  const sequence = words[count]! + 1
  const record = eventAt(mySlot, sequence)
  words[record + event.state] = state
  words[record + event.holding] = holding
  words[record + event.object] = object
  words[record + event.operation] = operation
  words[record + event.by] = by
  words[record + event.ident] = me
  doubles[(record + event.at) >> 1] = at
  store(count, sequence)
}

/** Events ever written to the ring of a slot. */
export const tracedBy = (slotNumber: number): number => load(threadAt(slotNumber) + thread.traced)
