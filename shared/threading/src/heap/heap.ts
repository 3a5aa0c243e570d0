import { load } from '../core/atomic.ts'
import { MemoryError } from '../core/errors.ts'
import { enterGuard, leaveGuard } from '../core/guard.ts'
import { header, heapStart } from '../core/layout.ts'
import { mySlot, words } from '../core/memory.ts'
import { minUnits, pushFree, takeFit, writeBlock } from './free-lists.ts'
import { block, freeListCount, holder, unitBytes, workerIn } from './heap-block.ts'

/**
 * The heap is the rest of the process's memory: a chain of blocks, from `heapStart` to `heapTop`. Each thread keeps
 * small free blocks of its own (magazines: Bonwick and Adams, 2001).
 *
 * Every block's header names its holder, so a dead worker's blocks can be found whatever it was doing: those it was
 * filling or reading, and those in its magazines. A block changes hands like this:
 *
 *   from          to            when
 *   ------------  ------------  ------------------------------------------------------------------
 *   nobody        a worker      it is allocated, or put into the worker's magazine (heap guard)
 *   a worker      an object     `giveBlock`: just before the object's commit step
 *   an object     a worker      `claimBlock`: just before the step that takes it out of the object
 *   a worker      nobody        it is freed to the shared lists (heap guard)
 *
 * A thread that dies between one of these and the commit step leaves a wrong holder. The recovery of the object knows
 * which block that can be and corrects it; `recoverHeldBlocks` runs afterwards.
 */

/** How many small blocks a thread takes from or returns to the shared lists at a time. */
const batchSize = 32
const maxCachedUnits = 64
/** Up to this many units, a thread keeps blocks of each length; beyond, of each multiple of it. */
const finestLength = 16

/** Allocates a block, and returns its address: the unit after its header. This worker holds it. */
export function allocate(size: number): number {
  const units = Math.max(minUnits, Math.ceil(size / unitBytes) + 1)
  if (units > words.length) throw new MemoryError(`${size} bytes are more than shared memory can hold`)
  const taken = units <= maxCachedUnits ? takeCached(cachedUnits(units)) : takeShared(units)
  if (taken === 0) throw new MemoryError(`shared memory is full: ${size} bytes are not available`)
  return taken + 1
}

export function free(address: number): void {
  const freed = address - 1
  const units = words[freed * 4 + block.units]!
  if (units > maxCachedUnits) releaseToShared([freed])
  else cacheBlock(units, freed)
}

/** Gives a block that this worker holds to the object that is about to refer to it. */
export function giveBlock(address: number): void {
  words[(address - 1) * 4 + block.holder] = holder.object
}

/** Gives a block to the worker in a slot: that of a thread that is about to start. */
export function giveBlockTo(address: number, slotNumber: number): void {
  words[(address - 1) * 4 + block.holder] = workerIn(slotNumber)
}

/** Makes this worker the holder of a block that it is about to take out of an object. */
export function claimBlock(address: number): void {
  words[(address - 1) * 4 + block.holder] = workerIn(mySlot)
}

/** The length of the blocks that are taken for `units`. */
const cachedUnits = (units: number): number =>
  units <= finestLength ? units : Math.ceil(units / finestLength) * finestLength

/** The magazine of the blocks of at least this length. */
const magazineOf = (units: number): number =>
  units <= finestLength ? units : finestLength - 1 + Math.floor(units / finestLength)

/** This thread's own free blocks of each small length, at most 63 of each. Their headers name this worker. */
const magazines: number[][] = Array.from({ length: magazineOf(maxCachedUnits) + 1 }, () => [])

/** Returns the free blocks of this thread to the shared lists. */
export function flushThreadCache(): void {
  for (const own of magazines) if (own.length > 0) releaseToShared(own.splice(0))
}

function cacheBlock(units: number, cached: number): void {
  const own = magazines[magazineOf(units)]!
  words[cached * 4 + block.holder] = workerIn(mySlot)
  own.push(cached)
  if (own.length >= 2 * batchSize) releaseToShared(own.splice(0, batchSize))
}

function takeCached(units: number): number {
  const own = magazines[magazineOf(units)]!
  if (own.length === 0) refill(units, own)
  return own.pop() ?? takeShared(units)
}

function refill(units: number, into: number[]): void {
  enterGuard(header.heapGuard)
  for (let taken = 0; taken < batchSize; taken++) {
    const added = takeFit(units) || extendHeap(units)
    if (added === 0) break
    into.push(added)
  }
  leaveGuard(header.heapGuard)
}

function takeShared(units: number): number {
  enterGuard(header.heapGuard)
  const taken = takeFit(units) || extendHeap(units)
  leaveGuard(header.heapGuard)
  return taken || takeAfterMerge(units)
}

/** Merges free neighbours when no block is large enough. */
function takeAfterMerge(units: number): number {
  flushThreadCache()
  enterGuard(header.heapGuard)
  if (words[header.freed] !== words[header.merged]) rebuildFreeLists(holder.nobody)
  const taken = takeFit(units) || extendHeap(units)
  leaveGuard(header.heapGuard)
  return taken
}

function releaseToShared(blocks: readonly number[]): void {
  enterGuard(header.heapGuard)
  for (const released of blocks) pushFree(released)
  words[header.freed] = (words[header.freed]! + 1) | 0
  leaveGuard(header.heapGuard)
}

/** Repairs the free lists if a dead thread was changing them, and frees the heap's guard. */
export function recoverHeapGuard(dead: number): void {
  if (load(header.heapGuard) !== dead) return
  rebuildFreeLists(holder.nobody)
  leaveGuard(header.heapGuard)
}

/** Frees what the dead worker of a slot held. The objects must have been recovered before. */
export function recoverHeldBlocks(slotNumber: number): void {
  enterGuard(header.heapGuard)
  rebuildFreeLists(workerIn(slotNumber))
  leaveGuard(header.heapGuard)
}

// The functions below need the heap's guard to be held. A thread may die between any two of their steps: the blocks are
// a chain at each of them, and recovery makes the lists from that.

function extendHeap(units: number): number {
  const extension = words[header.heapTop]!
  const end = extension + units
  if (end * 4 > words.length) return 0
  writeBlock(extension, units, workerIn(mySlot))
  words[header.heapTop] = end
  return extension
}

/**
 * Makes the free lists from the chain of blocks: merges free neighbours, and lowers the top of the heap. The blocks of
 * the worker `dead` become free.
 */
function rebuildFreeLists(dead: number): void {
  words[header.merged] = words[header.freed]!
  for (let list = 0; list < freeListCount; list++) words[header.freeBlocks + list] = 0
  const top = words[header.heapTop]!
  for (let start = heapStart / 4; start < top; ) {
    const end = endOfFreeRun(start, top, dead)
    if (end === top) words[header.heapTop] = start
    else if (end > start) {
      writeBlock(start, end - start, holder.nobody)
      pushFree(start)
    }
    start = end === top ? top : end + words[end * 4 + block.units]!
  }
}

/** The end of the free blocks that begin with this one; its own start if it is not free. */
function endOfFreeRun(start: number, top: number, dead: number): number {
  let end = start
  while (end < top && isFree(end, dead)) end += words[end * 4 + block.units]!
  return end
}

function isFree(candidate: number, dead: number): boolean {
  const word = words[candidate * 4 + block.holder]!
  return word === holder.nobody || word === dead
}
