import type { SharedMemory } from '@skein/threading'

const countWord = 0
const maxCountWord = 1

/** How many are in a room, and the most there ever were: two words of shared memory, changed in single steps. */
export function enterRoom({ int32: room }: SharedMemory): void {
  const here = Atomics.add(room, countWord, 1) + 1
  for (let seen = Atomics.load(room, maxCountWord); here > seen; ) {
    const found = Atomics.compareExchange(room, maxCountWord, seen, here)
    if (found === seen) return
    seen = found
  }
}

export function leaveRoom({ int32: room }: SharedMemory): void {
  Atomics.sub(room, countWord, 1)
}

export const maxOccupancy = ({ int32: room }: SharedMemory): number => Atomics.load(room, maxCountWord)
