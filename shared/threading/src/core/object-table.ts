import { add, load } from './atomic.ts'
import { MemoryError } from './errors.ts'
import { enterGuard, leaveGuard } from './guard.ts'
import { header, maxObjectRecords, maxThreads, object, objectAt, objectKindCodes } from './layout.ts'
import { words, writeName } from './memory.ts'

/**
 * The table of the process's objects. The record of a disposed object is reused, its id is not: the next object in the
 * record has an id that is higher by the size of the table. So an id in a handle, a trace event or a view never means
 * another object. (Ids wrap: a record holds at least 2,000 objects before an id repeats, and 500,000 with tables of the
 * default size.)
 */

const largestId = 2 ** 31 - 1

/** Makes an object. Throws MemoryError when the table is full. */
export function createObject(kind: (typeof objectKindCodes)[number], name: string): number {
  const index = takeRecord()
  const record = objectAt(index)
  const id = nextId(index, words[record + object.id]!)
  words[record + object.word] = 0
  // The guard is not reset: a thread with a handle on the previous object may be in it. It finds another id and leaves.
  for (let word = object.lists; word < object.id; word++) words[record + word] = 0
  words[record + object.kind] = objectKindCodes.indexOf(kind)
  writeName(record + object.name, name === '' ? `${kind}-${id}` : name)
  words[record + object.id] = id
  return id
}

/** Marks the object as disposed of: every handle on it throws afterwards. Its guard must be held. */
export function retireObject(id: number): void {
  words[objectAt(id) + object.id] = -id
}

/** Returns the record of a retired object to the free list. A thread that dies in here loses one record. */
export function freeRecord(id: number): void {
  const index = id % maxObjectRecords
  enterGuard(header.objectsGuard)
  words[objectAt(index) + object.nextFree] = words[header.freeObject]!
  words[header.freeObject] = index
  leaveGuard(header.objectsGuard)
}

/** The ids of all objects, without the objects at which threads are joined. */
export function objectIds(): number[] {
  const ids: number[] = []
  const end = Math.min(load(header.nextObject), maxObjectRecords)
  for (let index = maxThreads; index < end; index++) {
    const id = words[objectAt(index) + object.id]!
    if (id > 0) ids.push(id)
  }
  return ids
}

function takeRecord(): number {
  if (words[header.freeObject] !== 0) {
    const free = popFreeRecord()
    if (free !== 0) return free
  }
  const index = add(header.nextObject, 1)
  if (index < maxObjectRecords) return index
  add(header.nextObject, -1)
  throw new MemoryError(`a process holds at most ${maxObjectRecords - maxThreads} objects`)
}

function popFreeRecord(): number {
  enterGuard(header.objectsGuard)
  const index = words[header.freeObject]!
  if (index !== 0) words[header.freeObject] = words[objectAt(index) + object.nextFree]!
  leaveGuard(header.objectsGuard)
  return index
}

function nextId(index: number, former: number): number {
  if (former === 0) return index
  const next = Math.abs(former) + maxObjectRecords
  return next > largestId ? index : next
}
