import type { Condition, Lock, RLock } from '@skein/threading'
import { count } from './ledger.ts'
import { type Actor, firstIndex, isAsync, patience, pickObject } from './shared-objects.ts'

/**
 * What a lock protects, in the ledger: the actor inside, and two words that are equal while nobody is. A thread that dies
 * inside leaves them unequal, and the next one is told by `ownerDied`.
 */
export function enterSection({ id, ledger }: Actor, lock: Lock | RLock, index: number): void {
  const inside = ledger.exchange(index, count.owner, id + 1)
  const isIntact = inside === 0 && ledger.read(index, count.first) === ledger.read(index, count.second)
  if (lock.ownerDied) {
    if (inside !== 0 && !ledger.isGone(inside - 1))
      ledger.violation(`${lock.name}: owner ${inside - 1} lives`)
    ledger.write(index, count.second, ledger.read(index, count.first))
    lock.markConsistent()
  } else if (!isIntact) {
    ledger.violation(`actor ${id} is in ${lock.name} together with actor ${inside - 1}`)
  }
}

export function work({ ledger, random }: Actor, index: number): void {
  ledger.add(index, count.first, 1)
  for (let spins = random.below(200); spins > 0; spins--) ledger.read(index, count.first)
  ledger.add(index, count.second, 1)
}

export function leaveSection({ id, ledger }: Actor, lock: Lock | RLock, index: number): void {
  const inside = ledger.exchange(index, count.owner, 0)
  if (inside !== id + 1) ledger.violation(`actor ${inside - 1} came into ${lock.name} beside actor ${id}`)
}

async function acquire(actor: Actor, lock: Lock | RLock): Promise<boolean> {
  if (isAsync(actor)) return lock.acquireAsync(patience(actor, 0.6) ?? -1)
  if (actor.random.chance(0.1)) return lock.acquire(false)
  return lock.acquire(true, patience(actor, 0.6) ?? -1)
}

function workInside(actor: Actor, lock: Lock, index: number): void {
  enterSection(actor, lock, index)
  work(actor, index)
  leaveSection(actor, lock, index)
}

export async function useLock(actor: Actor): Promise<void> {
  const { id, ledger } = actor
  const [lock, index] = pickObject(actor, 'locks')
  ledger.begin(id, 'hold', index)
  if (await acquire(actor, lock)) {
    workInside(actor, lock, index)
    lock.release()
  }
  ledger.end(id)
}

/** Always in the same order, so that no deadlock is possible. */
export async function useAllLocks(actor: Actor): Promise<void> {
  const { id, ledger, world } = actor
  ledger.begin(id, 'hold', firstIndex.locks)
  const held: Lock[] = []
  for (const lock of world.locks) {
    if (await acquire(actor, lock)) held.push(lock)
  }
  for (const lock of held.reverse()) {
    const index = firstIndex.locks + world.locks.indexOf(lock)
    workInside(actor, lock, index)
    lock.release()
  }
  ledger.end(id)
}

export async function useRLock(actor: Actor): Promise<void> {
  const { id, ledger, random } = actor
  const [lock, index] = pickObject(actor, 'rlocks')
  ledger.begin(id, 'hold', index)
  if (await acquire(actor, lock)) {
    enterSection(actor, lock, index)
    const depth = 1 + random.below(3)
    for (let level = 1; level < depth; level++) lock.acquire()
    work(actor, index)
    for (let level = 1; level < depth; level++) lock.release()
    leaveSection(actor, lock, index)
    lock.release()
  }
  ledger.end(id)
}

/** Adds tokens and notifies one waiter for each. */
export function addTokens(actor: Actor): void {
  const { id, ledger, random } = actor
  const [condition, index] = pickObject(actor, 'conditions')
  ledger.begin(id, 'notify', index)
  if (condition.acquire(true, patience(actor, 0.6) ?? -1)) {
    enterCondition(actor, condition, index)
    const tokens = 1 + random.below(3)
    ledger.add(index, count.tokens, tokens)
    work(actor, index)
    if (random.chance(0.2)) condition.notifyAll()
    else condition.notify(tokens)
    leaveSection(actor, condition.lock, index)
    condition.release()
  }
  ledger.end(id)
}

/** Waits for a token and takes it. */
export async function takeToken(actor: Actor): Promise<void> {
  const { id, ledger } = actor
  const [condition, index] = pickObject(actor, 'conditions')
  ledger.begin(id, 'wait', index)
  if (condition.acquire(true, patience(actor, 0.6) ?? -1)) {
    enterCondition(actor, condition, index)
    if (ledger.read(index, count.tokens) === 0) await waitForChange(actor, condition, index)
    if (ledger.read(index, count.tokens) > 0) ledger.add(index, count.tokens, -1)
    work(actor, index)
    leaveSection(actor, condition.lock, index)
    condition.release()
  }
  ledger.end(id)
}

async function waitForChange(actor: Actor, condition: Condition, index: number): Promise<void> {
  leaveSection(actor, condition.lock, index)
  if (isAsync(actor)) await condition.waitAsync(patience(actor))
  else condition.wait(patience(actor))
  enterCondition(actor, condition, index)
}

/** The dead owner may have changed the tokens and not yet notified those who wait for them. */
function enterCondition(actor: Actor, condition: Condition, index: number): void {
  const hasOwnerDied = condition.lock.ownerDied
  enterSection(actor, condition.lock, index)
  if (hasOwnerDied) condition.notifyAll()
}
