import { compareAndSet, load, sleep, store } from './atomic.ts'
import { now } from './clock.ts'
import { object, objectAt, slotOf, slotState, thread, threadAt } from './layout.ts'
import { canBlock, isLive, liveRecord, me } from './memory.ts'

const spinsPerSleep = 200
/** Milliseconds. A guarded section takes about a microsecond: a holder that takes this long may have been killed. */
const stealTimeout = 50

/**
 * The short critical section around an object's fields and wait lists: a spin lock whose word holds the
 * ident of the thread inside. Never held across a wait, a callback or anything that can throw.
 */
export function enterGuard(word: number): void {
  if (compareAndSet(word, 0, me)) return
  enterContended(word)
}

export function leaveGuard(word: number): void {
  store(word, 0)
}

/** Enters the guard of an object. Throws RuntimeError when the object was disposed of. */
export function enterObject(id: number): void {
  enterLive(objectAt(id) + object.guard, id)
}

export function leaveObject(id: number): void {
  leaveGuard(objectAt(id) + object.guard)
}

/** Enters a guard that belongs to an object. Throws RuntimeError when the object was disposed of. */
export function enterLive(word: number, id: number): void {
  enterGuard(word)
  if (isLive(id)) return
  leaveGuard(word)
  liveRecord(id, objectAt(id))
}

function enterContended(word: number): void {
  const began = now()
  for (let tries = 1; ; tries++) {
    if (load(word) === 0 && compareAndSet(word, 0, me)) return
    if (tries % spinsPerSleep !== 0) continue
    if (now() - began > stealTimeout && takeFromDeadThread(word)) return
    // On a busy machine the holder may be waiting for a core: yield this one.
    if (canBlock) sleep(word, load(word) || -1, 0.05)
  }
}

function takeFromDeadThread(word: number): boolean {
  const holder = load(word)
  return holder !== 0 && isGone(holder) && compareAndSet(word, holder, me)
}

/** Whether the thread can never run again, or was killed and ends soon. */
export function isGone(ident: number): boolean {
  const record = threadAt(slotOf(ident))
  if (load(record + thread.ident) !== ident) return true
  return load(record + thread.killed) === 1 || load(record + thread.slotState) === slotState.dead
}
