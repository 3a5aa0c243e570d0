import { MemoryError } from './errors.ts'
import { enterGuard, leaveGuard } from './guard.ts'
import { header, heapStart } from './layout.ts'
import { words } from './memory.ts'

/** Blocks are counted and addressed in units of 16 bytes; sizes are powers of two of these. */
export const unitBytes = 16
const smallestClass = 1
const largestClass = 27

/** Small blocks are taken from and given back to the shared lists by so many at a time. */
const batch = 32
const largestKept = 6

/** The words of a block's header. The link is that of the free list; 1 marks a block that is in one. */
const classAt = 0
const linkAt = 1
const freeAt = 2

/**
 * The rest of the process's memory, in blocks whose sizes are powers of two, with a shared list of free blocks
 * for each size (segregated fits with a magazine for each thread: Bonwick and Adams, 2001). A block's first unit
 * is its header; addresses are those of the unit behind it.
 */
export function allocate(size: number): number {
  const units = Math.ceil(size / unitBytes) + 1
  const sizeClass = Math.max(smallestClass, 32 - Math.clz32(units - 1))
  if (sizeClass > largestClass) throw new MemoryError(`${size} bytes are more than shared memory can hold`)
  const block = sizeClass <= largestKept ? takeKept(sizeClass) : takeShared(sizeClass)
  if (block === 0) throw new MemoryError(`shared memory is full: ${size} bytes are not to be had`)
  return block + 1
}

export function free(address: number): void {
  const block = address - 1
  const sizeClass = words[block * 4 + classAt]!
  if (sizeClass > largestKept) giveBack([block])
  else keep(sizeClass, block)
}

/** This thread's own free blocks of each small size, at most 64 of each. They are lost if its worker is killed. */
const kept: number[][] = Array.from({ length: largestKept + 1 }, () => [])

/** Gives back the free blocks that this thread keeps, for the others. */
export function giveBackKept(): void {
  for (const own of kept) if (own.length > 0) giveBack(own.splice(0))
}

function keep(sizeClass: number, block: number): void {
  const own = kept[sizeClass]!
  own.push(block)
  if (own.length >= 2 * batch) giveBack(own.splice(0, batch))
}

function takeKept(sizeClass: number): number {
  const own = kept[sizeClass]!
  if (own.length === 0) takeBatch(sizeClass, own)
  return own.pop() ?? takeShared(sizeClass)
}

function takeBatch(sizeClass: number, into: number[]): void {
  enterGuard(header.heapGuard)
  for (let taken = 0; taken < batch; taken++) {
    const block = takeFree(sizeClass) || takeNew(sizeClass)
    if (block === 0) break
    into.push(block)
  }
  leaveGuard(header.heapGuard)
}

function takeShared(sizeClass: number): number {
  enterGuard(header.heapGuard)
  const block = takeFree(sizeClass) || takeNew(sizeClass)
  leaveGuard(header.heapGuard)
  return block || takeByForce(sizeClass)
}

/** No block of this size is left: a larger one is cut, if need be one that is made of free neighbours. */
function takeByForce(sizeClass: number): number {
  giveBackKept()
  enterGuard(header.heapGuard)
  let block = takeFree(sizeClass) || takeCut(sizeClass)
  if (block === 0 && words[header.freed] !== words[header.merged]) {
    merge()
    block = takeFree(sizeClass) || takeCut(sizeClass) || takeNew(sizeClass)
  }
  leaveGuard(header.heapGuard)
  return block
}

function giveBack(blocks: readonly number[]): void {
  enterGuard(header.heapGuard)
  for (const block of blocks) link(block, words[block * 4 + classAt]!)
  words[header.freed] = (words[header.freed]! + 1) | 0
  leaveGuard(header.heapGuard)
}

// From here on the heap's guard is held.

/** Puts a free block into its list. Marked first: should this thread die right here, `merge` finds the block. */
function link(block: number, sizeClass: number): void {
  const list = header.freeBlocks + sizeClass
  words[block * 4 + classAt] = sizeClass
  words[block * 4 + freeAt] = 1
  words[block * 4 + linkAt] = words[list]!
  words[list] = block
}

function takeFree(sizeClass: number): number {
  const list = header.freeBlocks + sizeClass
  const block = words[list]!
  if (block === 0) return 0
  words[list] = words[block * 4 + linkAt]!
  words[block * 4 + freeAt] = 0
  return block
}

function takeNew(sizeClass: number): number {
  const block = words[header.heapTop]!
  const end = block + 2 ** sizeClass
  if (end * 4 > words.length) return 0
  words[block * 4 + classAt] = sizeClass
  words[block * 4 + freeAt] = 0
  words[header.heapTop] = end
  return block
}

/** Halves a larger free block until it fits. */
function takeCut(sizeClass: number): number {
  for (let larger = sizeClass + 1; larger <= largestClass; larger++) {
    const block = takeFree(larger)
    if (block === 0) continue
    for (let half = larger - 1; half >= sizeClass; half--) link(block + 2 ** half, half)
    words[block * 4 + classAt] = sizeClass
    return block
  }
  return 0
}

/** Makes the largest blocks it can of free neighbours, and gives free memory at the heap's end back to it. */
function merge(): void {
  words[header.merged] = words[header.freed]!
  for (let sizeClass = 0; sizeClass <= largestClass; sizeClass++) words[header.freeBlocks + sizeClass] = 0
  const top = words[header.heapTop]!
  for (let block = heapStart / 4; block < top; ) {
    const end = endOfFree(block, top)
    if (end === top) words[header.heapTop] = block
    else cut(block, end)
    block = end === top ? top : end + 2 ** words[end * 4 + classAt]!
  }
}

/** Where the free blocks end that begin with this one: at once where it is not free. */
function endOfFree(block: number, top: number): number {
  let end = block
  while (end < top && words[end * 4 + freeAt] === 1) end += 2 ** words[end * 4 + classAt]!
  return end
}

/** Links the units from `start` to `end` as blocks, the last first: the headers are a chain at every step. */
function cut(start: number, end: number): void {
  const sizes: number[] = []
  for (let rest = end - start; rest > 0; rest -= 2 ** sizes.at(-1)!) sizes.push(31 - Math.clz32(rest))
  let block = end
  for (const sizeClass of sizes.toReversed()) {
    block -= 2 ** sizeClass
    link(block, sizeClass)
  }
}
