import { MemoryError } from '../core/errors.ts'
import { enterGuard, leaveGuard } from '../core/guard.ts'
import { header, heapStart } from '../core/layout.ts'
import { words } from '../core/memory.ts'

/** Blocks are counted and addressed in units of 16 bytes; sizes are powers of two of these. */
export const unitBytes = 16
const minSizeClass = 1
const maxSizeClass = 27

/** How many small blocks a thread takes from or returns to the shared lists at a time. */
const batchSize = 32
const maxCachedClass = 6

/** The words of a block's header: its size class, the next block in its free list, and 1 while it is in one. */
const sizeClassOffset = 0
const linkOffset = 1
const freeOffset = 2

/**
 * Allocates a block of the heap, which is the rest of the process's memory. The sizes of blocks are powers of two, and
 * each size has a shared list of free blocks (segregated fits with a magazine for each thread: Bonwick and Adams,
 * 2001). The first unit of a block is its header; its address is that of the unit after it.
 */
export function allocate(size: number): number {
  const units = Math.ceil(size / unitBytes) + 1
  if (units > 2 ** maxSizeClass) throw new MemoryError(`${size} bytes are more than shared memory can hold`)
  const sizeClass = Math.max(minSizeClass, 32 - Math.clz32(units - 1))
  const block = sizeClass <= maxCachedClass ? takeCached(sizeClass) : takeShared(sizeClass)
  if (block === 0) throw new MemoryError(`shared memory is full: ${size} bytes are not available`)
  return block + 1
}

export function free(address: number): void {
  const block = address - 1
  const sizeClass = words[block * 4 + sizeClassOffset]!
  if (sizeClass > maxCachedClass) releaseToShared([block])
  else cacheBlock(sizeClass, block)
}

/** This thread's own free blocks of each small size, at most 63 of each. They are lost if its worker is killed. */
const threadCache: number[][] = Array.from({ length: maxCachedClass + 1 }, () => [])

/** Returns the free blocks of this thread to the shared lists. */
export function flushThreadCache(): void {
  for (const own of threadCache) if (own.length > 0) releaseToShared(own.splice(0))
}

function cacheBlock(sizeClass: number, block: number): void {
  const own = threadCache[sizeClass]!
  own.push(block)
  if (own.length >= 2 * batchSize) releaseToShared(own.splice(0, batchSize))
}

function takeCached(sizeClass: number): number {
  const own = threadCache[sizeClass]!
  if (own.length === 0) refillCache(sizeClass, own)
  return own.pop() ?? takeShared(sizeClass)
}

function refillCache(sizeClass: number, into: number[]): void {
  enterGuard(header.heapGuard)
  for (let taken = 0; taken < batchSize; taken++) {
    const block = popFree(sizeClass) || extendHeap(sizeClass)
    if (block === 0) break
    into.push(block)
  }
  leaveGuard(header.heapGuard)
}

function takeShared(sizeClass: number): number {
  enterGuard(header.heapGuard)
  const block = popFree(sizeClass) || extendHeap(sizeClass)
  leaveGuard(header.heapGuard)
  return block || takeAfterMerge(sizeClass)
}

/** Splits a larger block when none of this size is left. If there is none either, it first merges free neighbours. */
function takeAfterMerge(sizeClass: number): number {
  flushThreadCache()
  enterGuard(header.heapGuard)
  let block = popFree(sizeClass) || splitLarger(sizeClass)
  if (block === 0 && words[header.freed] !== words[header.merged]) {
    mergeFreeBlocks()
    block = popFree(sizeClass) || splitLarger(sizeClass) || extendHeap(sizeClass)
  }
  leaveGuard(header.heapGuard)
  return block
}

function releaseToShared(blocks: readonly number[]): void {
  enterGuard(header.heapGuard)
  for (const block of blocks) pushFree(block, words[block * 4 + sizeClassOffset]!)
  words[header.freed] = (words[header.freed]! + 1) | 0
  leaveGuard(header.heapGuard)
}

// The functions below need the heap's guard to be held.

/** Puts a free block into its list. It is marked first: if this thread dies in between, `mergeFreeBlocks` finds it. */
function pushFree(block: number, sizeClass: number): void {
  const list = header.freeBlocks + sizeClass
  words[block * 4 + sizeClassOffset] = sizeClass
  words[block * 4 + freeOffset] = 1
  words[block * 4 + linkOffset] = words[list]!
  words[list] = block
}

function popFree(sizeClass: number): number {
  const list = header.freeBlocks + sizeClass
  const block = words[list]!
  if (block === 0) return 0
  words[list] = words[block * 4 + linkOffset]!
  words[block * 4 + freeOffset] = 0
  return block
}

function extendHeap(sizeClass: number): number {
  const block = words[header.heapTop]!
  const end = block + 2 ** sizeClass
  if (end * 4 > words.length) return 0
  words[block * 4 + sizeClassOffset] = sizeClass
  words[block * 4 + freeOffset] = 0
  words[header.heapTop] = end
  return block
}

/** Halves a larger free block until it fits. */
function splitLarger(sizeClass: number): number {
  for (let larger = sizeClass + 1; larger <= maxSizeClass; larger++) {
    const block = popFree(larger)
    if (block === 0) continue
    for (let half = larger - 1; half >= sizeClass; half--) pushFree(block + 2 ** half, half)
    words[block * 4 + sizeClassOffset] = sizeClass
    return block
  }
  return 0
}

/** Merges free neighbours into blocks that are as large as possible, and lowers the top of the heap. */
function mergeFreeBlocks(): void {
  words[header.merged] = words[header.freed]!
  for (let sizeClass = 0; sizeClass <= maxSizeClass; sizeClass++) words[header.freeBlocks + sizeClass] = 0
  const top = words[header.heapTop]!
  for (let block = heapStart / 4; block < top; ) {
    const end = endOfFreeRun(block, top)
    if (end === top) words[header.heapTop] = block
    else relinkFreeRun(block, end)
    block = end === top ? top : end + 2 ** words[end * 4 + sizeClassOffset]!
  }
}

/** The end of the free blocks that begin with this one; its own start if it is not free. */
function endOfFreeRun(block: number, top: number): number {
  let end = block
  while (end < top && words[end * 4 + freeOffset] === 1) end += 2 ** words[end * 4 + sizeClassOffset]!
  return end
}

/** Links the units from `start` to `end` as blocks, the last first: the headers are a chain at every step. */
function relinkFreeRun(start: number, end: number): void {
  const sizes: number[] = []
  for (let rest = end - start; rest > 0; rest -= 2 ** sizes.at(-1)!) sizes.push(31 - Math.clz32(rest))
  let block = end
  for (const sizeClass of sizes.toReversed()) {
    block -= 2 ** sizeClass
    pushFree(block, sizeClass)
  }
}
