import type { SharedMemory } from '../../../shared/threading/index.ts'

const inside = 0
const most = 1

/** How many are in a room, and the most there ever were: two words of shared memory, changed in single steps. */
export function come({ int32: room }: SharedMemory): void {
  const here = Atomics.add(room, inside, 1) + 1
  for (let seen = Atomics.load(room, most); here > seen; ) {
    const found = Atomics.compareExchange(room, most, seen, here)
    if (found === seen) return
    seen = found
  }
}

export function go({ int32: room }: SharedMemory): void {
  Atomics.sub(room, inside, 1)
}

export const mostIn = ({ int32: room }: SharedMemory): number => Atomics.load(room, most)
