import { load, store } from './atomic.ts'
import { MemoryError } from './errors.ts'
import { enterGuard, leaveGuard } from './guard.ts'
import { header, maxObjectRecords, maxThreads, object, objectAt, objectKindCodes } from './layout.ts'
import { me, words, writeName } from './memory.ts'
import { maxInt32 } from './numbers.ts'

/**
 * The table of the process's objects. The record of a disposed object is reused, its id is not: the next object in the
 * record has an id that is higher by the size of the table. So an id in a handle, a trace event or a view never means
 * another object. (Ids wrap: a record holds at least 2,000 objects before an id repeats, and 500,000 with tables of the
 * default size.)
 *
 * While a thread makes an object or disposes of it, the thread owns its record: recovery frees the record if the thread
 * dies in between.
 */

export interface NewObject {
  readonly kind: (typeof objectKindCodes)[number]
  /** An empty name counts as none. */
  readonly name: string
  /** The ident of the thread at whose end the object is disposed of; 0 for none. */
  readonly owner: number
}

/** Makes an object. Throws MemoryError when the table is full. */
export function createObject({ kind, name, owner }: NewObject): number {
  const index = takeRecord()
  const record = objectAt(index)
  const id = nextId(index, words[record + object.id]!)
  words[record + object.word] = 0
  // The guard is not reset: a thread with a handle on the previous object may be in it. It finds another id and leaves.
  for (let word = object.lists; word < object.id; word++) words[record + word] = 0
  words[record + object.kind] = objectKindCodes.indexOf(kind)
  writeName(record + object.name, name === '' ? `${kind}-${id}` : name)
  words[record + object.id] = id
  words[record + object.owner] = owner
  return id
}

/** Marks the object as disposed of: every handle on it throws afterwards. Its guard must be held. */
export function retireObject(id: number): void {
  const record = objectAt(id)
  words[record + object.owner] = me
  words[record + object.id] = -id
}

/** Returns the record of a retired object to the free list. */
export function freeRecord(id: number): void {
  const index = id % maxObjectRecords
  enterGuard(header.objectsGuard)
  pushFreeRecord(index)
  leaveGuard(header.objectsGuard)
}

/** Has an object disposed of at the end of a thread, however the thread ends. */
export function setOwner(id: number, ident: number): void {
  words[objectAt(id) + object.owner] = ident
}

/**
 * For recovery: frees the records without an object that a dead thread had taken or had not freed yet. Returns the ids
 * of the objects that are to be disposed of at its end.
 */
export function reclaimRecords(dead: number): number[] {
  const ids: number[] = []
  for (const index of usedIndexes()) {
    if (words[objectAt(index) + object.owner] !== dead) continue
    const id = words[objectAt(index) + object.id]!
    if (id > 0) ids.push(id)
    else reclaimRecord(index)
  }
  return ids
}

function reclaimRecord(index: number): void {
  enterGuard(header.objectsGuard)
  if (isFreeRecord(index)) words[objectAt(index) + object.owner] = 0
  else pushFreeRecord(index)
  leaveGuard(header.objectsGuard)
}

/** The ids of all objects, without the objects at which threads are joined. */
export function objectIds(): number[] {
  return usedIndexes()
    .map((index) => words[objectAt(index) + object.id]!)
    .filter((id) => id > 0)
}

/** The indexes of all records that were ever taken. */
function usedIndexes(): number[] {
  const end = load(header.nextObject)
  return Array.from({ length: end - maxThreads }, (_, index) => maxThreads + index)
}

/** Takes a free record, or the next one that was never used. */
function takeRecord(): number {
  enterGuard(header.objectsGuard)
  const free = words[header.freeObject]!
  const index = free || words[header.nextObject]!
  const isTaken = index < maxObjectRecords
  if (isTaken) {
    words[objectAt(index) + object.owner] = me
    if (free === 0) store(header.nextObject, index + 1)
    else words[header.freeObject] = words[objectAt(index) + object.nextFree]!
  }
  leaveGuard(header.objectsGuard)
  if (isTaken) return index
  throw new MemoryError(`a process holds at most ${maxObjectRecords - maxThreads} objects`)
}

/** The table's guard must be held. */
function pushFreeRecord(index: number): void {
  const record = objectAt(index)
  words[record + object.nextFree] = words[header.freeObject]!
  words[header.freeObject] = index
  words[record + object.owner] = 0
}

/** The table's guard must be held. */
function isFreeRecord(index: number): boolean {
  for (let free = words[header.freeObject]!; free !== 0; free = words[objectAt(free) + object.nextFree]!)
    if (free === index) return true
  return false
}

function nextId(index: number, former: number): number {
  if (former === 0) return index
  const next = Math.abs(former) + maxObjectRecords
  return next > maxInt32 ? index : next
}
