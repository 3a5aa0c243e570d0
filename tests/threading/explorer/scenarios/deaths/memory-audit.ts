import { RuntimeError } from '../../../../../shared/threading/src/core/errors.ts'
import { attachHandle } from '../../../../../shared/threading/src/core/kind-registry.ts'
import {
  header,
  heapStart,
  maxObjectRecords,
  maxThreads,
  maxWaitRecords,
  object,
  objectAt,
  objectKindCodes,
  waitRecord,
  waitRecordAt,
} from '../../../../../shared/threading/src/core/layout.ts'
import { isLive, words } from '../../../../../shared/threading/src/core/memory.ts'
import { objectIds } from '../../../../../shared/threading/src/core/object-table.ts'
import { flushThreadCache } from '../../../../../shared/threading/src/heap/heap.ts'
import { Queue } from '../../../../../shared/threading/src/primitives/queue.ts'
import { isAsleep, waiting } from '../../engine/memory-probe.ts'
import { expect } from '../../engine/scenario.ts'

const listsPerObject = 3

/**
 * Disposes of every object, and checks that all tables and the heap are then as empty as at the start. Threads may still
 * sleep: their wait records and what they wait for stay.
 */
export function checkNothingLost(): void {
  checkGuards()
  checkWaitRecords()
  for (const id of conditionsFirst(objectIds())) disposeOf(id)
  checkObjectRecords()
  flushThreadCache()
  checkHeap()
}

function checkGuards(): void {
  for (const [name, guard] of Object.entries({
    heap: header.heapGuard,
    objects: header.objectsGuard,
  }))
    expect(words[guard] === 0, `the guard of the ${name} is held by ${words[guard]}`)
  for (let index = 0; index < maxObjectRecords; index++) {
    const holder = words[objectAt(index) + object.guard]
    expect(holder === 0, `the guard of object ${index} is held by ${holder}`)
  }
}

const sleepersOf = (id: number): number[] =>
  Array.from({ length: listsPerObject }, (_, list) => waiting({ id }, list)).flat()

/** A record is used by a sleeping thread, and is in a list of its object; or it is free. */
function checkWaitRecords(): void {
  for (let index = 0; index < maxWaitRecords; index++) {
    const record = waitRecordAt(index)
    const ident = words[record + waitRecord.ident]!
    const id = words[record + waitRecord.object]!
    const isUsed = id !== 0 || words[record + waitRecord.used] !== 0
    if (!isUsed) continue
    expect(isAsleep(ident), `wait record ${index} of thread ${ident}, which does not wait, is still used`)
    const isListed = id !== 0 && isLive(id) && sleepersOf(id).includes(ident)
    expect(isListed, `thread ${ident} waits for object ${id} and is in no list of it`)
  }
}

const conditionKind = objectKindCodes.indexOf('Condition')

/** A condition that has lost its lock has no handles. */
function conditionsFirst(ids: readonly number[]): number[] {
  const conditions: number[] = []
  const others: number[] = []
  for (const id of ids) (words[objectAt(id) + object.kind] === conditionKind ? conditions : others).push(id)
  return [...conditions, ...others]
}

function disposeOf(id: number): void {
  // A condition disposes of its lock.
  if (!isLive(id)) return
  const sleepers = sleepersOf(id)
  expect(sleepers.every(isAsleep), `object ${id} has waiters that do not sleep: ${sleepers}`)
  const handle = attachHandle(id)
  if (sleepers.length > 0 && handle instanceof Queue) wakeAllIn(handle)
  try {
    handle.dispose()
  } catch (error) {
    if (!(error instanceof RuntimeError) || sleepersOf(id).length === 0) throw error
  }
}

function wakeAllIn(queue: Queue): void {
  queue.shutdown(true)
  while (queue.unfinished > 0) queue.taskDone()
}

/** Each record that was ever used has an object with a sleeping waiter, or is in the list of free records. */
function checkObjectRecords(): void {
  const free = new Set<number>()
  for (
    let index = words[header.freeObject]!;
    index !== 0;
    index = words[objectAt(index) + object.nextFree]!
  ) {
    expect(!free.has(index), `record ${index} is twice in the list of free objects`)
    free.add(index)
  }
  for (let index = maxThreads; index < words[header.nextObject]!; index++) {
    const id = words[objectAt(index) + object.id]!
    const isUsed = id > 0 && sleepersOf(id).length > 0
    expect(isUsed || free.has(index), `object record ${index} is lost`)
  }
}

const sizeClassOffset = 0
const linkOffset = 1
const freeOffset = 2
const maxSizeClass = 27

/** Every block from the start of the heap to its top is in the list of free blocks of its size, once. */
function checkHeap(): void {
  const free = freeBlocks()
  const top = words[header.heapTop]!
  let block = heapStart / 4
  while (block < top) {
    const sizeClass = words[block * 4 + sizeClassOffset]!
    expect(
      sizeClass >= 1 && sizeClass <= maxSizeClass,
      `the block at ${block} has the size class ${sizeClass}`,
    )
    expect(free.get(block) === sizeClass, `the block at ${block} of size class ${sizeClass} is lost`)
    expect(words[block * 4 + freeOffset] === 1, `the free block at ${block} is marked as used`)
    free.delete(block)
    block += 2 ** sizeClass
  }
  expect(block === top, `the last block ends at ${block}, the heap at ${top}`)
  expect(free.size === 0, `free blocks are listed that do not exist: ${[...free.keys()]}`)
}

/** The size class of each free block, by the block. */
function freeBlocks(): Map<number, number> {
  const found = new Map<number, number>()
  for (let sizeClass = 0; sizeClass <= maxSizeClass; sizeClass++) {
    for (
      let block = words[header.freeBlocks + sizeClass]!;
      block !== 0;
      block = words[block * 4 + linkOffset]!
    ) {
      expect(!found.has(block), `the block at ${block} is twice in a list of free blocks`)
      found.set(block, sizeClass)
    }
  }
  return found
}
