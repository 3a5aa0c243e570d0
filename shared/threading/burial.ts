import { compareAndSet, load, store, wake } from './atomic.ts'
import { Barrier } from './barrier.ts'
import { now } from './clock.ts'
import { enterGuard, leaveGuard } from './guard.ts'
import {
  header,
  maxNodes,
  maxThreads,
  node,
  nodeAt,
  object,
  objectAt,
  objectKinds,
  slot,
  stateNumber,
  thread,
  threadAt,
} from './layout.ts'
import type { OwnedLock } from './lock.ts'
import { doubles, me, words } from './memory.ts'
import { type Primitive, receive } from './primitive.ts'
import { Queue } from './queue.ts'
import { Semaphore } from './semaphore.ts'
import { letGo } from './slots.ts'
import { writeState } from './thread-state.ts'
import { grantAll, isDecided } from './waiting.ts'

const listsOfAnObject = 3

/**
 * Puts everything right that a dead thread left: it waits nowhere any more, the sections and locks it was in
 * are free, waiters it was about to wake are woken, and who joins it goes on. Call it once the thread surely
 * runs no more. It may have died between any two steps, so nothing here relies on a list it was changing:
 * lists are made anew from the nodes.
 */
export function bury(slotNumber: number): void {
  const record = threadAt(slotNumber)
  const ident = words[record + thread.ident]!
  writeState(slotNumber, { state: stateNumber('Terminated'), since: now() })
  store(record + thread.command, 0)
  letGo(record)
  store(record + thread.slot, slot.dead)
  if (ident === 0) return
  for (const guard of [header.heapGuard, header.nodesGuard]) compareAndSet(guard, ident, 0)
  forgetWaits(ident)
  for (let id = 1; id < load(header.nextObject); id++) {
    if (words[objectAt(id) + object.kind] !== 0) repair(id, ident)
  }
  wakeDecided()
}

/** Wakes those whom the dead thread may have granted their wish, or given a hint, and not woken any more. */
function wakeDecided(): void {
  for (let index = 1; index < maxNodes; index++) {
    const record = nodeAt(index)
    if (words[record + node.object] !== 0 && load(record + node.granted) !== 0) wake(record + node.granted)
  }
}

function forgetWaits(ident: number): void {
  for (let index = 1; index < maxNodes; index++) {
    const record = nodeAt(index)
    if (words[record + node.ident] !== ident) continue
    const objectId = words[record + node.object]!
    if (objectId === 0) forget(record)
    else remakeLists(objectId, ident, record)
  }
}

function forget(record: number): void {
  words[record + node.ident] = 0
  words[record + node.object] = 0
  words[record + node.used] = 0
}

function repair(id: number, dead: number): void {
  if (load(objectAt(id) + object.guard) === dead) remakeLists(id, dead)
  const kind = objectKinds[words[objectAt(id) + object.kind]!]
  if (kind === 'Lock' || kind === 'RLock') freeLock(id, dead)
  else if (kind !== 'Condition') lookAgain(id, dead)
}

/**
 * Links the nodes that wait for an object in the order in which they came, without one that waits no more: it is
 * forgotten under the guard, so that nobody meets it in a list.
 */
function remakeLists(id: number, dead: number, without = 0): void {
  const guard = objectAt(id) + object.guard
  // Taken in this thread's name, so that nobody else takes it from the dead one meanwhile.
  if (!compareAndSet(guard, dead, me)) enterGuard(guard)
  if (without !== 0) forget(without)
  const waiting = waitingFor(id)
  for (let list = 0; list < listsOfAnObject; list++) {
    link(
      objectAt(id) + object.lists + list * 2,
      waiting.filter((record) => words[record + node.list] === list),
    )
  }
  leaveGuard(guard)
}

function waitingFor(id: number): number[] {
  const found: number[] = []
  for (let index = 1; index < maxNodes; index++) {
    const record = nodeAt(index)
    if (load(record + node.object) !== id) continue
    if (isDecided(record)) wake(record + node.granted)
    else found.push(record)
  }
  const since = (record: number) => doubles[(record + node.since) >> 1]!
  return found.sort((one, other) => since(one) - since(other))
}

function link(first: number, records: readonly number[]): void {
  records.forEach((record, place) => {
    words[record + node.previous] = records[place - 1] ?? 0
    words[record + node.next] = records[place + 1] ?? 0
  })
  store(first + 1, records.at(-1) ?? 0)
  store(first, records[0] ?? 0)
}

/** Frees a lock that the dead thread held, or tells its waiters again what the dead one may not have told. */
function freeLock(id: number, dead: number): void {
  const lock = receive(id) as OwnedLock
  if (lock.owner === dead) lock.abandon()
  else lock.tellFree()
}

/** Frees and marks the locks that a thread still held when it ended by itself: nobody else could release them. */
export function abandonLocks(ident: number): void {
  for (let id = maxThreads; id < load(header.nextObject); id++) {
    const kind = objectKinds[words[objectAt(id) + object.kind]!]
    if ((kind === 'Lock' || kind === 'RLock') && load(objectAt(id) + object.word) === ident)
      freeLock(id, ident)
  }
}

/** Whether nobody is to be woken but by the object itself: who is granted a permit or a place has it. */
function repairOwn(handle: Primitive, dead: number): boolean {
  if (handle instanceof Queue || handle instanceof Semaphore || handle instanceof Barrier) handle.repair(dead)
  return handle instanceof Semaphore || handle instanceof Barrier
}

/** Wakes all who wait for what can be looked at again: queues, events and ends of threads. */
function lookAgain(id: number, dead: number): void {
  const record = objectAt(id)
  if (id >= maxThreads && repairOwn(receive(id), dead)) return
  const isEvent = objectKinds[words[record + object.kind]!] === 'Event'
  if (isEvent && load(record + object.word) === 0) return
  if (id < maxThreads && load(threadAt(id) + thread.slot) === slot.taken) return
  enterGuard(record + object.guard)
  for (let list = 0; list < listsOfAnObject; list++) grantAll(id, list)
  leaveGuard(record + object.guard)
}
