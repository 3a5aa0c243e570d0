import { header, heapStart, maxThreads, thread, threadAt } from '../../../shared/threading/src/core/layout.ts'
import { words } from '../../../shared/threading/src/core/memory.ts'
import { flushThreadCache } from '../../../shared/threading/src/heap/heap.ts'
import { block, holder } from '../../../shared/threading/src/heap/heap-block.ts'

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
  for (let start = heapStart / 4; start < top; start += words[start * 4 + block.units]!) {
    if (words[start * 4 + block.holder] !== holder.nobody && !errors.has(start + 1)) used.push(start + 1)
  }
  return used
}

/** The length, the holder and the first words of a block, for a message. */
export function describeBlock(address: number): string {
  const start = (address - 1) * 4
  const first = Array.from(words.slice(address * 4, address * 4 + 4), (word) => (word >>> 0).toString(16))
  return `${address} (${words[start + block.units]} units, holder ${words[start + block.holder]}: ${first.join(' ')})`
}
