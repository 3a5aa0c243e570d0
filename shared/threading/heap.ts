import { MemoryError } from './errors.ts'
import { enterGuard, leaveGuard } from './guard.ts'
import { header } from './layout.ts'
import { words } from './memory.ts'

/** Blocks are counted and addressed in units of 16 bytes; sizes are powers of two of these. */
export const unitBytes = 16
const largestClass = 27

/** Small blocks are taken from and given back to the shared lists by so many at a time. */
const batch = 32
const largestKept = 6

/**
 * The rest of the process's memory, in blocks whose sizes are powers of two, with a shared list of free blocks
 * for each size (segregated fits with a magazine for each thread: Bonwick and Adams, 2001). A block's first unit
 * is its header; addresses are those of the unit behind it.
 */
export function allocate(size: number): number {
  const units = Math.ceil(size / unitBytes) + 1
  const sizeClass = Math.max(1, 32 - Math.clz32(units - 1))
  if (sizeClass > largestClass) throw new MemoryError(`${size} bytes are more than shared memory can hold`)
  const block = sizeClass <= largestKept ? takeKept(sizeClass) : takeShared(sizeClass)
  if (block === 0) throw new MemoryError(`shared memory is full: ${size} bytes are not to be had`)
  return block + 1
}

export function free(address: number): void {
  const block = address - 1
  const sizeClass = words[block * 4]!
  if (sizeClass > largestKept) giveBack(sizeClass, [block])
  else keep(sizeClass, block)
}

/** This thread's own free blocks of each small size. They die with its worker: at most 64 of each. */
const kept: number[][] = Array.from({ length: largestKept + 1 }, () => [])

function keep(sizeClass: number, block: number): void {
  const own = kept[sizeClass]!
  own.push(block)
  if (own.length >= 2 * batch) giveBack(sizeClass, own.splice(0, batch))
}

function takeKept(sizeClass: number): number {
  const own = kept[sizeClass]!
  if (own.length === 0) takeBatch(sizeClass, own)
  return own.pop() ?? 0
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
  return block
}

function giveBack(sizeClass: number, blocks: readonly number[]): void {
  const list = header.freeBlocks + sizeClass
  enterGuard(header.heapGuard)
  for (const block of blocks) {
    words[block * 4 + 1] = words[list]!
    words[list] = block
  }
  leaveGuard(header.heapGuard)
}

function takeFree(sizeClass: number): number {
  const list = header.freeBlocks + sizeClass
  const block = words[list]!
  if (block !== 0) words[list] = words[block * 4 + 1]!
  return block
}

function takeNew(sizeClass: number): number {
  const block = words[header.heapTop]!
  const end = block + 2 ** sizeClass
  if (end * 4 > words.length) return 0
  words[header.heapTop] = end
  words[block * 4] = sizeClass
  return block
}
