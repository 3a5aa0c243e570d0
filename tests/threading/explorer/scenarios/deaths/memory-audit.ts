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
import {
  block,
  freeListCount,
  freeListOf,
  holder,
} from '../../../../../shared/threading/src/heap/heap-block.ts'
import { Queue } from '../../../../../shared/threading/src/primitives/queue.ts'
import { RingBuffer } from '../../../../../shared/threading/src/ring/ring-buffer.ts'
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
  if (sleepers.length > 0 && handle instanceof RingBuffer) endWaitsFor(handle)
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

/** A later wait ends an earlier one. */
function endWaitsFor(ring: RingBuffer): void {
  ring.waitForSpace(0, 0)
  ring.waitUntilRead(0, 0)
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

/** Every block from the start of the heap to its top is in the list of free blocks of its length, once. */
function checkHeap(): void {
  const free = freeBlocks()
  const top = words[header.heapTop]!
  let start = heapStart / 4
  while (start < top) {
    const units = words[start * 4 + block.units]!
    expect(units >= 1 && start + units <= top, `the block at ${start} has ${units} units`)
    const heldBy = words[start * 4 + block.holder]
    expect(
      heldBy === holder.nobody,
      `the block at ${start} of ${units} units is held by ${heldBy === 0 ? 'an object' : `worker ${heldBy}`}`,
    )
    expect(
      free.get(start) === freeListOf(units),
      `the free block at ${start} is in the list ${free.get(start)}`,
    )
    free.delete(start)
    start += units
  }
  expect(free.size === 0, `free blocks are listed that do not exist: ${[...free.keys()]}`)
}

/** The list of each free block, by the block. */
function freeBlocks(): Map<number, number> {
  const found = new Map<number, number>()
  for (let list = 0; list < freeListCount; list++) {
    for (let start = words[header.freeBlocks + list]!; start !== 0; start = words[start * 4 + block.link]!) {
      expect(!found.has(start), `the block at ${start} is in two lists of free blocks`)
      found.set(start, list)
    }
  }
  return found
}
