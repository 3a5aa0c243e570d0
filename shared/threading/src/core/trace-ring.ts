import { load, store } from './atomic.ts'
import { now } from './clock.ts'
import { header, maxThreads, thread, threadAt, traceEvent, traceEventAt, wakeEventCode } from './layout.ts'
import { doubles, isAdopted, me, mySlot, words } from './memory.ts'

/** Switches the recording of states and wake-ups on or off, for all threads. Off, a wait only reads one word for it. */
export function setTracing(on: boolean): void {
  store(header.tracingOff, on ? 0 : 1)
}

/** Records that this thread entered a state. */
export function traceState(state: number, object: number, operation: number, by: number, at: number): void {
  if (words[header.tracingOff] === 0) writeTraceEvent(state, object, operation, by, at, 0)
}

/** Records that this thread ended the wait of another in a list of an object. */
export function traceWake(object: number, list: number, woken: number): void {
  if (words[header.tracingOff] === 0) writeTraceEvent(wakeEventCode, object, list, woken, now(), 0)
}

/**
 * Writes an event over the oldest one in this thread's ring. `holding` is for operations only. The event is published
 * by the step that increments the count. A reader checks the count again after reading an event: so it knows whether
 * the event may have been overwritten meanwhile. An adopted thread may run on after its end, when another thread has
 * its slot: it writes nothing then.
 */
export function writeTraceEvent(
  state: number,
  object: number,
  operation: number,
  by: number,
  at: number,
  holding: number,
): void {
  if (isAdopted && words[threadAt(mySlot) + thread.ident] !== me) return
  const count = threadAt(mySlot) + thread.traceEventCount
  const sequence = words[count]! + 1
  const record = traceEventAt(mySlot, sequence)
  words[record + traceEvent.state] = state
  words[record + traceEvent.holding] = holding
  words[record + traceEvent.object] = object
  words[record + traceEvent.operation] = operation
  words[record + traceEvent.by] = by
  words[record + traceEvent.ident] = me
  doubles[(record + traceEvent.at) >> 1] = at
  store(count, sequence)
}

/**
 * Returns how many events all threads have recorded so far; the count of each thread wraps. While it stays the same, no thread has changed its state:
 * to ask this costs far less than a sample.
 */
export function countEvents(): number {
  let count = 0
  for (let slotNumber = 0; slotNumber < maxThreads; slotNumber++) count += traceEventCountOf(slotNumber)
  return count
}

/** How many events were ever written to the ring of a slot. It wraps. */
export const traceEventCountOf = (slotNumber: number): number =>
  load(threadAt(slotNumber) + thread.traceEventCount)
