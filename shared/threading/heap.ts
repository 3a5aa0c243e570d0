import { MemoryError } from './errors.ts'
import { enterGuard, leaveGuard } from './guard.ts'
import { header } from './layout.ts'
import { words } from './memory.ts'

/** Blocks are counted and addressed in units of 16 bytes; sizes are powers of two of these. */
export const unitBytes = 16
const largestClass = 27

/**
 * The rest of the process's memory, in blocks whose sizes are powers of two, with a list of free blocks
 * for each size. A block's first unit is its header; addresses are those of the unit behind it.
 */
export function allocate(size: number): number {
  const units = Math.ceil(size / unitBytes) + 1
  const sizeClass = Math.max(1, 32 - Math.clz32(units - 1))
  if (sizeClass > largestClass) throw new MemoryError(`${size} bytes are more than shared memory can hold`)
  enterGuard(header.heapGuard)
  const block = takeFree(sizeClass) || takeNew(sizeClass)
  leaveGuard(header.heapGuard)
  if (block === 0) throw new MemoryError(`shared memory is full: ${size} bytes are not to be had`)
  return block + 1
}

export function free(address: number): void {
  const block = address - 1
  enterGuard(header.heapGuard)
  const list = header.freeBlocks + words[block * 4]!
  words[block * 4 + 1] = words[list]!
  words[list] = block
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
