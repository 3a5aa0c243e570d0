import { compareAndSet, load, sleep, store } from './atomic.ts'
import { object, objectAt } from './layout.ts'
import { canBlock, isLive, liveRecord, me } from './memory.ts'
import { pollThreads } from './thread-poll.ts'

const spinsPerSleep = 200
/** A guarded section takes about a microsecond. After so many tries, its thread is likely to be dead. */
const maxShortTries = 100 * spinsPerSleep

/**
 * The short critical section around an object's fields and wait lists: a spin lock whose word holds the
 * ident of the thread inside. Never held across a wait, a callback or anything that can throw. If its thread dies in
 * it, the others wait until recovery has repaired what it protects.
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
  for (let tries = 1; ; tries++) {
    if (load(word) === 0 && compareAndSet(word, 0, me)) return
    if (tries % spinsPerSleep !== 0) continue
    pollThreads(word)
    // On a busy machine the holder may be waiting for a core: yield this one.
    if (canBlock) sleep(word, load(word) || -1, tries < maxShortTries ? 0.05 : 0.5)
  }
}
