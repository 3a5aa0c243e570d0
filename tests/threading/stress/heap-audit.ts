import { header, heapStart, maxThreads, thread, threadAt } from '../../../shared/threading/src/core/layout.ts'
import { words } from '../../../shared/threading/src/core/memory.ts'
import { flushThreadCache } from '../../../shared/threading/src/heap/heap.ts'

/** The words of a block's header: see heap.ts. */
const sizeClassOffset = 0
const freeOffset = 2

/**
 * Returns the addresses of the heap's blocks that are in use although every thread has ended and every object was
 * disposed of. The texts of threads' errors are not counted: they are shown until the next thread runs in the slot.
 */
export function blocksInUse(): number[] {
  flushThreadCache()
  const errors = new Set<number>()
  for (let slotNumber = 0; slotNumber < maxThreads; slotNumber++)
    errors.add(words[threadAt(slotNumber) + thread.error]!)
  const used: number[] = []
  const top = words[header.heapTop]!
  for (let block = heapStart / 4; block < top; block += 2 ** words[block * 4 + sizeClassOffset]!) {
    if (words[block * 4 + freeOffset] !== 1 && !errors.has(block + 1)) used.push(block + 1)
  }
  return used
}

/** The size class and the first bytes of a block, for a message. */
export function describeBlock(address: number): string {
  const first = Array.from(words.slice(address * 4, address * 4 + 4), (word) => (word >>> 0).toString(16))
  return `${address} (2^${words[(address - 1) * 4 + sizeClassOffset]} units: ${first.join(' ')})`
}
