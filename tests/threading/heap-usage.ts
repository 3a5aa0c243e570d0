import { header, heapStart } from '../../shared/threading/src/core/layout.ts'
import { words } from '../../shared/threading/src/core/memory.ts'
import { block, holder } from '../../shared/threading/src/heap/heap-block.ts'

/** How much of the heap was ever used, in bytes. */
export const heapExtent = (): number => words[header.heapTop]! * 16 - heapStart * 4

/** The blocks of the heap that objects refer to or workers hold, and their bytes. No other thread may change the heap. */
export function heapUsage(): { readonly objects: number; readonly workers: number; readonly bytes: number } {
  let [objects, workers, units] = [0, 0, 0]
  for (let start = heapStart / 4; start < words[header.heapTop]!; start += words[start * 4 + block.units]!) {
    const heldBy = words[start * 4 + block.holder]!
    if (heldBy === holder.object) objects++
    else if (heldBy !== holder.nobody) workers++
    if (heldBy !== holder.nobody) units += words[start * 4 + block.units]!
  }
  return { objects, workers, bytes: units * 16 }
}
